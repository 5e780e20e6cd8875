"""Build the OpenAPI 3.1 description of every operation."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final

from infra.connector.documents.enums import REF
from infra.connector.documents.schemas import body_name, components
from infra.connector.openapi.about import SECURITY_SCHEMES, TAGS, info, servers, tag_of
from infra.connector.power_platform.triggers import TRIGGERS, Trigger
from shared.intake.operations.model import Operation, Parameter

type Json = dict[str, Any]

_IN_PATH = re.compile(r"\{(\w+)\}")
_IDEMPOTENCY_KEY: Final[Json] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "Means the same as idempotencyKey in the body; the two must not differ. Empty"
    " counts as left out.",
    "schema": {"type": "string", "maxLength": 128},
}
_ACCEPT_LANGUAGE: Final[Json] = {
    "name": "Accept-Language",
    "in": "header",
    "description": "The language of the texts: en or da. Content-Language says which one it was.",
    "schema": {"type": "string"},
    "example": "da, en;q=0.5",
}
_TRACEPARENT: Final[Json] = {
    "name": "traceparent",
    "in": "header",
    "description": "The caller's own trace (W3C Trace Context): its id is in every line of the log"
    " about the restore, and the client-request-id of every call to Microsoft Graph.",
    "schema": {"type": "string"},
    "example": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
}
_TEXTS: Final = {
    200: "Done.",
    201: "Created; Location says where it is.",
    202: "Unfinished: look again at Location, after Retry-After seconds.",
    204: "Gone.",
}
_RETRY_AFTER: Final[Json] = {
    "description": "Whole seconds.",
    "required": True,
    "schema": {"type": "integer", "minimum": 0},
}
_LINK: Final[Json] = {
    "description": 'The next page of an answer in CSV or in lines: <...>; rel="next".',
    "schema": {"type": "string"},
}
_CSV: Final[Json] = {
    "schema": {
        "type": "string",
        "description": "UTF-8 with a byte order mark, commas, CRLF, a header line (RFC 4180)."
        " Cells that a spreadsheet would run as a formula begin with an apostrophe, and so does"
        " what stands in one behind a semicolon, tab or line end and would be run by a spreadsheet"
        " that begins a cell there.",
    }
}
_CSV_IN: Final[Json] = {
    "schema": {
        "type": "string",
        # Bytes, and not the text of one encoding.
        "format": "binary",
        "description": "UTF-8, or UTF-16 with its mark; commas, semicolons or tabs; at most 4 MiB"
        " and 1,000 rows. The first line names fields of a restore request in any case: user is"
        " enough, and userPrincipalName, upn, mail, email and the portal's titles mean it; kind is"
        " mailbox unless a column says otherwise; licenses has names with | between them; what is"
        " true or false may be yes or no, in English or Danish. The answer about a batch in CSV is"
        " taken back once it has the column kind: its own columns are passed over, and rows that"
        " have succeeded, were cancelled or are under way are left out. The key is the header"
        " Idempotency-Key.",
    },
    "example": "user;kind;licenses;reason\r\n"
    "megan.bowen@contoso.com;mailbox;SPE_E3|EMS;HR list of Monday\r\n",
}
_LOCATION: Final[Json] = {
    "description": "Absolute, without a key.",
    "required": True,
    "schema": {"type": "string", "format": "uri"},
}
_NOT_TAKEN: Final = {
    False: "The request is not JSON.",
    True: "The request is neither JSON nor CSV.",
}
_LINKED: Final[Mapping[str, str]] = {
    "restoreId": "Restore",
    "batchId": "Batch",
    "guardId": "Guard",
    "subscriptionId": "Subscription",
}
"""Which document's `id` each parameter of a path takes."""
_HEADERS: Final[Mapping[int, Json]] = {
    201: {"Location": _LOCATION},
    202: {"Location": _LOCATION, "Retry-After": _RETRY_AFTER},
}


def openapi(operations: Mapping[str, Operation], *, host: str) -> Json:
    """The whole description, for the app at this host."""
    schemas = components(operations)
    sets = {frozenset(it["enum"]): name for name, it in schemas.items() if "enum" in it}
    paths: dict[str, Json] = {}
    for operation in operations.values():
        described = _operation(operation, _links(operation, operations), sets)
        paths.setdefault(f"/{operation.path}", {})[operation.method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": info(),
        "servers": servers(host),
        "security": [{"entra": []}, {"functionKey": []}],
        "tags": TAGS,
        "paths": paths,
        "webhooks": {trigger.event: _webhook(trigger) for trigger in TRIGGERS},
        "components": {"schemas": schemas, "securitySchemes": SECURITY_SCHEMES},
    }


def parameters_in_path(path: str) -> list[str]:
    """The names in a route, in their order."""
    return _IN_PATH.findall(path)


def problems(operation: Operation) -> dict[int, str]:
    """The problem answers an operation can give, by status."""
    asked = operation.body is not None
    given = {
        400: "The request cannot be understood; every fault is named."
        if asked or operation.query or operation.refuses_query
        else None,
        # Easy Auth, and the host that asks for a key, refuse before the service is asked.
        401: "Nobody said who is calling; from the platform itself, without a body."
        if not operation.is_anonymous
        else None,
        403: _role_text(operation),
        404: "There is none with this id." if parameters_in_path(operation.path) else None,
        409: operation.conflict,
        413: "The request is too large." if asked else None,
        415: _NOT_TAKEN[operation.takes_csv] if asked else None,
        429: "Too many requests; Retry-After says when to come back."
        if not operation.is_anonymous
        else None,
        503: "Try again after Retry-After seconds; nothing was lost."
        if not operation.is_anonymous
        else None,
    }
    return {status: text for status, text in given.items() if text is not None}


