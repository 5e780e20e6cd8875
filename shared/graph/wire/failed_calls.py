"""Classify every failure of a Graph call by whether its effect may have happened.

    NotSentError         no token, no connection, or refused unread (429; concurrency)
    OutcomeUnknownError  sent, and the answer is missing, unreadable or a 5xx
    AnsweredError        any other 4xx: a definitive "no", in Graph's own words

Reads are sorted by the same table; for them "unknown" merely means that nothing was learnt. A
status decides first, a code second, a text never.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

import aiohttp
from azure.core.exceptions import AzureError

from shared.domain.text import Text, text
from shared.errors import (
    UNREADABLE_ANSWER,
    AnsweredError,
    DirectoryError,
    NotSentError,
    OutcomeUnknownError,
    ThrottledError,
    graph_said,
)
from shared.graph.models.shapes import Shape
from shared.graph.models.tenant import ErrorShape, RefusalShape
from shared.graph.wire.http_answer import HttpAnswer
from shared.graph.wire.throttling import quota, retry_after

# What aiohttp raises before the first byte of the request is written: no connection (a name that is
# not found, a certificate that is not trusted, a wait that was too long), or no address.
# Source: aiohttp docs "Client exceptions"; aiohttp 3, `TCPConnector._wrap_create_connection`.
_BEFORE_SENDING = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)

# "Error due to concurrent requests being made to the tenant. Please wait briefly and retry.": the
# directory gave up before writing. Seen as 409 and as 503.
# Source: nais/azurerator issue 448; Azure/azure-cli issue 23081.
_CONCURRENCY = "Directory_ConcurrencyViolation"
_CONCURRENCY_STATUSES = frozenset({HTTPStatus.CONFLICT, HTTPStatus.SERVICE_UNAVAILABLE})

_JSON = "application/json"


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the SDK, the credential and the wire raise into our errors.

    Raises:
        NotSentError: no token, or no connection; the effect certainly did not happen.
        OutcomeUnknownError: the request was (partly) written; the effect may have happened.
    """
    try:
        yield
    except AzureError as error:
        # Graph is called through aiohttp, so Azure's errors come from the credential alone.
        raise NotSentError(text("directory", "no-token", cause=_name(error))) from error
    except _BEFORE_SENDING as error:
        raise NotSentError(text("directory", "not-reached", cause=_name(error))) from error
    except (aiohttp.ClientError, OSError) as error:
        raise OutcomeUnknownError(text("directory", "answer-lost", cause=_name(error))) from error


def read_body[S: Shape](response: HttpAnswer, shape: type[S]) -> S:
    """The body of an answer as this shape.

    Raises:
        OutcomeUnknownError: it cannot be read; for an effect, it may have happened.
    """
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _JSON or not response.has_body:
        raise unreadable(f"{response.status} {kind}".strip())
    try:
        return shape.of(response.document())
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise unreadable(_name(error)) from error


def taken[S: Shape](response: HttpAnswer, shape: type[S]) -> S:
    """The content of one answer of a batch.

    Raises:
        DirectoryError: it is a refusal, or cannot be read.
    """
    if not response.is_success:
        raise refusal(response)
    return read_body(response, shape)


def refusal(response: HttpAnswer) -> DirectoryError:
    """The error that an answer other than 2xx stands for.

    408 is no answer of Graph's: something on the way gave up waiting for one of the two sides. 401
    is about the token alone, before Graph looked at the request.
    Source: Microsoft "Microsoft Graph error responses and resource types"; "Throttling guidance".
    """
    error = _error_in(response)
    status = response.status
    said_id = request_id(response) or (error.inner.request_id if error.inner else None)
    why = _reason(status, error, said_id)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ThrottledError(why, retry_after(response.headers), quota(response))
    if status in _CONCURRENCY_STATUSES and _CONCURRENCY in _codes(error):
        return NotSentError(why)
    if status == HTTPStatus.UNAUTHORIZED:
        return NotSentError(why)
    if (
        not HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        or status == HTTPStatus.REQUEST_TIMEOUT
    ):
        return OutcomeUnknownError(why, retry_after(response.headers))
    return AnsweredError(
        status=status,
        code=error.code or UNREADABLE_ANSWER,
        message=error.message or "",
        details=tuple((item.code or "", item.target or "") for item in error.details),
        request_id=said_id,
        why=why,
    )


def _reason(status: int, error: ErrorShape, said_id: str | None) -> Text:
    """In Graph's own words, if these are Graph's."""
    if not error.code:
        return text("directory", "not-graphs", status=status)
    return graph_said(status, error.code, error.message or "", said_id)


def request_id(response: HttpAnswer) -> str | None:
    """The id that Microsoft's support asks for; on every answer of Graph's, good or bad.

    Source: Microsoft "Best practices for working with Microsoft Graph", reliability and support.
    """
    return response.headers.get("request-id") or None


def unreadable(cause: str) -> OutcomeUnknownError:
    """The error for a good status whose answer makes no sense; `cause` is a code, no sentence."""
    return OutcomeUnknownError(text("directory", "answer-unreadable", cause=cause))


def missing(what: str) -> AnsweredError:
    """The "no" for something that is not an object id: nothing in the directory can have it."""
    return AnsweredError(
        status=HTTPStatus.NOT_FOUND,
        code="Request_ResourceNotFound",
        why=text("directory", "not-an-id", value=what),
    )


def is_absent(error: AnsweredError) -> bool:
    """Whether Graph itself, and not something before it, says that the object is not there."""
    return error.status == HTTPStatus.NOT_FOUND and error.code != UNREADABLE_ANSWER


def _error_in(response: HttpAnswer) -> ErrorShape:
    try:
        return read_body(response, RefusalShape).error or ErrorShape()
    except OutcomeUnknownError:
        return ErrorShape()


def _codes(error: ErrorShape) -> set[str | None]:
    return {error.code, *(item.code for item in error.details)}


def _name(error: Exception) -> str:
    return f"{type(error).__name__} {error}".strip()
