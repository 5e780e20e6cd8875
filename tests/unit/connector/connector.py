"""Load the connector's files for its rules, and walk through them."""

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

type Json = dict[str, Any]

FOLDER: Final = Path(__file__).resolve().parents[3] / "infra" / "connector"
METHODS: Final = ("get", "post", "put", "patch", "delete")


@dataclass
class Connector:
    """The definition, its text, and the properties beside it."""

    definition: Json
    properties: Json
    text: str

    @property
    def operations(self) -> list[Json]:
        """Every operation."""
        return [operation for _, _, operation in self.routes]

    @property
    def routes(self) -> list[tuple[str, str, Json]]:
        """Every operation with its path and method."""
        return [
            (path, method, operation)
            for path, item in self.definition["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        ]

    def operation(self, name: str) -> Json:
        """The operation with this id; an empty one if there is none."""
        found = (item for item in self.operations if item["operationId"] == name)
        return next(found, {"operationId": name, "responses": {}})

    def parameters(self) -> Iterator[tuple[Json, Json]]:
        """Every parameter with its operation."""
        for operation in self.operations:
            for parameter in operation.get("parameters", []):
                yield operation, parameter

    def body_schemas(self) -> Iterator[tuple[str, Json]]:
        """Every schema of a request body, with the id of its operation."""
        for operation, parameter in self.parameters():
            if parameter["in"] == "body":
                yield operation["operationId"], parameter["schema"]

    def answer_schemas(self) -> Iterator[tuple[str, Json]]:
        """Every schema of an answer or a notification, and every definition, with its place."""
        for operation in self.operations:
            for status, answer in operation["responses"].items():
                if "schema" in answer:
                    yield f"{operation['operationId']} {status}", answer["schema"]
        for path, item in self.definition["paths"].items():
            if "x-ms-notification-content" in item:
                yield path, item["x-ms-notification-content"]["schema"]
        yield from self.definition["definitions"].items()

    def schemas(self) -> Iterator[tuple[str, Json]]:
        """Every schema at any depth, with its place; the schemas inside it come after it."""
        for place, schema in (*self.body_schemas(), *self.answer_schemas()):
            yield from nested(place, schema)

    def resolved(self, schema: Json) -> Json:
        """The schema that a reference points at, or the schema itself."""
        if "$ref" not in schema:
            return schema
        found: Json = self.definition["definitions"][schema["$ref"].rpartition("/")[2]]
        return found

    def success(self, name: str) -> Json:
        """The schema of the successful answer of this operation; empty without one."""
        answers = self.operation(name)["responses"]
        found = (answers[status].get("schema") for status in sorted(answers) if status < "300")
        return self.resolved(next((schema for schema in found if schema), {}))


def nested(place: str, schema: Json) -> Iterator[tuple[str, Json]]:
    """The schema and every one inside it, with their places."""
    yield place, schema
    for name, member in schema.get("properties", {}).items():
        yield from nested(f"{place}/{name}", member)
    if "items" in schema:
        yield from nested(f"{place}/[]", schema["items"])


def committed() -> Connector:
    """The connector as it is in the repository."""
    text = (FOLDER / "apiDefinition.swagger.json").read_text(encoding="utf-8")
    properties = json.loads((FOLDER / "apiProperties.json").read_text(encoding="utf-8"))
    return Connector(json.loads(text), properties, text)


def a_copy(connector: Connector) -> Connector:
    """Another one that can be broken."""
    return copy.deepcopy(connector)
