"""Run checkov on the templates, and accept only the exceptions that are written down.

checkov ends with 0 when it could not parse a file: so its JSON is read, not its exit code. A
skip stands in skips.json with its reason, and one that nothing needs any more is a fault.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from infra.checks.tree import Node, Template

SKIPS: dict[str, str] = json.loads((Path(__file__).parent / "skips.json").read_text("utf-8"))


def findings(templates: Sequence[Template]) -> tuple[list[str], dict[str, int]]:
    """What checkov finds beyond the skips, and how much it passed, failed and read."""
    with TemporaryDirectory() as folder:
        done = _run(Path(folder), templates)
    try:
        told = json.loads(done.stdout)
        summary: dict[str, int] = told["summary"]
        failed: list[Node] = told["results"]["failed_checks"]
    except (ValueError, LookupError, TypeError):
        return [f"checkov gave no report: {done.stderr[-500:]}"], {}
    counts = {"passed": summary["passed"], "resources": summary["resource_count"]}
    return list(_judged(summary, failed)), counts | {"skipped": len(SKIPS)}


def _run(folder: Path, templates: Sequence[Template]) -> subprocess.CompletedProcess[str]:
    """Run checkov on the templates as they were parsed: without the line it cannot read."""
    for template in templates:
        target = folder / template.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(template.text, encoding="utf-8")
    command = (
        *(str(Path(sys.executable).parent / "checkov"), "--directory", str(folder)),
        *("--framework", "bicep", "--skip-download", "--compact", "--output", "json"),
    )
    return subprocess.run(  # noqa: S603 - the tool beside our own interpreter
        command, capture_output=True, text=True, check=False
    )


def _judged(summary: Mapping[str, int], failed: Sequence[Node]) -> Iterator[str]:
    named = {f"{item['check_id']} {item['resource']}": item for item in failed}
    yield from (f"{key}: {it['check_name']}" for key, it in named.items() if key not in SKIPS)
    yield from (f"skips.json: {key} is not needed any more" for key in SKIPS if key not in named)
    if summary["parsing_errors"]:
        yield f"checkov could not parse {summary['parsing_errors']} files"
    if summary["resource_count"] == 0:
        yield "checkov saw no resource"
