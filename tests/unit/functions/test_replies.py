"""The table of answers: each error has its status, its stable code and what to do next."""

import json
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.replies import restore_reply, translate
from shared.domain.outcomes import Code, outcome
from shared.domain.progress import WaitingFor
from shared.errors import (
    BodyTooLargeError,
    BusyError,
    ConfigurationError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    Fault,
    InvalidRequestError,
    KeyReusedError,
    LeaseLostError,
    NotCancellableError,
    NotRetryableError,
    PermissionMissingError,
    ReprieveError,
    RestoreNotFoundError,
    RoleMissingError,
    StorageUnavailableError,
    UnauthenticatedError,
    WrongContentTypeError,
)
from tests.builders import NOW, a_record

FAULTS = (Fault("/kind", "a"), Fault("/user", "b"))
RUNNING = a_record().claim("w", NOW, timedelta(minutes=2))


async def failing(error: Exception) -> func.HttpResponse:
    """A handler that raises."""
    raise error


@pytest.mark.parametrize(
    ("error", "status", "code", "retry_after"),
    [
        (InvalidRequestError(FAULTS), 400, "invalid-request", None),
        (BodyTooLargeError(65_537, 65_536), 413, "body-too-large", None),
        (WrongContentTypeError("text/plain"), 415, "wrong-content-type", None),
        (UnauthenticatedError("x"), 401, "unauthenticated", None),
        (RoleMissingError("Restore.Override", "this"), 403, "role-missing", None),
        (RestoreNotFoundError(), 404, "restore-not-found", None),
        (KeyReusedError("abc"), 409, "key-reused", None),
        (NotCancellableError("x"), 409, "not-cancellable", None),
        (NotRetryableError("x"), 409, "not-retryable", None),
        (BusyError(), 503, "busy", "2"),
        (StorageUnavailableError("x"), 503, "storage-unavailable", "10"),
        (PermissionMissingError("User.Read.All", "x"), 503, "permission-missing", "60"),
        (DirectoryRefusedError("x"), 503, "directory-error", "60"),
        (ConfigurationError(("x",)), 503, "configuration-wrong", "60"),
        (DirectoryUnavailableError("x"), 503, "directory-unavailable", "10"),
        (
            DirectoryUnavailableError("x", timedelta(milliseconds=2_128)),
            503,
            "directory-unavailable",
            "3",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
async def test_each_error_is_a_problem_document(
    error: ReprieveError, status: int, code: str, retry_after: str | None
) -> None:
    """RFC 9457, with the code that callers branch on."""
    reply = await translate("Test", failing(error))

    problem = json.loads(reply.get_body())
    assert reply.status_code == problem["status"] == status
    assert reply.mimetype == "application/problem+json"
    assert problem["code"] == code
    assert problem["detail"]
    assert reply.headers.get("Retry-After") == retry_after
    assert {"type", "title", "errors"} <= problem.keys()


async def test_every_fault_of_a_request_is_listed() -> None:
    """Each with its pointer, so that all can be put right at once."""
    reply = await translate("Test", failing(InvalidRequestError(FAULTS)))

    assert json.loads(reply.get_body())["errors"] == [
        {"pointer": "/kind", "message": "a"},
        {"pointer": "/user", "message": "b"},
    ]


@pytest.mark.parametrize("error", [LeaseLostError("x"), ZeroDivisionError()])
async def test_what_the_table_does_not_know_is_a_bug_and_stays_one(error: Exception) -> None:
    """Nothing is swallowed: the host answers 500 and logs the trace."""
    with pytest.raises(type(error)):
        await translate("Test", failing(error))


@pytest.mark.parametrize(
    ("record", "pause"),
    [
        (a_record(), "2"),
        (RUNNING, "2"),
        (RUNNING.park(WaitingFor.THROTTLE, NOW + timedelta(milliseconds=12_001), NOW), "13"),
        (RUNNING.park(WaitingFor.SCHEDULE, NOW + timedelta(days=9), NOW), "60"),
        (RUNNING.park(WaitingFor.SEAT, NOW - timedelta(days=9), NOW), "2"),
    ],
    ids=["queued", "running", "throttled", "scheduled", "overdue"],
)
def test_an_unfinished_restore_says_where_and_when_to_look(record: object, pause: str) -> None:
    """202, an absolute Location without the key, whole seconds; the engine needs both each time."""
    request = func.HttpRequest(
        "POST", "https://host.example:444/api/restores?code=secret", body=b""
    )

    reply = restore_reply(record, request, NOW)  # type: ignore[arg-type]

    assert reply.status_code == 202
    assert reply.headers["Retry-After"] == pause
    assert reply.headers["Location"] == f"https://host.example:444/api/restores/{a_record().id}"
    assert json.loads(reply.get_body())["links"]["self"] == reply.headers["Location"]


@pytest.mark.parametrize("code", list(Code))
def test_a_finished_restore_is_200_whatever_the_outcome(code: Code) -> None:
    """A business "no" is an answer, never an error."""
    request = func.HttpRequest("GET", "https://host.example/api/restores/x", body=b"")

    reply = restore_reply(a_record().settle(outcome(code, "m"), NOW), request, NOW)

    assert reply.status_code == 200
    assert "Location" not in reply.headers
    assert json.loads(reply.get_body())["outcome"]["code"] == code
