"""Give each closed set of texts one name in the schemas, so that it is defined once.

A generator makes a type of every inline set, so two places with the same set would be two types.
"""

from collections.abc import Iterator, Mapping
from typing import Any

type Schema = dict[str, Any]

REF = "#/components/schemas/"


def shared(schemas: Mapping[str, Schema]) -> dict[str, Schema]:
    """The schemas with every set that stands twice, or has a name, as a reference to that name."""
    names = {_values(it): name for name, it in schemas.items() if _is_set(it)}
    found = [place for name, it in schemas.items() if not _is_set(it) for place in _sets(it, name)]
    made: dict[str, Schema] = {}
    for field, node in found:
        values = _values(node)
        if values not in names and sum(_values(it) == values for _, it in found) > 1:
            names[values] = field[0].upper() + field[1:]
            made[names[values]] = {"enum": [it for it in node["enum"] if it], "type": "string"}
    referring = {name: it if _is_set(it) else _referring(it, names) for name, it in schemas.items()}
    return dict(sorted({**referring, **made}.items()))


def _is_set(schema: Schema) -> bool:
    """Whether a schema is a closed set of several texts and nothing else."""
    return schema.get("type") == "string" and len(schema.get("enum", ())) > 1


def _values(schema: Schema) -> frozenset[str]:
    return frozenset(value for value in schema["enum"] if value is not None)


def _sets(node: Any, name: str) -> Iterator[tuple[str, Schema]]:
    """Every inline set of texts, with the name of the field that it belongs to."""
    if not isinstance(node, dict):
        return
    if len(node.get("enum", ())) > 1:
        yield name, node
    for field, schema in node.get("properties", {}).items():
        yield from _sets(schema, field)
    yield from _sets(node.get("items"), name)


def _referring(node: Any, names: Mapping[frozenset[str], str]) -> Any:
    if isinstance(node, list):
        return [_referring(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    if len(node.get("enum", ())) > 1 and _values(node) in names:
        beside = {key: node[key] for key in ("description", "default") if key in node}
        reference = {"$ref": REF + names[_values(node)]}
        is_nullable = None in node["enum"]
        either = {"anyOf": [reference, {"type": "null"}]} if is_nullable else reference
        return {**either, **beside}
    return {
        key: value if key in _LITERAL else _referring(value, names) for key, value in node.items()
    }


# Values, and no schemas.
_LITERAL = frozenset({"default", "enum", "const", "required"})
