"""Every kind of log line, its fields, and the queries that read them."""

import json
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from infra.monitor import build_workbook
from shared import telemetry
from shared.domain.decision import StepName
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.records.trace_id import trace_of
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError, NotSentError, StorageUnavailableError
from shared.upkeep.unreadable_messages import give_up_message, refuse_message
from tests.builders import NOW, a_record, a_request, a_wait, because
from tests.unit.infra.bicep import alert_queries
from tests.unit.world.dying import die_out
from tests.unit.world.world import World

MONITOR = Path(__file__).resolve().parents[2] / "infra" / "monitor"
TRACE = "0af7651916cd43dd8448eb211c80319c"
STEP = Step(
    StepName.RESTORE_USER,
    StepStatus.DONE,
    started_at=NOW,
    ended_at=NOW + timedelta(seconds=3),
    graph_request_id="graph-1",
    attempts=1,
)

type Line = dict[str, object]


def a_parked_record() -> Record:
    """A restore that waits for a seat, a day before its deadline."""
    step = Step(StepName.ASSIGN_LICENSE)
    running = a_record(steps=(step,)).claim("w", NOW, timedelta(minutes=2))
    return replace(
        running.park(a_wait(WaitingFor.SEAT, NOW + timedelta(minutes=5)), NOW),
        deadline=NOW + timedelta(days=1),
    )


def an_ended_record() -> Record:
    """A restore that took ninety seconds and one step."""
    record = replace(a_record(), steps=(STEP,))
    return record.settle(outcome(Code.USER_RESTORED), NOW + timedelta(seconds=90))


# Every function of telemetry that says a line, with the event it says.
LINES: dict[str, Callable[[], None]] = {
    "accepted": lambda: telemetry.accepted(a_record()),
    "ended": lambda: telemetry.ended(an_ended_record()),
    "parked": lambda: telemetry.parked(a_parked_record()),
    "step": lambda: telemetry.stepped(a_record(), STEP),
    "swept": lambda: telemetry.swept(2),
    "queue": lambda: telemetry.queue_measured("restore-requests", 7, 30),
    "cleaned": lambda: telemetry.cleaned(1),
    "guarded": lambda: telemetry.guarded(3, 1),
    "guard-acted": lambda: telemetry.guard_acted("g-1", "r-1"),
    "guards-stopped": lambda: telemetry.guard_round_stopped("ThrottledError"),
    "forgot": lambda: telemetry.forgot(1),
    "observed": lambda: telemetry.observed({"pages": 2, "alerts": 0}),
    "observing-stopped": lambda: telemetry.observing_ended("pages", NotSentError(because("x"))),
    "alerted": lambda: telemetry.alerted("stuck", "r-1"),
    "delivered": lambda: telemetry.delivered("d-1", "r-1"),
    "not-delivered": lambda: telemetry.not_delivered("d-1", "r-1", "timeout"),
    "gave-up-delivery": lambda: telemetry.gave_up_delivery("d-1", "r-1", "timeout"),
    "subscription-ended": lambda: telemetry.subscription_died("s-1"),
    "batch-ended": lambda: telemetry.batch_finished("b-1", 3),
    "message-refused": lambda: telemetry.message_refused("r-1"),
    "failed": lambda: telemetry.failed("StartRestore", StorageUnavailableError("x")),
}
QUERIES = sorted(MONITOR.rglob("*.kql"))


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> Callable[[Callable[[], None]], Line]:
    """Give a way to say one line and to read it as a query does."""
    caplog.set_level(logging.INFO)

    def say(speak: Callable[[], None]) -> Line:
        caplog.clear()
        speak()
        (message,) = caplog.messages
        assert message.startswith("reprieve {")
        line: Line = json.loads(message[len("reprieve ") :])
        return line

    return say


@pytest.mark.parametrize("event", LINES)
def test_each_line_names_its_event(event: str, said: Callable[[Callable[[], None]], Line]) -> None:
    """One JSON object behind one word, on one line."""
    assert said(LINES[event])["event"] == event


def test_an_end_tells_what_came_of_it(said: Callable[[Callable[[], None]], Line]) -> None:
    """Who asked, by which door, how it ended, how long it took, and Graph's id for support."""
    line = said(LINES["ended"])

    expected = {
        "event": "ended",
        "restoreId": a_record().id,
        "status": "succeeded",
        "code": "user-restored",
        "kind": "mailbox",
        "door": "http",
        "attempts": 1,
        "secondsToFinish": 90,
        "graphRequestId": "graph-1",
        "traceId": trace_of(a_record().id),
    }
    assert expected == line


def test_a_wait_tells_its_cause_and_what_is_left(
    said: Callable[[Callable[[], None]], Line],
) -> None:
    """The alert on closing windows and the picture of waits live on these numbers."""
    line = said(LINES["parked"])

    assert (line["waitingFor"], line["waitSeconds"]) == ("seat", 300)
    assert line["secondsToDeadline"] == 86_400


