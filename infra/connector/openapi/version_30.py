"""Convert the description to OpenAPI 3.0.3, for generators that know no later version.

What 3.0 says otherwise: `nullable` in place of a second type, `enum` in place of `const`, nothing
beside a reference, no webhooks. Source: OpenAPI Specification 3.0.3 and 3.1.0, Schema Object.

A reference that may be null becomes `allOf` with `nullable` beside it, and no `type`: by the letter
of 3.0.3 that allows no null, but it is what generators have agreed on, and with a `type` some of
them forget the null (openapi-python-client 0.29).
"""

from collections.abc import Mapping
from typing import Any, Final

type Json = dict[str, Any]

_NULL: Final = {"type": "null"}
_LICENSE: Final = "https://spdx.org/licenses/MIT.html"

# Values, and no schemas.
_LITERAL: Final = frozenset({"default", "enum", "example", "required"})


def version_30(document: Mapping[str, Any]) -> Json:
    """The description of version 3.1, in 3.0.3; the webhooks stand under `x-webhooks`."""
    webhooks = {
        name: {"post": _schemas(item["post"])} for name, item in document["webhooks"].items()
    }
    return {
        "openapi": "3.0.3",
        "info": {**document["info"], "license": {"name": "MIT", "url": _LICENSE}},
        **{key: document[key] for key in ("servers", "security", "tags")},
        "paths": _schemas(document["paths"]),
        "x-webhooks": webhooks,
        "components": {
            "schemas": _schemas(document["components"]["schemas"]),
            "securitySchemes": document["components"]["securitySchemes"],
        },
    }


def _schemas(node: Any) -> Any:
    """Whatever holds schemas, with each of them as 3.0 says it."""
    if isinstance(node, list):
        return [_schemas(item) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {key: it if key in _LITERAL else _schemas(it) for key, it in node.items()}
    return _referring(_nullable(_constant(inner)))


def _nullable(schema: Json) -> Json:
    """`nullable`, wherever null is one of the types or alternatives."""
    if isinstance(schema.get("type"), list):
        (kind,) = (it for it in schema["type"] if it != "null")
        return {**schema, "type": kind, "nullable": True}
    alternatives = schema.get("anyOf", ())
    if _NULL not in alternatives:
        return schema
    (reference,) = (it for it in alternatives if it != _NULL)
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    return {"allOf": [reference], "nullable": True, **beside}


def _constant(schema: Json) -> Json:
    if "const" not in schema:
        return schema
    rest = {key: value for key, value in schema.items() if key != "const"}
    return {**rest, "enum": [schema["const"]]}


def _referring(schema: Json) -> Json:
    """A reference alone, or wrapped where something stands beside it."""
    if not isinstance(schema.get("$ref"), str) or len(schema) == 1:
        return schema
    beside = {key: value for key, value in schema.items() if key != "$ref"}
    return {"allOf": [{"$ref": schema["$ref"]}], **beside}
