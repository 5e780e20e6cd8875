"""The table of answers: each error has its status, its stable code and what to do next."""

import json
from datetime import timedelta

import azure.functions as func
import pytest

from functions.http.replies import restore_reply, translate
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.text import text
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
    UnreadableTextError,
    WrongContentTypeError,
)
from tests.builders import NOW, a_record, a_wait
from tests.reading import EVERYBODY

FAULTS = (Fault("/kind", text("fault", "missing")), Fault("/dryRun", text("fault", "no-boolean")))
NO = text("graph-said", "without-id", status=403, answer="Forbidden", message="No.")
AWAY = text("directory-unavailable", why="gone")
ASKED = func.HttpRequest("GET", "https://host.example/api/x", body=b"")
RUNNING = a_record().claim("w", NOW, timedelta(minutes=2))


def parked(reason: WaitingFor, wait: timedelta) -> Record:
    """A restore that waits."""
    return RUNNING.park(a_wait(reason, NOW + wait), NOW)


async def failing(error: Exception) -> func.HttpResponse:
    """A handler that raises."""
    raise error


@pytest.mark.parametrize(
    ("error", "status", "code", "retry_after"),
    [
        (InvalidRequestError(FAULTS), 400, "invalid-request", None),
        (BodyTooLargeError(65_537, 65_536), 413, "body-too-large", None),
        (WrongContentTypeError("text/plain"), 415, "wrong-content-type", None),
        (UnauthenticatedError(text("not-signed-in")), 401, "not-signed-in", None),
        (RoleMissingError("Restore.Override"), 403, "role-missing", None),
        (RestoreNotFoundError(), 404, "restore-not-found", None),
        (KeyReusedError("abc"), 409, "key-reused", None),
        (NotCancellableError(text("not-cancellable")), 409, "not-cancellable", None),
        (NotRetryableError(text("not-retryable", "succeeded")), 409, "not-retryable", None),
        (BusyError(), 503, "busy", "2"),
        (StorageUnavailableError("x"), 503, "storage-unavailable", "10"),
        (UnreadableTextError("version 2"), 503, "storage-unavailable", "10"),
        (PermissionMissingError("User.Read.All", NO), 503, "directory-unavailable", "60"),
        (DirectoryRefusedError(NO), 503, "directory-unavailable", "60"),
        (ConfigurationError(("x",)), 503, "configuration-wrong", "60"),
        (DirectoryUnavailableError(AWAY), 503, "directory-unavailable", "10"),
        (
            DirectoryUnavailableError(AWAY, timedelta(milliseconds=2_128)),
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
    reply = await translate("Test", failing(error), ASKED)

    problem = json.loads(reply.get_body())
    assert reply.status_code == problem["status"] == status
    assert reply.mimetype == "application/problem+json"
    assert problem["code"] == code
    assert problem["detail"]
    assert reply.headers.get("Retry-After") == retry_after
    assert problem["title"]
    assert problem["fix"]
    assert {"type", "errors"} <= problem.keys()


async def test_every_fault_of_a_request_is_listed() -> None:
    """Each with its pointer, so that all can be put right at once."""
    reply = await translate("Test", failing(InvalidRequestError(FAULTS)), ASKED)

    assert json.loads(reply.get_body())["errors"] == [
        {"pointer": "/kind", "message": "is required"},
        {"pointer": "/dryRun", "message": "must be true or false, without quotes"},
    ]


async def test_the_detail_tells_whole_faults_and_how_many_more() -> None:
    """It has a bound, and a sentence that breaks off in a word helps nobody."""
    unknown = tuple(
        Fault(f"/column-{number}", text("fault", "csv-unknown-column", names=("user", "kind")))
        for number in range(30)
    )

    reply = await translate("Test", failing(InvalidRequestError(unknown)), ASKED)
    problem = json.loads(reply.get_body())

    assert len(problem["detail"]) <= 300
    told = problem["detail"].split("; /column-")
    assert [one.endswith("names: user, kind") for one in told[:-1]] == [True] * len(told[:-1])
    assert told[-1].endswith(f"names: user, kind; {30 - len(told)} more")


@pytest.mark.parametrize("error", [LeaseLostError("x"), ZeroDivisionError()])
async def test_what_the_table_does_not_know_is_a_bug_and_stays_one(error: Exception) -> None:
    """Nothing is swallowed: the host answers 500 and logs the trace."""
    with pytest.raises(type(error)):
        await translate("Test", failing(error), ASKED)


@pytest.mark.parametrize(
    ("record", "pause"),
    [
        (a_record(), "2"),
        (RUNNING, "2"),
        (parked(WaitingFor.THROTTLE, timedelta(milliseconds=12_001)), "13"),
        (parked(WaitingFor.SCHEDULE, timedelta(days=9)), "60"),
        (parked(WaitingFor.SEAT, timedelta(days=-9)), "2"),
    ],
    ids=["queued", "running", "throttled", "scheduled", "overdue"],
)
def test_an_unfinished_restore_says_where_and_when_to_look(record: Record, pause: str) -> None:
    """202, an absolute Location without the key, whole seconds; the engine needs both each time."""
    request = func.HttpRequest(
        "POST", "https://host.example:444/api/restores?code=secret", body=b""
    )

    reply = restore_reply(record, request, EVERYBODY, NOW)

    assert reply.status_code == 202
    assert reply.headers["Retry-After"] == pause
    assert reply.headers["Location"] == f"https://host.example:444/api/restores/{a_record().id}"
    assert json.loads(reply.get_body())["links"]["self"] == reply.headers["Location"]


@pytest.mark.parametrize("code", list(Code))
def test_a_finished_restore_is_200_whatever_the_outcome(code: Code) -> None:
    """A business "no" is an answer, never an error."""
    request = func.HttpRequest("GET", "https://host.example/api/restores/x", body=b"")

    reply = restore_reply(a_record().settle(outcome(code), NOW), request, EVERYBODY, NOW)

    assert reply.status_code == 200
    assert "Location" not in reply.headers
    assert json.loads(reply.get_body())["outcome"]["code"] == code
