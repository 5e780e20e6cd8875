"""Reduce JSON Schema 2020-12 to what Power Platform takes, with its extensions.

Power Platform knows no null, no alternatives and nothing beside a reference: a field that may be
null loses the null, of several alternatives the first stays, and references are written out.
Source: PowerPlatformConnectors, the connector validation rules; Microsoft Learn, "OpenAPI
extensions for custom connectors".
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from infra.connector.documents.enums import REF, Schema
from infra.connector.power_platform.labels import (
    CHOICES,
    DROP_DOWNS,
    PROMINENCE,
    DropDown,
    one_of,
    title,
)

DEFINITIONS: Final = "#/definitions/"

_KEPT = (
    "type",
    "format",
    "enum",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
)
FORMATS: Final[Mapping[str, str]] = {"integer": "int32", "number": "double"}


@dataclass(frozen=True, slots=True)
class Narrower:
    """Narrows the schemas of one side: requests of one operation, or answers.

    Attributes:
        components: every schema by name, as `schemas.components` gives them.
        shared: the names that stay references where they are members of a list.
        operation: whose request it is; None for answers, which have no prominence or drop-downs.

    """

    components: Mapping[str, Schema]
    shared: frozenset[str] = frozenset()
    operation: str | None = None

    def object(self, name: str) -> Schema:
        """The schema of this name, narrowed."""
        return self._narrow(self.components[name], "", "")

    def _narrow(self, node: Schema, path: str, within: str) -> Schema:
        flat = self._flat(node)
        narrow: Schema = {key: flat[key] for key in _KEPT if key in flat}
        if "const" in flat:
            narrow["enum"] = [flat["const"]]
        if flat["type"] in FORMATS:
            narrow["format"] = FORMATS[flat["type"]]
        if "description" in flat:
            narrow["description"] = flat["description"]
        narrow |= self._for_makers(flat, path)
        if flat["type"] == "array":
            narrow["items"] = self._items(flat["items"], path)
        if flat["type"] == "object":
            narrow |= self._members(flat, path, within)
        return narrow

    def _members(self, flat: Schema, path: str, within: str) -> Iterator[tuple[str, Any]]:
        properties = {
            name: self._member(name, node, path, within)
            for name, node in flat["properties"].items()
        }
        required = [name for name in flat.get("required", []) if self._is_required(flat, name)]
        if required:
            yield "required", required
        yield "properties", properties

    def _member(self, name: str, node: Schema, path: str, within: str) -> Schema:
        named = title(name, within)
        # The data of an event is what it is about, and not a thing of its own.
        inner = "" if name == "data" else named
        narrow = self._narrow(node, f"{path}/{name}".lstrip("/"), inner)
        first = {"type": narrow.pop("type"), "x-ms-summary": named}
        if self.operation is not None and name in PROMINENCE and not within:
            narrow["x-ms-visibility"] = PROMINENCE[name]
        return first | narrow

    def _items(self, node: Schema, path: str) -> Schema:
        name = str(node.get("$ref", "")).removeprefix(REF)
        if name in self.shared:
            return {"$ref": DEFINITIONS + name}
        return self._narrow(node, f"{path}/[]", one_of(path.rpartition("/")[2]))

    def _for_makers(self, flat: Schema, path: str) -> Schema:
        if self.operation is None:
            return {}
        extra: Schema = {}
        if flat.get("default") not in (None, [], ""):
            extra["default"] = flat["default"]
        if "enum" in flat:
            extra["x-ms-enum-values"] = choices(flat["enum"])
        drop_down = DROP_DOWNS.get((self.operation, path))
        return extra | (_drop_down(drop_down) if drop_down is not None else {})

    def _is_required(self, flat: Schema, name: str) -> bool:
        """Whether it is always there: what may be null is as good as absent."""
        node = flat["properties"][name]
        alternatives = node.get("anyOf", [node])
        return not any("null" in _types(alternative) for alternative in alternatives)

    def _flat(self, node: Schema) -> Schema:
        """Without references and alternatives; what stands beside a reference wins."""
        beside = {key: value for key, value in node.items() if key not in {"$ref", "anyOf"}}
        if "$ref" in node:
            return self._flat(self.components[node["$ref"].removeprefix(REF)]) | beside
        if "anyOf" in node:
            first = next(item for item in node["anyOf"] if item != {"type": "null"})
            return self._flat(first) | beside
        if "type" in node:
            flat: Schema = node | {"type": next(it for it in _types(node) if it != "null")}
            if "enum" in node:
                flat["enum"] = [value for value in node["enum"] if value is not None]
            return flat
        return node


def _types(node: Schema) -> list[str]:
    """The types of a schema, of which there may be several."""
    given = node.get("type", [])
    return [given] if isinstance(given, str) else list(given)


def choices(values: list[str]) -> list[Schema]:
    """The values of a closed set with their names for people."""
    return [{"value": value, "displayName": CHOICES[value]} for value in values]


def _drop_down(drop_down: DropDown) -> Schema:
    """Both extensions: the older designers read the first, the newer ones the second."""
    return {
        "x-ms-dynamic-values": {
            "operationId": drop_down.operation,
            "value-collection": "value",
            "value-path": drop_down.value,
            "value-title": drop_down.title,
        },
        "x-ms-dynamic-list": {
            "operationId": drop_down.operation,
            "itemsPath": "value",
            "itemValuePath": drop_down.value,
            "itemTitlePath": drop_down.title,
        },
    }
