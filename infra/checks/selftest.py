"""Prove that every check can fail: spoil the templates and expect the fault.

`python -m infra.checks.selftest`; a part of `make check-infra`, because a check that has gone
blind says "all passed" like a good one.
"""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from typing import Any

from infra.checks import descriptions, gallery, hooks, queries, tree, workflows
from infra.checks.spoilt import SPOILT
from infra.checks.tree import Template

# (workflow, what is there, what is put in its place, a part of the fault).
_WORKFLOWS = (
    ("checks.yml", "  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
    ("checks.yml", "@de0fac2e4500dabe0009e67214ff5f5447ce83dd", "@v6", "is not pinned"),
    ("checks.yml", "check-infra, test, ", "check-infra, ", "make test is not run"),
    ("checks.yml", "runs-on: ubuntu-latest", "runs_on: ubuntu-latest", "check-jsonschema"),
    ("azure-dev.yml", "PRIVATE_NETWORK || 'false'", "PRIVATE_NETWORK", "PRIVATE_NETWORK is not"),
)

# (name, query, a part of the fault).
_QUERIES = (
    ("keyword", "traces | extend x = tostring(parse_json(message).where)", "KS"),
    ("column", "requests | where answerCode == '503'", "answerCode"),
    ("table", "trace | count", "trace"),
)


def main() -> int:
    """Spoil, check, and say which check is blind; 0 if none is."""
    templates, faults = tree.read_all()
    told = [
        *_templates(templates),
        *_hooks(),
        *_queries(),
        *_workflows(),
        *_gallery(),
        *_descriptions(),
    ]
    blind = [*faults, *(line for line in told if line)]
    for line in blind:
        print(f"check-infra selftest: {line}")
    print(f"check-infra: {len(told) - len(blind)} of {len(told)} spoilt things were seen")
    return 1 if blind else 0


def _seen(what: str, part: str, found: Iterable[str]) -> str:
    """Nothing if the fault is among those found, else what went unseen."""
    faults = list(found)
    return "" if any(part in it for it in faults) else f"{what} gives {faults}, not {part!r}"


def _templates(templates: Sequence[Template]) -> Iterator[str]:
    for file, before, after, check, part in SPOILT:
        yield _seen(f"{file} with {after!r}", part, check(_spoilt(templates, file, before, after)))


def _spoilt(templates: Sequence[Template], file: str, before: str, after: str) -> list[Template]:
    """The templates with one change in one of them."""
    target = next(template for template in templates if template.name == file)
    text = _changed(target.text, before, after)
    changed = replace(target, text=text, tree=tree.parse(text))
    return [changed if template is target else template for template in templates]


def _changed(text: str, before: str, after: str) -> str:
    if before not in text:
        raise LookupError(f"there is no {before!r} to spoil")
    return text.replace(before, after, 1)


def _hooks() -> Iterator[str]:
    changes: Mapping[str, tuple[Callable[[dict[str, Any]], object], str]] = {
        "no Windows": (lambda it: it["hooks"]["postdeploy"].pop("windows"), "is missing"),
        "a waved smoke test": (
            lambda it: it["hooks"]["postdeploy"]["posix"].update(continueOnError=True),
            "lets the deployment go on",
        ),
        "another step": (
            lambda it: it["hooks"]["predeploy"]["posix"].update(run="true"),
            "predeploy on posix is sh: true",
        ),
        "any azd": (lambda it: it.pop("requiredVersions"), "requires azd"),
        "a remote build": (
            lambda it: it["services"]["api"].update(remoteBuild=True),
            "built remotely",
        ),
    }
    for name, (change, part) in changes.items():
        document = hooks.document()
        change(document)
        yield _seen(f"azure.yaml with {name}", part, hooks.faults(document))


def _queries() -> Iterator[str]:
    for name, query, part in _QUERIES:
        yield _seen(f"query {name}", part, queries.faults({name: query}))


def _workflows() -> Iterator[str]:
    for name, before, after, part in _WORKFLOWS:
        with TemporaryDirectory() as folder:
            github = Path(folder) / ".github"
            copytree(workflows.GITHUB, github)
            path = github / "workflows" / name
            path.write_text(_changed(path.read_text("utf-8"), before, after), encoding="utf-8")
            yield _seen(f"{name} with {after!r}", part, workflows.faults(github))


def _descriptions() -> Iterator[str]:
    for path in descriptions.DESCRIPTIONS:
        document = json.loads(path.read_text(encoding="utf-8"))
        document["paths"]["/health"]["get"].pop("summary")
        document["info"].pop("license")
        with TemporaryDirectory() as folder:
            spoilt = Path(folder) / path.name
            spoilt.write_text(json.dumps(document), encoding="utf-8")
            found = list(descriptions.faults([spoilt]))
        for part in ("operation-summary", "info-license"):
            yield _seen(f"{path.name} without {part}", part, found)


def _gallery() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        found = list(gallery.faults(Path(folder)))
    for part in (
        *("LICENSE is missing", "azd-env-name", "AZURE_LOCATION", "not marked as one"),
        *("no heading ## guidance", "no important security notice"),
    ):
        yield _seen("an empty repository", part, found)


if __name__ == "__main__":
    sys.exit(main())