@pytest.mark.parametrize("step", [StepName.VERIFY_USER, StepName.VERIFY_MAILBOX])
def test_a_wait_before_a_look_is_never_too_late(
    said: Callable[[Callable[[], None]], Line], step: StepName
) -> None:
    """Nobody is woken up for a restore that has nothing left to send."""
    record = replace(a_parked_record(), steps=(Step(step),))

    assert said(lambda: telemetry.parked(record))["secondsToDeadline"] is None


def test_a_step_carries_graph_s_request_id(said: Callable[[Callable[[], None]], Line]) -> None:
    """Microsoft's support asks for it first."""
    line = said(LINES["step"])

    assert (line["step"], line["status"]) == ("restore-user", "done")
    assert (line["graphRequestId"], line["seconds"]) == ("graph-1", 3)


def test_the_caller_s_trace_is_on_every_line_of_a_restore(
    said: Callable[[Callable[[], None]], Line],
) -> None:
    """Also where the restore was opened by another process: it lies in the record."""
    record = replace(a_record(), trace=TRACE)

    assert said(lambda: telemetry.accepted(record))["traceId"] == TRACE


def test_work_inside_a_trace_is_logged_under_it(
    said: Callable[[Callable[[], None]], Line],
) -> None:
    """And what comes after is not."""
    with telemetry.traced(TRACE):
        inside = said(LINES["failed"])

    assert inside["traceId"] == TRACE
    assert said(LINES["failed"])["traceId"] is None


@pytest.mark.parametrize("query", QUERIES, ids=lambda path: path.stem)
def test_queries_ask_for_what_is_written(
    query: Path, said: Callable[[Callable[[], None]], Line]
) -> None:
    """Every event and field in an alert or a picture is one that a line has."""
    text = query.read_text()
    if "parse_json" not in text:
        assert _only_the_host_s(text)
        return
    named = _events(text)
    fields = set(re.findall(r"line\.(\w+)", text))
    lines = [said(LINES[event]) for event in named]

    assert named
    assert named <= set(LINES)
    assert all(any(name in line for line in lines) for name in fields), fields
    assert 'startswith "reprieve {"' in text
    assert f"substring(message, {len('reprieve ')})" in text


def test_values_that_queries_compare_with_exist() -> None:
    """A code or a cause that is spelt wrong would never match."""
    known = {*map(str, Code), *map(str, WaitingFor)}
    text = "\n".join(path.read_text() for path in QUERIES)
    compared = set(re.findall(r'line\.(?:code|waitingFor)\) == "([\w-]+)"', text))

    assert compared
    assert compared <= known


def test_alerts_read_the_queries_that_are_tested() -> None:
    """Every query file beside the workbook is an alert's, and no alert has another."""
    assert alert_queries() == {path.name for path in MONITOR.glob("*.kql")}


def test_the_workbook_shows_the_queries_that_are_tested() -> None:
    """It is generated: `python -m infra.monitor.build_workbook` after a query changed."""
    assert build_workbook.WORKBOOK.read_text() == build_workbook.render()
    panels = {f"{file}.kql" for file, _, _ in build_workbook.PANELS}
    assert panels == {path.name for path in build_workbook.QUERIES.glob("*.kql")}


def _events(text: str) -> set[str]:
    """The events a query selects, `== "x"` or `in ("x", "y")`."""
    one = re.findall(r'line\.event\) == "([a-z-]+)"', text)
    more = re.findall(r"line\.event\) in \(([^)]*)\)", text)
    return {*one, *(name.strip(' "') for group in more for name in group.split(","))}


def _only_the_host_s(text: str) -> bool:
    """Whether the query keeps to what the Functions host itself writes."""
    return "Message has reached MaxDequeueCount" in text or "requests\n" in text


async def test_no_end_goes_without_its_line(caplog: pytest.LogCaptureFixture) -> None:
    """Also where no worker came to an end: refused messages, and what the host gave up on."""
    caplog.set_level(logging.INFO)
    world = World()
    by = RequestedBy(Door.QUEUE, "HR")
    why = InvalidRequestError((Fault("", text("fault", "empty-body")),))
    accepted = await world.accept(a_request())

    await refuse_message("{", "m-1", why, by, world.deps)
    await refuse_message("{", "m-1", why, by, world.deps)
    await give_up_message("[[[", "m-2", by, world.deps)
    await die_out(world, accepted.id)

    ends = [json.loads(line[9:]) for line in caplog.messages if '"event":"ended"' in line]
    codes = [end["code"] for end in ends]
    assert codes == ["invalid-request", "gave-up", "gave-up"]
