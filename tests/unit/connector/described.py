"""Validate documents against the schemas of the OpenAPI description."""

import copy
import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from infra.connector.generate import rendered
from tests.unit.connector.connector import FOLDER

# The committed one, which is what is generated now (test_generated.py).
DESCRIPTION: dict[str, Any] = json.loads((FOLDER / "openapi.json").read_text(encoding="utf-8"))


@cache
def as_generated() -> Mapping[str, str]:
    """The text of every generated file, by its name, as it is generated now."""
    return rendered()


@cache
def schema_of(name: str) -> Mapping[str, Any]:
    """The schema of this name, closed: a field it does not know is a fault."""
    document = copy.deepcopy(DESCRIPTION)
    for schema in document["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    return {**document, "$ref": f"#/components/schemas/{name}"}


def faults(name: str, document: object) -> list[str]:
    """What is wrong with a document by the schema of this name."""
    found = _validator(name).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in found]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name), format_checker=FormatChecker())
