"""Build the OpenAPI 2.0 definition of the connector.

Source of the rules: PowerPlatformConnectors; Microsoft Learn, "Coding standards for custom
connectors", "OpenAPI extensions for custom connectors" and "Use a webhook as a trigger".
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from infra.connector.documents.enums import Schema
from infra.connector.documents.schemas import body_name, components
from infra.connector.openapi.description import parameters_in_path, problems
from infra.connector.power_platform.labels import PROMINENCE, title
from infra.connector.power_platform.narrow import DEFINITIONS, FORMATS, Narrower, choices
from infra.connector.power_platform.triggers import TRIGGERS, path_item
from shared import __version__
from shared.intake.operations.model import Operation, Parameter

type Json = dict[str, Any]

HOST: Final = "reprieve.example.com"
_SITE: Final = "https://reprieve.example.com"
_SAFE: Final = frozenset({"CheckRestore"})

# The health answers anybody, so a connection with wrong credentials would pass; whoever may call
# at all is told who they are.
_TEST: Final[Json] = {"operationId": "GetMe", "parameters": {}}
_TO_LOOK_AGAIN: Final[Json] = {
    "Location": {"type": "string", "description": "Where to look again; absolute."},
    "Retry-After": {"type": "integer", "description": "After how many seconds."},
}

_INFO: Final[Json] = {
    "title": "Reprieve",
    "description": "Brings deleted Microsoft 365 users and mailboxes back before their 30 days run"
    " out. It checks the window before it changes anything, restores exactly once, and says of"
    " every restore how it ended and what to do next.",
    "version": __version__,
    "contact": {"name": "Reprieve", "url": _SITE, "email": "reprieve@example.com"},
}
_OAUTH: Final[Json] = {
    "type": "oauth2",
    "flow": "accessCode",
    "authorizationUrl": "https://login.microsoftonline.com/common/oauth2/authorize",
    "tokenUrl": "https://login.microsoftonline.com/common/oauth2/token",
    "scopes": {},
}
_METADATA: Final = (
    ("Website", _SITE),
    ("Privacy policy", f"{_SITE}/privacy"),
    ("Categories", "IT Operations;Security"),
)


def swagger(operations: Mapping[str, Operation], *, host: str = HOST) -> Json:
    """The whole definition, in the order that the coding standards ask for."""
    schemas = components(operations)
    offered = [operation for operation in operations.values() if operation.in_flows]
    return {
        "swagger": "2.0",
        "info": _INFO,
        "host": host,
        "basePath": "/api",
        "schemes": ["https"],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "paths": _paths(offered, schemas),
        "definitions": _definitions(offered, schemas),
        "parameters": {},
        "responses": {},
        "securityDefinitions": {"oauth2_auth": _OAUTH},
        "security": [{"oauth2_auth": []}],
        "tags": [],
        "x-ms-connector-metadata": [
            {"propertyName": name, "propertyValue": value} for name, value in _METADATA
        ],
        "x-ms-capabilities": {"testConnection": _TEST},
    }


def _paths(offered: list[Operation], schemas: Mapping[str, Schema]) -> Json:
    paths: dict[str, Json] = {}
    for operation in offered:
        described = _operation(operation, schemas)
        paths.setdefault(f"/{operation.path}", {})[operation.method.lower()] = described
    subscription = Narrower(schemas, operation="Subscribe").object("SubscriptionRequest")
    return paths | {trigger.path: path_item(trigger, subscription) for trigger in TRIGGERS}


def _definitions(offered: list[Operation], schemas: Mapping[str, Schema]) -> Json:
    names: set[str] = {item.answer for item in offered if item.answer is not None}
    names |= {trigger.payload for trigger in TRIGGERS}
    narrower = Narrower(schemas, frozenset(names))
    return {name: narrower.object(name) for name in sorted(names)}


def _operation(operation: Operation, schemas: Mapping[str, Schema]) -> Json:
    parameters = [*map(_in_path, parameters_in_path(operation.path)), *map(_query, operation.query)]
    if operation.body is not None:
        schema = Narrower(schemas, operation=operation.id).object(body_name(operation.body))
        parameters.append({"name": "body", "in": "body", "required": True, "schema": schema})
    described: Json = {
        "summary": operation.summary,
        "description": operation.description,
        "operationId": operation.id,
        "x-ms-visibility": operation.visibility,
        "parameters": parameters,
        "responses": _responses(operation),
    }
    if operation.id in _SAFE:
        described["x-ms-safe-operation"] = True
    if operation.answer is not None and "nextLink" in schemas[operation.answer]["properties"]:
        described["x-ms-pageable"] = {"nextLinkName": "nextLink"}
    return described


def _responses(operation: Operation) -> Json:
    """One answer has a schema: the one that the next step of a flow sees."""
    answers: dict[int, Json] = {}
    if HTTPStatus.ACCEPTED in operation.statuses:
        answers[202] = {
            "description": "Accepted; the flow looks again by itself.",
            "headers": _TO_LOOK_AGAIN,
        }
    finals = (status for status in operation.statuses if status != HTTPStatus.ACCEPTED)
    final = next(finals, 200)
    answers[final] = {"description": "Done."}
    if operation.answer is not None:
        answers[final]["schema"] = {"$ref": DEFINITIONS + operation.answer}
    refusals = {status: {"description": text} for status, text in problems(operation).items()}
    return {str(status): answer for status, answer in sorted((answers | refusals).items())}


def _in_path(name: str) -> Json:
    return {
        "name": name,
        "in": "path",
        "required": True,
        "type": "string",
        "x-ms-summary": title(name),
        "description": "The id, from the answer that created it.",
        "x-ms-url-encoding": "single",
    }


def _query(parameter: Parameter) -> Json:
    described: Json = {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "type": parameter.type,
        "x-ms-summary": title(parameter.name),
        "description": parameter.description,
    }
    extra = {
        "format": FORMATS.get(parameter.type),
        "minimum": parameter.least,
        "maximum": parameter.most,
        "default": parameter.default,
        "enum": list(parameter.values) or None,
        "x-ms-enum-values": choices(list(parameter.values)) or None,
        "x-ms-visibility": PROMINENCE.get(parameter.name),
    }
    return described | {key: value for key, value in extra.items() if value is not None}
