"""The judgement beside the rule in plain numbers, on made-up histories whose truth is known."""

import random
from datetime import datetime, timedelta

import pytest

from shared.domain.window.judge import Judgement, WindowRules, judge
from shared.domain.window.timeline import Fact, Hint, LogCoverage, Timeline, seen
from shared.domain.window.verdict import Evidence, WindowVerdict
from tests.builders import NOW
from tests.unit.domain.window.model import (
    RETENTION,
    History,
    Told,
    Verdict,
    a_history,
    told_of,
    verdict,
)

RULES = WindowRules(timedelta(days=RETENTION), timedelta(days=3))
EVIDENCE = {
    "observed": Evidence.OBSERVED,
    "audit": Evidence.AUDIT,
    "live": Evidence.OBSERVED,
    "deleted": Evidence.DELETED,
}
NAMES = {
    WindowVerdict.NOT_APPLICABLE: "active",
    WindowVerdict.OPEN: "open",
    WindowVerdict.CLOSING: "open",
    WindowVerdict.CLOSED: "closed",
    WindowVerdict.UNKNOWN: "unknown",
}
HISTORIES = 500
# Ages are floats, instants whole microseconds: a second is near enough to be the same.
SAME = timedelta(seconds=1)


def days(age: float) -> timedelta:
    """Return the age as a time."""
    return timedelta(days=age)


def timeline_of(history: History, told: Told, told_as: str) -> Timeline:
    """What is told, as the product's own timeline.

    Looks one by one, or joined where they may be, or joined and one look in each told as well.
    """
    looks = [seen(NOW - days(age), EVIDENCE[x], has_plan=has) for age, has, x in told.facts]
    stretches = joined(looks)
    within = [seen(_midst(one), one.evidence, has_plan=one.has_plan) for one in stretches]
    facts = {"looks": looks, "stretches": stretches, "both": [*within, *stretches]}
    return Timeline(
        facts=tuple(facts[told_as]),
        hints=tuple(Hint(NOW - days(age), Evidence.AUDIT) for age in told.hints),
        created_at=NOW - days(history.created),
        deleted_at=None if history.deleted is None else NOW - days(history.deleted),
        log=LogCoverage(NOW - days(told.log), NOW) if told.log else None,
    )


def _midst(fact: Fact) -> datetime:
    """Return an instant within a stretch; what is remembered of a person ends at one."""
    return fact.since + (fact.until - fact.since) / 2


def joined(facts: list[Fact]) -> list[Fact]:
    """Looks of rounds that saw the same and are no more than a day apart become one stretch."""
    result: list[Fact] = []
    for fact in sorted(facts, key=lambda one: one.begin):
        last = result[-1] if result else None
        if (
            last is not None
            and last.evidence is fact.evidence is Evidence.OBSERVED
            and last.has_plan is fact.has_plan
            and fact.since - last.until <= timedelta(days=1)
        ):
            result[-1] = Fact(fact.has_plan, last.since, fact.until, Evidence.OBSERVED)
        else:
            result.append(fact)
    return result


def is_as_expected(found: Judgement, expected: Verdict) -> bool:
    """Whether both say the same; where the rule gives up, the judgement may go by a hint."""
    if expected.verdict == "unknown" and found.used is not None:
        return not found.is_proven
    if (NAMES[found.window.verdict], found.is_proven) != (expected.verdict, expected.is_proven):
        return False
    started = found.window.started_at
    if started is None or expected.started is None:
        return started is None and expected.started is None
    return abs(started - (NOW - days(expected.started))) < SAME


def is_wrong(found: Judgement, lost: float | None) -> bool:
    """Whether a proven verdict is not the truth, or promises more time than there is."""
    window = found.window
    if not found.is_proven or lost is None or window.verdict is WindowVerdict.NOT_APPLICABLE:
        return False
    truth = "closed" if lost >= RETENTION else "open"
    too_long = window.started_at is not None and window.started_at > NOW - days(lost) + SAME
    return NAMES[window.verdict] != truth or (truth == "open" and too_long)


@pytest.mark.parametrize("told_as", ["looks", "stretches", "both"])
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_the_judgement_is_the_rule(seed: int, told_as: str) -> None:
    """Every verdict, its start and its proof agree, and no proven one is wrong."""
    rnd = random.Random(seed)  # noqa: S311 - a seed replays
    for number in range(HISTORIES):
        history = a_history(rnd)
        told = told_of(history, rnd)
        found = judge(timeline_of(history, told, told_as), RULES, NOW)

        assert is_as_expected(found, verdict(history, told)), (number, history, told, found)
        assert not is_wrong(found, history.lost), (number, history, told, found)
