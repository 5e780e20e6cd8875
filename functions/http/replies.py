"""Translate outcomes and errors into HTTP answers; errors are RFC 9457 problem documents."""

import json
import re
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import azure.functions as func

from functions.hosting import ROUTE_PREFIX
from functions.http.callers import reader_of_problem
from shared import telemetry
from shared.bootstrap import root
from shared.documents.problem import problem_document
from shared.documents.restore import restore_document
from shared.domain.records.record import Record
from shared.domain.values.json_values import Json
from shared.errors import (
    DirectoryUnavailableError,
    InvalidRequestError,
    MethodNotAllowedError,
    ProblemCode,
    ToldError,
    TooManyError,
)
from shared.intake.operations.examples import with_example
from shared.texts.reader import Reader

# Code -> status.
_STATUS: dict[ProblemCode, int] = {
    ProblemCode.INVALID_REQUEST: 400,
    ProblemCode.NOT_SIGNED_IN: 401,
    ProblemCode.ROLE_MISSING: 403,
    ProblemCode.CROSS_SITE: 403,
    ProblemCode.OWN_REQUEST: 403,
    ProblemCode.RESTORE_NOT_FOUND: 404,
    ProblemCode.BATCH_NOT_FOUND: 404,
    ProblemCode.GUARD_NOT_FOUND: 404,
    ProblemCode.SUBSCRIPTION_NOT_FOUND: 404,
    ProblemCode.ROUTE_NOT_FOUND: 404,
    ProblemCode.METHOD_NOT_ALLOWED: 405,
    ProblemCode.KEY_REUSED: 409,
    ProblemCode.NOT_CANCELLABLE: 409,
    ProblemCode.NOT_RETRYABLE: 409,
    ProblemCode.NOT_WAITING_FOR_APPROVAL: 409,
    ProblemCode.PLAN_CHANGED: 409,
    ProblemCode.NOT_UNDOABLE: 409,
    ProblemCode.BODY_TOO_LARGE: 413,
    ProblemCode.WRONG_CONTENT_TYPE: 415,
    ProblemCode.TOO_MANY: 429,
    ProblemCode.BUSY: 503,
    ProblemCode.STORAGE_UNAVAILABLE: 503,
    ProblemCode.DIRECTORY_UNAVAILABLE: 503,
    # 503 and not 500: nothing that the caller did, and all is well once it is put right.
    ProblemCode.CONFIGURATION_WRONG: 503,
}

# Code -> Retry-After, unless the error knows better.
_RETRY_AFTER: dict[ProblemCode, timedelta] = {
    ProblemCode.TOO_MANY: timedelta(seconds=60),
    ProblemCode.BUSY: timedelta(seconds=2),
    ProblemCode.STORAGE_UNAVAILABLE: timedelta(seconds=10),
    ProblemCode.DIRECTORY_UNAVAILABLE: timedelta(seconds=10),
    ProblemCode.CONFIGURATION_WRONG: timedelta(seconds=60),
}

# The caller cannot put these right, and somebody has to: they are logged.
_LOGGED = 500

# Who tries what is not theirs, or too much, leaves a trace.
_TURNED_AWAY = frozenset({401, 403, 429})

# What may be logged of an address: ids, and no name of a person.
_ID = re.compile(r"[0-9A-Za-z-]{1,64}")

# A running restore is seldom through in less; a waiting one has nothing to tell before its time.
# The engine polls at exactly this pace. Source: Azure Logic Apps docs, "Asynchronous polling".
_SHORTEST_POLL = timedelta(seconds=2)
_LONGEST_POLL = timedelta(seconds=60)


async def translate(
    where: str, work: Awaitable[func.HttpResponse], req: func.HttpRequest
) -> func.HttpResponse:
    """The answer of `work`, or the problem document of the error it raised.

    What callers are not told of is a bug: it is raised, and the host answers 500.
    """
    try:
        return await work
    except ToldError as error:
        reader = await reader_of_problem(req)
        if _STATUS[error.code] >= _LOGGED:
            telemetry.failed(where, error)
        elif _STATUS[error.code] in _TURNED_AWAY:
            telemetry.turned_away(where, reader.id, _target(req), error.code)
        if isinstance(error, InvalidRequestError):
            error = with_example(error, where)
        return _problem(error, reader)


