"""Histories observed as the timer does it come to the verdict of all their looks one by one."""

import random
from dataclasses import replace
from datetime import datetime

import pytest

from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import Remembered, Sources, timeline_of
from shared.domain.observations import extend
from shared.domain.observations.extend import Look
from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import NO_ROUNDS, RoundLog
from shared.domain.window.judge import judge
from shared.domain.window.timeline import Hint, LogCoverage, Timeline, seen
from shared.domain.window.verdict import Evidence
from tests.builders import NOW, USER_ID, a_person
from tests.unit.domain.window.model import History, Told, a_history, told_of, verdict
from tests.unit.domain.window.test_model import RULES, days, is_as_expected

HISTORIES = 500


def at(age: float) -> datetime:
    """The instant of this age."""
    return NOW - days(age)


def observed(told: Told) -> tuple[Observation | None, RoundLog]:
    """What the timer remembers: a look where the feed tells of a change, and every round."""
    kept: Observation | None = None
    log = NO_ROUNDS
    for age, has_plan, source in sorted(told.facts, reverse=True):
        if source != "observed":
            continue
        if kept is None and has_plan:
            kept = extend.first_look(USER_ID, Look(at(age), has_plan=True))
        elif kept is not None and kept.has_plan != has_plan:
            kept = extend.with_look(kept, Look(at(age), has_plan=has_plan), log)
        log = log.completed(at(age))
    return kept, log


def looks_after(told: Told, erased: float) -> Told:
    """The same without the looks before an erasure: the next one finds nothing remembered."""
    return replace(
        told, facts=tuple(one for one in told.facts if one[2] != "observed" or one[0] <= erased)
    )


def timeline(history: History, told: Told, *, erased: float | None = None) -> Timeline:
    """The product's timeline of somebody who was observed so, and erased at that age.

    Whoever was erased and has a plan at the next look is remembered anew.
    """
    kept, log = observed(told)
    forgot_until = None
    if erased is not None:
        left = looks_after(told, erased)
        kept, _ = observed(left)
        ages = [age for age, _, source in left.facts if source == "observed"]
        forgot_until = at(max(ages, default=erased))
    carried = [has_plan for _, has_plan, source in told.facts if source == "deleted"]
    live = [has_plan for _, has_plan, source in told.facts if source == "live"]
    if history.deleted is not None and kept is not None:
        kept = extend.deleted(kept, at(history.deleted), log)
    person = a_person(
        created_at=at(history.created),
        deleted_at=None if history.deleted is None else at(history.deleted),
    )
    audit = AuditEvidence(
        facts=tuple(
            seen(at(age), Evidence.AUDIT, has_plan=has)
            for age, has, x in told.facts
            if x == "audit"
        ),
        hints=tuple(Hint(at(age), Evidence.AUDIT) for age in told.hints),
    )
    sources = Sources(
        has_plan=next(iter([*carried, *live]), None),
        remembered=Remembered(kept, log, forgot_until, shows_deleted_licenses=bool(carried)),
        audit=audit,
        log=LogCoverage(at(told.log), NOW) if told.log else None,
    )
    return timeline_of(person, sources, NOW)


@pytest.mark.parametrize("seed", [5, 6, 7, 8])
def test_what_is_remembered_is_enough(seed: int) -> None:
    """Runs and the log of rounds prove as much as every look did."""
    rnd = random.Random(seed)  # noqa: S311 - a seed replays
    for number in range(HISTORIES):
        history = a_history(rnd)
        told = told_of(history, rnd)
        found = judge(timeline(history, told), RULES, NOW)

        assert is_as_expected(found, verdict(history, told)), (number, history, told, found)


@pytest.mark.parametrize("seed", [9, 10])
def test_what_was_erased_proves_nothing_any_more(seed: int) -> None:
    """The rounds of before say no more of whoever was erased than of whom they never saw."""
    rnd = random.Random(seed)  # noqa: S311 - a seed replays
    for number in range(HISTORIES):
        history = a_history(rnd)
        told = told_of(history, rnd)
        erased = rnd.uniform(0, 60)
        found = judge(timeline(history, told, erased=erased), RULES, NOW)

        expected = verdict(history, looks_after(told, erased))
        assert is_as_expected(found, expected), (number, history, told, erased, found)
