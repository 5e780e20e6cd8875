"""Convert the product's types to JSON Schema 2020-12, as OpenAPI 3.1 takes it."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from infra.connector.documents.answers import ANSWERS
from infra.connector.documents.codes import CODE_SETS, one_of
from infra.connector.documents.enums import REF, Schema, shared
from infra.connector.documents.events import ApprovalWanted, RestoreFinished, WindowClosing
from infra.connector.documents.restores import Answer
from shared.errors import ProblemCode
from shared.intake.operations.model import Operation


class Fault(Answer):
    """One thing that is wrong with a request."""

    pointer: str = Field(description="The place in the request, as a JSON pointer.")
    message: str = Field(description="What is wrong there, and what to write instead.")


class Problem(Answer):
    """An error, as RFC 9457 has it: `code` is stable, `fix` says what to do next."""

    type: str = Field(description="The code as a URN.")
    title: str = Field(description="What the code stands for, in a few words.")
    status: int = Field(description="The status of the answer.")
    # What a generated exception shows as its message. Source: Microsoft, OpenAPI extensions of
    # Kiota, x-ms-primary-error-message.
    detail: str = Field(
        description="What was seen, for people.",
        json_schema_extra={"x-ms-primary-error-message": True},
    )
    code: str = Field(
        description="One of a closed set; branch on it.", json_schema_extra=one_of(ProblemCode)
    )
    fix: str = Field(description="The next thing the reader can do.")
    errors: list[Fault] = Field(
        description="Every fault of the request, as far as there is room; empty for other errors."
    )


_OTHERS: Final = (Problem, RestoreFinished, ApprovalWanted, WindowClosing)


def components(operations: Mapping[str, Operation]) -> dict[str, Schema]:
    """The schema of every document that goes in or comes out, by name, in the order of names."""
    bodies = {item.body for item in operations.values() if item.body is not None}
    bodies |= {item.many[0] for item in operations.values() if item.many is not None}
    models: set[type[BaseModel]] = {*bodies, *ANSWERS.values(), *_OTHERS}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, document = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=REF + "{model}"
    )
    schemas = {_public(name): _lenient(it) for name, it in document["$defs"].items()}
    told = {name: _plain(_tidied(schemas[name])) for name in sorted(schemas)}
    return shared({**told, **CODE_SETS})


def body_name(body: type[BaseModel]) -> str:
    """The public name of a request: the wire models' own suffix is ours."""
    return _public(body.__name__)


def _lenient(schema: Schema) -> Schema:
    """The schema as the doors judge: an optional field of a request may be null, or an empty text.

    Requests are told by their refusing of unknown fields, the other habit of `intake.wire.Wire`.
    """
    if schema.get("additionalProperties") is not False:
        return schema
    required = schema.get("required", ())
    return {
        **schema,
        "properties": {
            field: node if field in required else _or_empty(node)
            for field, node in schema["properties"].items()
        },
    }


def _plain(node: Any) -> Any:
    """The schema with "or null" as a second type, wherever the first is a plain one.

    Generators make an empty class of every alternative, and some cannot compile what they make: an
    alternative is left where only one can say it, beside a reference.
    """
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    schema = {key: _plain(value) for key, value in node.items()}
    alternatives = schema.get("anyOf", ())
    plain = next((it for it in alternatives if _is_plain(it)), None)
    if _NULL not in alternatives or plain is None:
        return schema
    others = [it for it in alternatives if it not in (_NULL, plain)]
    nullable = {**plain, "type": [plain["type"], "null"]}
    if "enum" in plain:
        nullable["enum"] = [*plain["enum"], None]
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    return {"anyOf": [*others, nullable], **beside} if others else {**nullable, **beside}


_NULL: Final = {"type": "null"}


def _is_plain(schema: Schema) -> bool:
    return schema != _NULL and isinstance(schema.get("type"), str) and schema["type"] != "object"


def _or_empty(node: Schema) -> Schema:
    nullable = node if "anyOf" in node else _or_null(node)
    values = [
        {key: value for key, value in it.items() if key != "minLength"} for it in nullable["anyOf"]
    ]
    return {**nullable, "anyOf": values}


def _or_null(node: Schema) -> Schema:
    beside: Schema = {key: node[key] for key in ("default", "description") if key in node}
    value = {key: member for key, member in node.items() if key not in beside}
    return {"anyOf": [value, {"type": "null"}], **beside}


def _public(name: str) -> str:
    plain = name.rstrip("_")
    return plain.removesuffix("Wire") + "Request" if plain.endswith("Wire") else plain


def _tidied(node: Any) -> Any:
    """Without the titles that only repeat a name, and with public names in every reference."""
    if isinstance(node, list):
        return [_tidied(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: REF + _public(value.removeprefix(REF)) if key == "$ref" else _tidied_member(key, value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
    }


def _tidied_member(key: str, value: Any) -> Any:
    if key == "properties":
        return {name: _tidied(schema) for name, schema in value.items()}
    return _tidied(value) if key != "default" else value
