"""Check the workflows in .github: schemas, security, and that they run the make targets.

And that the one that deploys hands over every variable of a deployment: what it leaves out would be
deployed as by default, storage in the open among it.

zizmor looks for what makes a workflow dangerous, without asking the internet; check-jsonschema
brings the schemas that GitHub publishes.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from infra.checks.tree import INFRA

GITHUB = INFRA.parent / ".github"

# Schema of check-jsonschema -> the files it is for.
_SCHEMAS = {
    "vendor.github-workflows": "workflows/*.yml",
    "vendor.dependabot": "dependabot.yml",
    "vendor.github-issue-forms": "ISSUE_TEMPLATE/[!c]*.yml",
    "vendor.github-issue-config": "ISSUE_TEMPLATE/config.yml",
}
# What a change has to pass, as CONTRIBUTING.md says it.
_TARGETS = {"check", "check-infra", "test"}
# A variable that azd reads, and what it takes where there is none.
_VARIABLE = re.compile(r'"\$\{(\w+)(?:=(.*?))?\}"')
_USES = re.compile(r"^\s*-?\s*uses:\s*(\S+)(?:\s+#\s*(\S+))?\s*$", re.MULTILINE)
_PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")


def faults(folder: Path = GITHUB) -> Iterator[str]:
    """What the tools find, actions that are not pinned, and commands that are not run."""
    for schema, pattern in _SCHEMAS.items():
        files = sorted(folder.glob(pattern))
        if not files:
            yield f".github: no {pattern}"
            continue
        yield from _tool("check-jsonschema", "--builtin-schema", schema, *map(str, files))
    yield from _tool("zizmor", "--offline", "--no-progress", "--quiet", str(folder))
    for path in sorted((folder / "workflows").glob("*.yml")):
        yield from _unpinned(path)
    matrix = re.search(r"target: \[(.*?)\]", _read(folder / "workflows" / "checks.yml"))
    targets = set(matrix[1].split(", ")) if matrix is not None else set()
    for target in sorted(_TARGETS - targets):
        yield f".github/workflows/checks.yml: make {target} is not run"
    yield from _not_handed_over(folder / "workflows" / "azure-dev.yml")


def _not_handed_over(path: Path) -> Iterator[str]:
    """Variables of a deployment that the workflow does not pass on, or with another default."""
    text = _read(path)
    for name, default in _VARIABLE.findall(_read(INFRA / "main.parameters.json")):
        value = f"vars.{name} || '{default}'" if default else f"vars.{name}"
        if f"      {name}: ${{{{ {value} }}}}\n" not in text:
            yield f".github/workflows/azure-dev.yml: {name} is not handed over as {value}"


def _unpinned(path: Path) -> Iterator[str]:
    """Actions named by something that can move; the comment tells people which version it is."""
    for action, version in _USES.findall(_read(path)):
        if not _PINNED.fullmatch(action) or not version:
            yield f".github/workflows/{path.name}: {action} is not pinned by hash and version"


def _tool(name: str, *arguments: str) -> Iterator[str]:
    command = (str(Path(sys.executable).parent / name), *arguments)
    done = subprocess.run(  # noqa: S603 - the tool beside our own interpreter
        command, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        yield f"{name}: {(done.stdout + done.stderr).strip()[:2000]}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
