"""Every wait says why: in the record, in the journal and in the log, with Graph's request id."""

import json
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.domain.text import text
from shared.errors import (
    DirectoryError,
    LogInUseError,
    NotSentError,
    OutcomeUnknownError,
    ThrottledError,
    graph_said,
)
from tests.builders import USER_ID, a_deleted_person, a_request, because
from tests.reading import said, shown
from tests.unit.world.world import World, code_of

BUSY = graph_said(503, "ServiceUnavailable", "Busy.", "req-503")
SLOW = graph_said(429, "TooManyRequests", "Slow down.", "req-429")
MINUTE = timedelta(minutes=1)


def parked_lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    """The lines that tell of a wait."""
    found = [json.loads(line.removeprefix("reprieve ")) for line in caplog.messages]
    return [line for line in found if line["event"] == "parked"]


@pytest.mark.parametrize(
    ("error", "cause", "request_id"),
    [
        (OutcomeUnknownError(BUSY), "503 ServiceUnavailable", "req-503"),
        (ThrottledError(SLOW, MINUTE), "429 TooManyRequests", "req-429"),
        (NotSentError(because("ConnectError")), "answer-lost", None),
    ],
    ids=["503", "429", "connection"],
)
async def test_a_wait_for_graph_says_what_graph_said(
    caplog: pytest.LogCaptureFixture, error: DirectoryError, cause: str, request_id: str | None
) -> None:
    """For whoever asks why nothing happens, and for Microsoft's support."""
    caplog.set_level("INFO")
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next("ids", error)
    record = await world.accept(a_request(user="megan@contoso.com"))

    waiting = (await world.run(record.id)).waiting

    assert waiting is not None
    assert (waiting.cause, waiting.graph_request_id) == (cause, request_id)
    assert shown(error.why) in said(waiting).message
    entry = (await world.storage.ledger.journal(record.id))[-1]
    assert (entry.event, entry.graph_request_id) == ("parked", request_id)
    assert shown(error.why) in shown(entry.detail)
    (line,) = parked_lines(caplog)
    assert (line["cause"], line["graphRequestId"]) == (cause, request_id)
    assert "Busy." not in json.dumps(line)


async def test_a_wait_for_a_turn_at_the_log_does_not_blame_graph() -> None:
    """The log has a pace of its own, which the service keeps: Graph has refused nothing."""
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next("ids", LogInUseError(text("directory", "log-in-use"), MINUTE))
    record = await world.accept(a_request(user="megan@contoso.com"))

    waiting = (await world.run(record.id)).waiting

    assert waiting is not None
    assert (waiting.reason, waiting.cause) == (WaitingFor.THROTTLE, "log-in-use")
    assert said(waiting).message.endswith("waits its turn.")


async def test_the_journal_tells_of_each_cause_once(caplog: pytest.LogCaptureFixture) -> None:
    """A hundred waits for one reason are one entry, and each is a line of the log."""
    caplog.set_level("INFO")
    world = World()
    world.put(a_deleted_person())
    record = await world.accept(a_request(user=USER_ID))
    gone = OutcomeUnknownError(graph_said(504, "Timeout", "No.", "req-504"))
    for error in (*[OutcomeUnknownError(BUSY)] * 3, *[gone] * 3):
        world.directory.fail_next("deleted", error)
        world.directory.fail_next("active", error)
        waiting = (await world.run(record.id)).waiting
        assert waiting is not None
        world.clock.advance(waiting.until - world.clock.now())

    told = [
        entry for entry in await world.storage.ledger.journal(record.id) if entry.event == "parked"
    ]

    assert [entry.graph_request_id for entry in told] == ["req-503", "req-504"]
    assert len(parked_lines(caplog)) == 6


async def test_a_window_that_closes_meanwhile_says_what_graph_said_last() -> None:
    """With the id of that answer."""
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next("restore_user", ThrottledError(SLOW, MINUTE))
    record = await world.accept(a_request(user=USER_ID))
    await world.run(record.id)

    world.clock.advance(timedelta(days=28))
    ended = await world.run(record.id)

    assert code_of(ended) is Code.WINDOW_CLOSED_WHILE_WAITING
    assert "429 TooManyRequests: Slow down. (request-id req-429)" in said(ended.outcome).message
