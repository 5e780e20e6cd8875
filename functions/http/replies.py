"""The one table: outcome or error -> status and body. Errors are RFC 9457 problem documents."""

import json
from collections.abc import Awaitable, Mapping, Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import azure.functions as func

from functions.hosting import ROUTE_PREFIX
from shared import telemetry
from shared.domain.json_values import Json
from shared.domain.record import Record
from shared.domain.restore_document import restore_document
from shared.errors import (
    BatchNotFoundError,
    BodyTooLargeError,
    BusyError,
    ConfigurationError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    GuardNotFoundError,
    InvalidRequestError,
    KeyReusedError,
    NotCancellableError,
    NotRetryableError,
    PermissionMissingError,
    ReprieveError,
    RestoreNotFoundError,
    RoleMissingError,
    StorageRefusedError,
    StorageUnavailableError,
    SubscriptionNotFoundError,
    TooManySubscriptionsError,
    UnauthenticatedError,
    WrongContentTypeError,
    cut,
)

# Class -> (status, code, title, Retry-After in seconds or None).
_PROBLEMS: dict[type[ReprieveError], tuple[int, str, str, int | None]] = {
    BodyTooLargeError: (413, "body-too-large", "The request is too large", None),
    StorageRefusedError: (413, "body-too-large", "The request is too large to be kept", None),
    WrongContentTypeError: (415, "wrong-content-type", "The request is not JSON", None),
    InvalidRequestError: (400, "invalid-request", "The request cannot be understood", None),
    KeyReusedError: (409, "key-reused", "The key belongs to another request", None),
    RestoreNotFoundError: (404, "restore-not-found", "There is no such restore", None),
    GuardNotFoundError: (404, "guard-not-found", "There is no such guard", None),
    BatchNotFoundError: (404, "batch-not-found", "There is no such batch", None),
    SubscriptionNotFoundError: (404, "subscription-not-found", "There is none", None),
    TooManySubscriptionsError: (409, "too-many-subscriptions", "You have enough of them", None),
    NotCancellableError: (409, "not-cancellable", "The restore cannot be cancelled", None),
    NotRetryableError: (409, "not-retryable", "The restore cannot be retried", None),
    BusyError: (503, "busy", "The restore is changing at this moment", 2),
    UnauthenticatedError: (401, "unauthenticated", "Nobody said who you are", None),
    RoleMissingError: (403, "role-missing", "You lack a role", None),
    StorageUnavailableError: (503, "storage-unavailable", "The ledger cannot be reached", 10),
    DirectoryUnavailableError: (503, "directory-unavailable", "Graph cannot be asked now", 10),
    # 503 and not 403: nothing that the caller lacks, and all is well once it is granted.
    PermissionMissingError: (503, "permission-missing", "The service lacks a permission", 60),
    DirectoryRefusedError: (503, "directory-error", "Graph refuses to answer", 60),
    ConfigurationError: (503, "configuration-wrong", "The service's settings are wrong", 60),
}

# In bytes. The answer to a bad request has at most 64 KiB. The rest of it is less than a tenth of
# that: its longest text has 300 characters, each of which JSON writes in at most twelve bytes.
_ROOM_FOR_FAULTS = 56 * 1024

# A running restore is seldom through in less; a waiting one has nothing to tell before its time.
# The engine polls at exactly this pace. Source: Azure Logic Apps docs, "Asynchronous polling".
_SHORTEST_POLL = timedelta(seconds=2)
_LONGEST_POLL = timedelta(seconds=60)


async def translate(where: str, work: Awaitable[func.HttpResponse]) -> func.HttpResponse:
    """The answer of `work`, or the problem document of the error it raised.

    What the table does not know is a bug: it is raised, and the host answers 500.
    """
    try:
        return await work
    except ReprieveError as error:
        known = next((item for item in type(error).__mro__ if item in _PROBLEMS), None)
        if known is None:
            raise
        status, code, title, retry_after = _PROBLEMS[known]
        if retry_after is not None:
            telemetry.failed(where, error)
        if isinstance(error, DirectoryUnavailableError) and error.retry_after is not None:
            retry_after = _whole_seconds(error.retry_after)
        return _problem(status, code, title, error, retry_after)


