"""Read the example flows as workflow definitions.

Source: Microsoft Learn, "Workflow definition language schema" and "Workflow expression functions".
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, Final

from tests.unit.connector.connector import FOLDER, Connector, Json

FLOWS: Final = {path.stem: path for path in sorted((FOLDER / "flows").glob("*.json"))}
OURS: Final = "/providers/Microsoft.PowerApps/apis/shared_reprieve"

# body('Name'), outputs('Name'), items('Name'), triggerBody(), item(), and the path behind.
_REFERENCE = re.compile(
    r"(?:(body|outputs|items|actions)\('([^']+)'\)|(triggerBody|item)\(\))((?:\?\['[^']+'\])*)"
)
_CALL = re.compile(r"\b([A-Za-z]\w*)\(")
_LITERAL = re.compile(r"'(?:[^']|'')*'")
_PARAMETER = re.compile(r"parameters\('([^']+)'\)")
_STEP = re.compile(r"\?\['([^']+)'\]")


@dataclass(frozen=True)
class Reference:
    """One mention of what came before: of an action, of the trigger, or of the item at hand."""

    kind: str
    action: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Flow:
    """One definition."""

    document: Json
    actions: dict[str, Json] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "Flow":
        """The flow in this file."""
        document = json.loads(path.read_text(encoding="utf-8"))
        return cls(document, dict(_every_action(document["actions"])))

    @cached_property
    def scopes(self) -> list[Mapping[str, Json]]:
        """Every group of actions that run after one another."""
        return list(_scopes(self.document["actions"]))

    def calls(self) -> Iterator[tuple[str, Json]]:
        """Every action and trigger that calls our connector, with its inputs."""
        for name, action in {**self.actions, **self.document["triggers"]}.items():
            inputs = action.get("inputs", {})
            if isinstance(inputs, dict) and inputs.get("host", {}).get("apiId") == OURS:
                yield name, inputs

    def references(self) -> Iterator[tuple[str, Reference]]:
        """Every reference in an expression, with the action it stands in."""
        for name, action in self.actions.items():
            own = {key: value for key, value in action.items() if key not in _NESTED}
            for text in _texts(own):
                for match in _REFERENCE.finditer(text):
                    kind, path = match[1] or match[3], tuple(_STEP.findall(match[4]))
                    yield name, Reference(kind, match[2] or "", path)

    def connected(self) -> Iterator[tuple[str, Json]]:
        """Every action and trigger that calls a connector, ours or another."""
        for name, action in {**self.actions, **self.document["triggers"]}.items():
            inputs = action.get("inputs", {})
            if isinstance(inputs, dict) and "host" in inputs:
                yield name, action

    def functions(self) -> set[str]:
        """Every function that an expression calls."""
        texts = (_LITERAL.sub("''", text) for text in _texts(self.document))
        return {name for text in texts for name in _CALL.findall(text)}

    def parameters(self) -> set[str]:
        """Every parameter that an expression names."""
        return {name for text in _texts(self.document) for name in _PARAMETER.findall(text)}

    def schema_at(self, reference: Reference, where: str, connector: Connector) -> Json | None:
        """What is known of the thing referred to; None where it is not ours to know."""
        start = self._start(reference, where, connector)
        return start and along(start, reference.path, connector)

    def _start(self, reference: Reference, where: str, connector: Connector) -> Json | None:
        if reference.kind == "triggerBody":
            (trigger,) = self.document["triggers"].values()
            return _notification(trigger, connector)
        if reference.kind == "item":
            source = self._list_of(self.actions[where]["inputs"].get("from", ""), where, connector)
            return source and connector.resolved(source["items"])
        inputs = self.actions[reference.action].get("inputs", {})
        if not isinstance(inputs, dict):
            return None
        if inputs.get("host", {}).get("apiId") == OURS:
            return connector.success(inputs["host"]["operationId"])
        return self._list_of(inputs.get("from", ""), reference.action, connector)

    def _list_of(self, text: str, where: str, connector: Connector) -> Json | None:
        """The list that an action goes through; a Select makes another of it, not ours to know."""
        match = _REFERENCE.search(text)
        if match is None or self.actions[where]["type"] not in {"Query", "Table", "Select"}:
            return None
        path = tuple(_STEP.findall(match[4]))
        return self.schema_at(Reference(match[1] or match[3], match[2] or "", path), "", connector)


def goes_round(flow: Flow) -> bool:
    """Whether some actions wait for each other."""
    for scope in flow.scopes:
        try:
            TopologicalSorter(
                {name: set(it.get("runAfter", {})) for name, it in scope.items()}
            ).prepare()
        except CycleError:
            return True
    return False


def before(where: str, flow: Flow) -> set[str]:
    """Every action that has run when this one runs: those it follows, and those around it."""
    found: set[str] = set()
    for scope in flow.scopes:
        if where in scope:
            found |= _followed(where, scope)
    for around, action in flow.actions.items():
        if any(where in group for group in _groups(action)):
            found |= before(around, flow)
    return found


def _followed(where: str, scope: Mapping[str, Json]) -> set[str]:
    found: set[str] = set()
    for name in scope[where].get("runAfter", {}):
        found |= {name} | _followed(name, scope)
    return found


def along(schema: Json, path: tuple[str, ...], connector: Connector) -> Json:
    """The schema at the end of a path. Raises: KeyError where there is no such field."""
    for step in path:
        schema = connector.resolved(connector.resolved(schema)["properties"][step])
    return connector.resolved(schema)


_NESTED: Final = ("actions", "else", "cases", "default")


def _groups(action: Json) -> Iterator[dict[str, Json]]:
    yield action.get("actions", {})
    yield action.get("else", {}).get("actions", {})
    yield action.get("default", {}).get("actions", {})
    yield from (case["actions"] for case in action.get("cases", {}).values())


def _scopes(actions: dict[str, Json]) -> Iterator[dict[str, Json]]:
    yield actions
    for action in actions.values():
        for group in _groups(action):
            yield from _scopes(group)


def _every_action(actions: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    for scope in _scopes(actions):
        yield from scope.items()


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str) and "@" in node:
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from _texts(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from _texts(item)


def _notification(trigger: Json, connector: Connector) -> Json | None:
    host = trigger.get("inputs", {}).get("host", {})
    if host.get("apiId") != OURS:
        return None
    for path, _, operation in connector.routes:
        if operation["operationId"] == host["operationId"]:
            content = connector.definition["paths"][path]["x-ms-notification-content"]
            return connector.resolved(content["schema"])
    raise KeyError(host["operationId"])
