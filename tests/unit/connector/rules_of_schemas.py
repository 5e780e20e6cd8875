"""The rules for schemas: what Power Platform understands, and what flow makers are shown.

Sources: PowerPlatformConnectors, the validation rules by name where one is named; Microsoft Learn:
"OpenAPI extensions for custom connectors".
"""

from collections.abc import Iterator

from tests.unit.connector.connector import Connector, Json
from tests.unit.connector.rules_of_operations import is_title

_FORMATS: dict[str, set[str | None]] = {
    "array": {None},
    "boolean": {None},
    "integer": {None, "int32", "int64"},
    "number": {None, "double", "float"},
    "object": {None},
    "string": {None, "byte", "date", "date-time", "email", "html", "password", "uri", "uuid"},
}
_NEWER = {
    "oneOf",
    "anyOf",
    "nullable",
    "const",
    "examples",
    "$defs",
    "prefixItems",
    "if",
    "not",
    "contentEncoding",
}


def no_schema_is_empty(connector: Connector) -> Iterator[str]:
    """A type, or a reference."""
    yield from (place for place, it in connector.schemas() if not {"type", "$ref"} & it.keys())


def every_object_has_members(connector: Connector) -> Iterator[str]:
    """Else flow makers see nothing of it."""
    for place, schema in connector.schemas():
        if schema.get("type") == "object" and not schema.get("properties"):
            yield place


def every_list_says_what_it_holds(connector: Connector) -> Iterator[str]:
    """Arrays have items."""
    for place, schema in connector.schemas():
        if schema.get("type") == "array" and not schema.get("items"):
            yield place


def no_list_of_required_members_is_empty_or_wrong(connector: Connector) -> Iterator[str]:
    """And each of them is a member."""
    for place, schema in connector.schemas():
        if "required" in schema:
            names = schema["required"]
            if not names or set(names) - schema.get("properties", {}).keys():
                yield place


def nothing_stands_beside_a_reference(connector: Connector) -> Iterator[str]:
    """It would be ignored."""
    yield from (place for place, it in connector.schemas() if "$ref" in it and len(it) > 1)


def every_reference_leads_somewhere(connector: Connector) -> Iterator[str]:
    """To a definition of this file."""
    known = {f"#/definitions/{name}" for name in connector.definition["definitions"]}
    for place, schema in connector.schemas():
        if "$ref" in schema and schema["$ref"] not in known:
            yield place


def every_type_and_format_is_known(connector: Connector) -> Iterator[str]:
    """One type each: a list of types is newer than OpenAPI 2.0."""
    nodes = [*connector.schemas()]
    nodes += [(p["name"], p) for _, p in connector.parameters() if p["in"] != "body"]
    for place, node in nodes:
        kind = node.get("type", "object")
        if not isinstance(kind, str) or node.get("format") not in _FORMATS.get(kind, set()):
            yield place


def nothing_is_newer_than_openapi_2(connector: Connector) -> Iterator[str]:
    """No alternatives, no null."""
    yield from (place for place, schema in connector.schemas() if _NEWER & schema.keys())


def every_member_of_a_request_has_a_title(connector: Connector) -> Iterator[str]:
    """x-ms-summary, in title case."""
    yield from _untitled(connector.body_schemas())


def every_member_of_an_answer_has_a_title(connector: Connector) -> Iterator[str]:
    """x-ms-summary, in title case: dynamic content shows it."""
    yield from _untitled(connector.answer_schemas())


def every_member_has_a_description(connector: Connector) -> Iterator[str]:
    """A sentence."""
    for place, schema in connector.schemas():
        for name, member in schema.get("properties", {}).items():
            if not member.get("description", "").endswith("."):
                yield f"{place}/{name}"


def every_choice_has_a_name(connector: Connector) -> Iterator[str]:
    """x-ms-enum-values: for every value that a flow maker picks, and for no other."""
    nodes = [(p["name"], p) for _, p in connector.parameters() if p["in"] != "body"]
    for place, schema in connector.body_schemas():
        nodes += _members(place, schema)
    for place, node in nodes:
        named = [item.get("value") for item in node.get("x-ms-enum-values", [])]
        texts = [item.get("displayName") for item in node.get("x-ms-enum-values", [])]
        if named != node.get("enum", []) or not all(texts):
            yield place


def what_is_internal_and_required_has_a_default(connector: Connector) -> Iterator[str]:
    """Nobody else could fill it in, but the platform the address of a flow."""
    for place, node, is_required in _fields(connector):
        is_filled_in = "default" in node or node.get("x-ms-notification-url") is True
        if _is_internal(node) and is_required and not is_filled_in:
            yield place


def what_is_internal_with_a_default_is_required(connector: Connector) -> Iterator[str]:
    """InternalPropertyWithDefaultOptional: else the default is not sent."""
    for place, node, is_required in _fields(connector):
        if _is_internal(node) and "default" in node and not is_required:
            yield place


def _untitled(schemas: Iterator[tuple[str, Json]]) -> Iterator[str]:
    for root, schema in schemas:
        for place, node in _members(root, schema):
            for name, member in node.get("properties", {}).items():
                if not is_title(member.get("x-ms-summary", "")):
                    yield f"{place}/{name}"


def _members(place: str, schema: Json) -> list[tuple[str, Json]]:
    found = [(place, schema)]
    for name, member in schema.get("properties", {}).items():
        found += _members(f"{place}/{name}", member)
    return found + (_members(f"{place}/[]", schema["items"]) if "items" in schema else [])


def _fields(connector: Connector) -> Iterator[tuple[str, Json, bool]]:
    for operation, parameter in connector.parameters():
        name = f"{operation['operationId']} {parameter['name']}"
        yield name, parameter, parameter.get("required", False)
    for place, schema in connector.schemas():
        for name, member in schema.get("properties", {}).items():
            yield f"{place}/{name}", member, name in schema.get("required", [])


def _is_internal(node: Json) -> bool:
    return node.get("x-ms-visibility") == "internal"


RULES = (
    no_schema_is_empty,
    every_object_has_members,
    every_list_says_what_it_holds,
    no_list_of_required_members_is_empty_or_wrong,
    nothing_stands_beside_a_reference,
    every_reference_leads_somewhere,
    every_type_and_format_is_known,
    nothing_is_newer_than_openapi_2,
    every_member_of_a_request_has_a_title,
    every_member_of_an_answer_has_a_title,
    every_member_has_a_description,
    every_choice_has_a_name,
    what_is_internal_and_required_has_a_default,
    what_is_internal_with_a_default_is_required,
)
