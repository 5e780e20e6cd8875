"""Check the parameters of main.bicep: azd sets each, and no dangerous one has an easy default."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from infra.checks.policy import at
from infra.checks.tree import INFRA, Node, Template

# Where an empty answer would quietly open a door, somebody has to say it.
REQUIRED = frozenset({"environmentName", "location", "authMode"})
CLOSED: Mapping[str, object] = {"anonymousHealth": False}

# Used by no other line than the one that has checked them.
GUARDED = ("authMode", "prefix", "storageSku")

_PLACEHOLDER = re.compile(r"\$\{(\w+)(?:=(.*))?\}")


def faults(templates: Sequence[Template]) -> Iterator[str]:
    """Parameters that azd cannot reach or would set to something else, and guards that are gone."""
    main = next((item for item in templates if item.name == "main.bicep"), None)
    if main is None:
        return
    declared: dict[str, Node] = main.tree["parameters"]
    document = json.loads((INFRA / "main.parameters.json").read_text(encoding="utf-8"))
    given = {name: item["value"] for name, item in document["parameters"].items()}
    yield from _reach(declared, given)
    yield from _defaults(declared)
    yield from _guards(main)
    yield from _told(given.values(), (INFRA / "RUNBOOK.md").read_text(encoding="utf-8"))


def _reach(declared: Mapping[str, Node], given: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(set(given) - set(declared)):
        yield f"main.parameters.json: main.bicep has no parameter {name}"
    for name in sorted(set(declared) - set(given)):
        yield f"main.parameters.json: azd cannot reach {name}"
    for name in sorted(set(given) & set(declared)):
        default = declared[name].get("default")
        if name in REQUIRED or not isinstance(given[name], str):
            continue
        found = _PLACEHOLDER.fullmatch(given[name])
        if found is None or found[2] != _text(default):
            yield f"main.parameters.json: {name} is {given[name]}, main.bicep says {default!r}"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _defaults(declared: Mapping[str, Node]) -> Iterator[str]:
    without = {name for name, node in declared.items() if node.get("default") is None}
    for name in sorted(without ^ REQUIRED):
        yield f"main.bicep: {name} {'has a' if name in REQUIRED else 'has no'} default"
    for name, value in CLOSED.items():
        if declared[name].get("default") is not value:
            yield f"main.bicep: {name} is not {value!r} by default"


def _guards(main: Template) -> Iterator[str]:
    """Each of them is checked, and only what was checked is used."""
    checked: Node = main.variables.get("checked", {})
    text = main.text.partition("\nvar tags")[2]
    for name in GUARDED:
        branches = (at(checked, f"{name}.operator.operands.{side}_value") for side in _SIDES)
        if not any(at(branch, "function.type") == "fail" for branch in branches):
            yield f"main.bicep: nothing refuses a wrong {name}"
        if re.search(rf"(?<![.\w]){name}\b(?!:)", text):
            yield f"main.bicep: {name} is used unchecked"


_SIDES = ("true", "false")


def _told(values: Sequence[Any] | Any, runbook: str) -> Iterator[str]:
    """The runbook names every variable that azd reads."""
    found = (_PLACEHOLDER.fullmatch(value) for value in values if isinstance(value, str))
    for name in sorted({match[1] for match in found if match is not None} - _BY_AZD):
        if f"`{name}`" not in runbook and f"env set {name} " not in runbook:
            yield f"RUNBOOK.md: nothing tells of {name}"


# azd asks for these by itself.
_BY_AZD = {"AZURE_ENV_NAME", "AZURE_LOCATION"}