def _role_text(operation: Operation) -> str | None:
    if not operation.roles:
        return None
    return f"The app role is missing: {' or '.join(sorted(operation.roles))}."


def _links(operation: Operation, operations: Mapping[str, Operation]) -> Json:
    """What can be done with the document that an operation answers with: it takes its id."""
    return {
        other.id: {"operationId": other.id, "parameters": {name: "$response.body#/id"}}
        for other in operations.values()
        for name in parameters_in_path(other.path)
        if name in _LINKED and operation.answer == _LINKED[name]
    }


def _operation(operation: Operation, links: Json, sets: Mapping[frozenset[str], str]) -> Json:
    described: Json = {
        "operationId": operation.id,
        "tags": [tag_of(operation)],
        "summary": operation.summary,
        "description": operation.description,
    }
    parameters = [
        *map(_in_path, parameters_in_path(operation.path)),
        *(_query(parameter, sets) for parameter in operation.query),
    ]
    if operation.body is not None:
        csv = {"text/csv": _CSV_IN} if operation.takes_csv else {}
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _bodies(operation)}, **csv},
        }
        if "idempotency_key" in operation.body.model_fields:
            parameters.append(_IDEMPOTENCY_KEY)
        if operation.answer == "Restore" and HTTPStatus.ACCEPTED in operation.statuses:
            parameters.append(_TRACEPARENT)
    if operation.roles:
        parameters.append(_ACCEPT_LANGUAGE)
    if parameters:
        described["parameters"] = parameters
    if operation.is_anonymous:
        described["security"] = []
    return {**described, "responses": _responses(operation, links)}


def _responses(operation: Operation, links: Json) -> Json:
    more = {"links": links} if links else {}
    answers = {
        str(status): _answer(operation, status) | more for status in sorted(operation.statuses)
    }
    refusals = {str(status): _problem(status, text) for status, text in problems(operation).items()}
    return answers | refusals


def _answer(operation: Operation, status: int) -> Json:
    answer: Json = {"description": _TEXTS[status]}
    if status in _HEADERS:
        answer["headers"] = _HEADERS[status]
    elif HTTPStatus.CREATED in operation.statuses:
        # What is there already is found at the same address.
        answer["headers"] = _HEADERS[HTTPStatus.CREATED]
    if operation.answer is not None:
        media_type = "application/x-ndjson" if operation.in_lines else "application/json"
        answer["content"] = {media_type: {"schema": _answers(operation)}}
    if operation.also_csv:
        answer["content"]["text/csv"] = _CSV
    if operation.also_csv and status == HTTPStatus.OK:
        answer["headers"] = answer.get("headers", {}) | {"Link": _LINK}
    return answer


def _problem(status: int, text: str) -> Json:
    content = {"application/problem+json": {"schema": _ref("Problem")}}
    waits = {"headers": {"Retry-After": _RETRY_AFTER}} if status in {429, 503} else {}
    return {"description": text, **waits, "content": content}


def _in_path(name: str) -> Json:
    if name == "userId":
        return {
            "name": name,
            "in": "path",
            "required": True,
            "description": "The object id of the person in Entra ID.",
            "schema": {"type": "string", "format": "uuid"},
        }
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": "The id, from the answer that created it.",
        "schema": {"type": "string"},
    }


def _query(parameter: Parameter, sets: Mapping[frozenset[str], str]) -> Json:
    bounds = {
        "enum": list(parameter.values) or None,
        "minimum": parameter.least,
        "maximum": parameter.most,
        "default": parameter.default,
    }
    schema = {"type": parameter.type} | {k: v for k, v in bounds.items() if v is not None}
    if (name := sets.get(frozenset(parameter.values))) is not None:
        schema = _ref(name)
    described = {"name": parameter.name, "in": "query", "description": parameter.description}
    # Flows write nothing where an expression gave nothing: that is as good as left out.
    return {**described, "allowEmptyValue": True, "schema": schema}


def _webhook(trigger: Trigger) -> Json:
    return {
        "post": {
            "operationId": f"On{trigger.payload}",
            "tags": ["events"],
            "summary": trigger.summary,
            "description": "Sent to the notificationUrl of a subscription; the end of a restore to"
            " its callbackUrl, too. At least once: the id of the event tells repetitions.",
            "requestBody": {
                "content": {"application/json": {"schema": _ref(trigger.payload)}},
            },
            "responses": {"2XX": {"description": "Taken."}},
        }
    }


def _bodies(operation: Operation) -> Json:
    given = [item for item in (operation.body, operation.many and operation.many[0]) if item]
    return _one_of([body_name(item) for item in given])


def _answers(operation: Operation) -> Json:
    given = (operation.answer, operation.many and operation.many[1])
    return _one_of([name for name in given if name])


def _one_of(names: Sequence[str]) -> Json:
    return _ref(names[0]) if len(names) == 1 else {"anyOf": [_ref(name) for name in names]}


def _ref(name: str) -> Json:
    return {"$ref": f"{REF}{name}"}
