"""Each alert rule, run on lines that the service wrote: in its case, and in the nearest other."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared import telemetry
from shared.domain.decision import StepName
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Step, WaitingFor
from shared.errors import StorageUnavailableError
from tests.builders import NOW, a_record, a_wait
from tests.unit.infra.bicep import ROOT
from tests.unit.infra.kusto import Logs, Rule

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
POISONED = (
    "Message has reached MaxDequeueCount of 5. Moving message to queue 'restore-work-poison'."
)

_ERROR = StorageUnavailableError("x")

type Story = Callable[[Logs], None]


def parked(
    reason: WaitingFor,
    *,
    left: timedelta | None,
    ago: timedelta = MINUTE,
    key: str = "a",
    step: StepName = StepName.ASSIGN_LICENSE,
) -> Story:
    """A restore said, so long ago, that it waits before a step, and how long it may still act."""
    running = a_record(id=key, steps=(Step(step),)).claim("w", NOW, timedelta(minutes=2))
    record = replace(
        running.park(a_wait(reason, NOW + HOUR), NOW),
        deadline=None if left is None else NOW + left,
    )
    return lambda logs: logs.says(lambda: telemetry.parked(record), ago)


def ended(code: Code, *, ago: timedelta = timedelta(0), key: str = "a") -> Story:
    """A restore said how it ended."""
    record = a_record(id=key).settle(outcome(code), NOW)
    return lambda logs: logs.says(lambda: telemetry.ended(record), ago)


def queue(oldest: int | None) -> Story:
    """The sweep measured a queue."""
    return lambda logs: logs.says(lambda: telemetry.queue_measured("restore-requests", 3, oldest))


def swept(ago: timedelta) -> Story:
    """The sweep ran."""
    return lambda logs: logs.says(lambda: telemetry.swept(0), ago)


def answered(code: int) -> Story:
    """An HTTP function returned an answer: to the host, that is a success whatever it says."""
    return lambda logs: logs.ran("StartRestore", success=True, code=str(code))


def told(text: str) -> Story:
    """The host wrote a line."""
    return lambda logs: logs.traced(text)


FIRES: dict[str, list[tuple[str, list[Story]]]] = {
    "poison": [("a message is set aside", [told(POISONED)])],
    "failed": [
        ("a 503 that was returned", [answered(503)]),
        ("a 500 without a body", [answered(500)]),
        ("a trigger that raised", [lambda it: it.ran("AdvanceRestore", success=False, code="0")]),
        ("a trigger without a code", [lambda it: it.ran("SweepLedger", success=False, code="")]),
    ],
    "heartbeat": [
        ("no line at all", []),
        ("an old sweep", [swept(20 * MINUTE)]),
        ("other timers only", [lambda it: it.says(lambda: telemetry.guarded(3, 0))]),
        ("a caller who writes the word", [told('the user said "swept"')]),
    ],
    "closing": [
        ("a seat, ten hours left", [parked(WaitingFor.SEAT, left=10 * HOUR)]),
        ("a throttle, an hour left", [parked(WaitingFor.THROTTLE, left=HOUR)]),
        (
            "two days left, said 30 hours ago",
            [parked(WaitingFor.SCHEDULE, left=48 * HOUR, ago=30 * HOUR)],
        ),
        (
            "another one ended",
            [parked(WaitingFor.SEAT, left=HOUR), ended(Code.USER_RESTORED, key="b")],
        ),
        (
            "waits again after a retry",
            [ended(Code.NO_SEAT, ago=HOUR), parked(WaitingFor.SEAT, left=HOUR)],
        ),
    ],
    "permission": [("a permission is missing", [ended(Code.PERMISSION_MISSING)])],
    "backlog": [("twenty minutes old", [queue(1200)])],
}

SILENT: dict[str, list[tuple[str, list[Story]]]] = {
    "poison": [
        ("a failed try", [lambda it: it.says(lambda: telemetry.failed("AdvanceRestore", _ERROR))]),
        ("a refused message", [lambda it: it.says(lambda: telemetry.message_refused("r-1"))]),
    ],
    "failed": [
        ("a 404", [answered(404)]),
        ("a 429", [answered(429)]),
        ("a success", [answered(202)]),
        ("a key that was missing", [lambda it: it.ran("x", success=False, code="401")]),
    ],
    "heartbeat": [
        ("a minute ago", [swept(MINUTE)]),
        ("fourteen minutes ago", [swept(14 * MINUTE)]),
    ],
    "closing": [
        *(
            (
                f"a look on the last day, {reason}",
                [parked(reason, left=HOUR, step=step)],
            )
            for reason, step in (
                (WaitingFor.MAILBOX, StepName.VERIFY_MAILBOX),
                (WaitingFor.DIRECTORY, StepName.VERIFY_USER),
                (WaitingFor.THROTTLE, StepName.VERIFY_MAILBOX),
            )
        ),
        ("two days left", [parked(WaitingFor.SEAT, left=48 * HOUR)]),
        ("no deadline", [parked(WaitingFor.DIRECTORY, left=None)]),
        (
            "it has ended since",
            [parked(WaitingFor.SEAT, left=HOUR, ago=HOUR), ended(Code.USER_RESTORED)],
        ),
    ],
    "permission": [
        ("a window that closed", [ended(Code.WINDOW_CLOSED)]),
        ("a success", [ended(Code.USER_RESTORED)]),
    ],
    "backlog": [("ten minutes old", [queue(600)]), ("no age, by design", [queue(None)])],
}
RULES = Rule.every()
PANELS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "infra" / "monitor" / "workbook").glob("*.kql"))
}


def cases(told: dict[str, list[tuple[str, list[Story]]]]) -> list[object]:
    """Every case of every rule, under a name that can be read."""
    return [
        pytest.param(name, stories, id=f"{name}: {case}")
        for name, listed in told.items()
        for case, stories in listed
    ]


@pytest.mark.parametrize(("name", "stories"), cases(FIRES))
def test_a_rule_fires_in_its_case(name: str, stories: list[Story]) -> None:
    """Somebody is woken up."""
    logs = Logs()
    for story in stories:
        story(logs)

    assert logs.fires(RULES[name])


@pytest.mark.parametrize(("name", "stories"), cases(SILENT))
def test_a_rule_is_silent_in_the_nearest_other_case(name: str, stories: list[Story]) -> None:
    """Nobody is woken up for nothing."""
    logs = Logs()
    for story in stories:
        story(logs)

    assert not logs.fires(RULES[name])


def test_every_rule_has_both_kinds_of_case() -> None:
    """One that is added comes with them."""
    assert set(RULES) == set(FIRES) == set(SILENT)


def test_the_panels_run_on_the_same_lines() -> None:
    """Each query of the workbook is run, and shows the failure that it is there for."""
    logs = Logs()
    parked(WaitingFor.SEAT, left=10 * HOUR)(logs)
    ended(Code.USER_RESTORED, key="b")(logs)
    queue(30)(logs)
    logs.says(lambda: telemetry.failed("AdvanceRestore", _ERROR))

    rows = {name: logs.rows(text) for name, text in PANELS.items()}

    assert rows["waiting"][0][:2] == ("seat", 1)
    assert rows["outcomes"] == [("succeeded", "user-restored", 1)]
    assert rows["queue_age"][0][1:] == ("restore-requests", 30)
    assert ("failed", "AdvanceRestore", "StorageUnavailableError") == rows["problems"][0][1:4]