def restore_reply(
    record: Record, req: func.HttpRequest, reader: Reader, now: datetime, *, status: int = 202
) -> func.HttpResponse:
    """202 with where and when to look again while unfinished, else 200; the restore both times.

    `status` is another one for the unfinished.
    """
    link = _link(req, record.id)
    body = restore_document(record, reader, self_link=link)
    if record.status.is_final:
        return json_reply(body, reader)
    headers = {"Location": link, "Retry-After": str(_poll_after(record, now))}
    return json_reply(body, reader, status, headers)


def json_reply(
    body: object,
    reader: Reader | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    *,
    mimetype: str = "application/json",
    also_csv: bool = False,
) -> func.HttpResponse:
    """A JSON answer, and the only way to give one; `reader`: it has texts, in this one's words.

    `also_csv`: the same address answers in CSV, too.

    In ASCII: the directory's texts may hold half a character, which has no UTF-8, and one person's
    name must not take a list away from everybody.
    """
    given = {**(headers or {}), **headers_for(reader, also_csv=also_csv)}
    return func.HttpResponse(json.dumps(body), status_code=status, headers=given, mimetype=mimetype)


def headers_for(reader: Reader | None, *, also_csv: bool) -> dict[str, str]:
    """What an answer was chosen by, for whoever keeps it, and the language that it is in.

    `reader` is None where no word of it depends on the language. Source: RFC 9110, 8.5
    Content-Language, 12.5.5 Vary.
    """
    by = [*(["Accept"] if also_csv else []), *(["Accept-Language"] if reader is not None else [])]
    spoken = {} if reader is None else {"Content-Language": reader.language.value}
    return {**({"Vary": ", ".join(by)} if by else {}), **spoken}


def api_link(req: func.HttpRequest, *path: str) -> str:
    """The absolute address of a path of this API, as its caller reaches it; it carries no key."""
    parts = urlsplit(req.url)
    base = root().public_base_url or f"{parts.scheme}://{parts.netloc}"
    return "/".join((base, ROUTE_PREFIX, *path))


def list_reply(
    records: Sequence[Record], next_query: str | None, req: func.HttpRequest, reader: Reader
) -> func.HttpResponse:
    """A page of restores; `nextLink` is absent at the end of the list."""
    value = [
        restore_document(record, reader, self_link=_link(req, record.id)) for record in records
    ]
    return rows_reply(ListPage("restores", value, next_query, also_csv=True), req, reader)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of any list: its route, its rows, how to ask for the next one, and what to know."""

    route: str
    rows: Sequence[Json]
    next_query: str | None = None
    warnings: Sequence[Json] = ()
    also_csv: bool = False
    """Whether the same address answers in CSV, too: caches must tell the two apart."""


def rows_reply(
    page: ListPage, req: func.HttpRequest, reader: Reader | None = None
) -> func.HttpResponse:
    """A page of any list; `nextLink` is absent at the end, `warnings` where there are none."""
    link = f"{api_link(req, page.route)}?{page.next_query}"
    more = {} if page.next_query is None else {"nextLink": link}
    warned = {"warnings": list(page.warnings)} if page.warnings else {}
    body = {"value": list(page.rows), **more, **warned}
    return json_reply(body, reader, also_csv=page.also_csv)


def _problem(error: ToldError, reader: Reader) -> func.HttpResponse:
    status = _STATUS[error.code]
    faults = error.faults if isinstance(error, InvalidRequestError) else ()
    body = problem_document(error.text, status, reader, faults)
    wait = _RETRY_AFTER.get(error.code)
    if isinstance(error, DirectoryUnavailableError | TooManyError):
        wait = error.retry_after or wait
    headers = {} if wait is None else {"Retry-After": str(_whole_seconds(wait))}
    if isinstance(error, MethodNotAllowedError):
        headers["Allow"] = ", ".join(error.methods)
    return json_reply(body, reader, status, headers, mimetype="application/problem+json")


def _target(req: func.HttpRequest) -> str | None:
    """The id in the address of a request, if there is one and it is an id."""
    ids = (value for value in req.route_params.values() if _ID.fullmatch(value))
    return next(ids, None)


def _link(req: func.HttpRequest, restore_id: str) -> str:
    return api_link(req, "restores", restore_id)


def _poll_after(record: Record, now: datetime) -> int:
    wait = record.waiting.until - now if record.waiting is not None else _SHORTEST_POLL
    return _whole_seconds(min(max(wait, _SHORTEST_POLL), _LONGEST_POLL))


def _whole_seconds(wait: timedelta) -> int:
    return -(-wait // timedelta(seconds=1))