def restore_reply(
    record: Record, req: func.HttpRequest, now: datetime, *, finished_status: int = 200
) -> func.HttpResponse:
    """202 with where and when to look again while unfinished, else 200; the restore both times."""
    link = _link(req, record.id)
    body = restore_document(record, self_link=link)
    if record.status.is_final:
        return json_reply(body, finished_status)
    headers = {"Location": link, "Retry-After": str(_poll_after(record, now))}
    return json_reply(body, 202, headers)


def json_reply(
    body: object,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    mimetype: str = "application/json",
) -> func.HttpResponse:
    """A JSON answer, and the only way to give one.

    In ASCII: the directory's texts may hold half a character, which has no UTF-8, and one person's
    name must not take a list away from everybody.
    """
    text = json.dumps(body)
    given = dict(headers or {})
    return func.HttpResponse(text, status_code=status, headers=given, mimetype=mimetype)


def api_link(req: func.HttpRequest, *path: str) -> str:
    """The absolute address of a path of this API, as its caller reaches it."""
    parts = urlsplit(req.url)
    return "/".join((f"{parts.scheme}://{parts.netloc}", ROUTE_PREFIX, *path))


def list_reply(
    records: Sequence[Record], next_query: str | None, req: func.HttpRequest
) -> func.HttpResponse:
    """A page of restores; `nextLink` is absent at the end of the list."""
    value = [restore_document(record, self_link=_link(req, record.id)) for record in records]
    return rows_reply(value, next_query, req, route="restores")


def rows_reply(
    rows: Sequence[Json],
    next_query: str | None,
    req: func.HttpRequest,
    *,
    route: str,
    warnings: Sequence[Json] = (),
) -> func.HttpResponse:
    """A page of any list; `nextLink` is absent at the end, `warnings` where there are none."""
    more = {} if next_query is None else {"nextLink": f"{api_link(req, route)}?{next_query}"}
    warned = {"warnings": list(warnings)} if warnings else {}
    return json_reply({"value": list(rows), **more, **warned})


def _problem(
    status: int, code: str, title: str, error: ReprieveError, retry_after: int | None
) -> func.HttpResponse:
    body = {
        "type": f"urn:reprieve:problem:{code}",
        "title": title,
        "status": status,
        "detail": cut(_detail(error)),
        "code": code,
        "errors": _told_faults(error),
    }
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return json_reply(body, status, headers, "application/problem+json")


def _detail(error: ReprieveError) -> str:
    if isinstance(error, ConfigurationError):
        # Nobody was asked who they are yet: which settings are wrong is for the log.
        return "Settings of the service are wrong; its administrator finds in its log which."
    return str(error)


def _told_faults(error: ReprieveError) -> list[Json]:
    """The faults of a request, as many as an answer has room for."""
    faults = error.faults if isinstance(error, InvalidRequestError) else ()
    told: list[Json] = []
    room = _ROOM_FOR_FAULTS
    for fault in faults:
        told.append({"pointer": fault.pointer, "message": fault.message})
        room -= len(json.dumps(told[-1])) + len(", ")
        if room < 0:
            return told[:-1]
    return told


def _link(req: func.HttpRequest, restore_id: str) -> str:
    return api_link(req, "restores", restore_id)


def _poll_after(record: Record, now: datetime) -> int:
    wait = record.waiting.until - now if record.waiting is not None else _SHORTEST_POLL
    return _whole_seconds(min(max(wait, _SHORTEST_POLL), _LONGEST_POLL))


def _whole_seconds(wait: timedelta) -> int:
    return -(-wait // timedelta(seconds=1))
