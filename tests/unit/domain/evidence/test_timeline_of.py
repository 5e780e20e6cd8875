"""Which source says what in the timeline of a person."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import MailboxSight, Remembered, Sources, timeline_of
from shared.domain.observations import extend
from shared.domain.observations.rounds import NO_ROUNDS, RoundLog
from shared.domain.person import AssignedLicense
from shared.domain.window.timeline import Fact, Hint, LogCoverage, seen
from shared.domain.window.verdict import Evidence
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_person,
    an_observation,
)

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
E3 = AssignedLicense(ENTERPRISEPACK_ID)


def rounds(*days: float) -> RoundLog:
    """Rounds that began so many days before NOW, given in order."""
    log = NO_ROUNDS
    for ago in days:
        log = log.completed(NOW - ago * DAY)
    return log


def facts(person: object, sources: Sources) -> set[Fact]:
    """All facts of the timeline."""
    return set(timeline_of(person, sources, NOW).facts)  # type: ignore[arg-type]


def looked(days: float, *, has_plan: bool) -> Fact:
    """A single look of the service's own."""
    return seen(NOW - days * DAY, Evidence.OBSERVED, has_plan=has_plan)


def stretch(first: float, last: float, *, has_plan: bool) -> Fact:
    """Rounds from one day to another, counted back from NOW."""
    return Fact(has_plan, NOW - first * DAY, NOW - last * DAY, Evidence.OBSERVED)


def test_a_run_is_known_at_its_ends_and_where_rounds_came() -> None:
    """The rounds stopped for five days; the last run goes on with them."""
    kept = an_observation(USER_ID, E3, seen_at=NOW - 20 * DAY, lost_at=NOW - 9 * DAY)
    log = rounds(20, 19.5, 19, 14, 13.5, 9, 8.5, 8)
    found = facts(a_person(), Sources(False, Remembered(kept, log)))  # noqa: FBT003

    assert stretch(20, 19, has_plan=True) in found
    assert stretch(14, 13.5, has_plan=True) in found
    assert looked(9, has_plan=True) in found
    assert looked(9, has_plan=False) in found
    assert stretch(9, 8, has_plan=False) in found
    assert looked(0, has_plan=False) in found


def test_a_doubted_person_is_not_seen_by_rounds() -> None:
    """Something contradicts what was seen, so the last run ends with the last look."""
    kept = replace(an_observation(USER_ID, E3, seen_at=NOW - 5 * DAY), is_doubted=True)
    found = facts(a_person(), Sources(None, Remembered(kept, rounds(2, 1.5, 1))))

    assert found == {looked(5, has_plan=True)}


def test_who_was_never_seen_with_a_plan_was_without_one_in_every_round() -> None:
    """As long as the account was there, and as far back as nothing was cleaned up."""
    log = rounds(*(100 - number for number in range(100)))
    person = a_person(created_at=NOW - 300 * DAY)
    for limit, first in ((None, 100), (NOW - 90 * DAY, 90)):
        found = facts(person, Sources(None, Remembered(None, log, limit)))
        assert found == {stretch(first, 1, has_plan=False)}
    young = replace(person, created_at=NOW - 4.5 * DAY)
    assert facts(young, Sources(None, Remembered(None, log))) == {stretch(4.5, 1, has_plan=False)}
    assert facts(person, Sources(None)) == set()
    unknown = a_person(created_at=None)
    assert facts(unknown, Sources(None, Remembered(None, log))) == {stretch(100, 1, has_plan=False)}


@pytest.mark.parametrize("shows", [True, False])
@pytest.mark.parametrize("has_plan", [True, False, None])
def test_what_a_deleted_object_carries_is_of_the_deletion(
    has_plan: bool | None,  # noqa: FBT001 - a column of the table
    *,
    shows: bool,
) -> None:
    """A plan always; none only where Graph shows licences of deleted users at all."""
    person = a_deleted_person()
    assert person.deleted_at is not None
    found = facts(person, Sources(has_plan, Remembered(shows_deleted_licenses=shows)))

    says = has_plan is not None and (has_plan or shows)
    expected = seen(person.deleted_at, Evidence.DELETED, has_plan=bool(has_plan))
    assert found == ({expected} if says else set())


def test_rounds_after_the_deletion_say_nothing() -> None:
    """A deleted person is in none of them."""
    person = a_deleted_person(deleted_at=NOW - 3 * DAY)
    kept = an_observation(USER_ID, E3, seen_at=NOW - 9 * DAY)
    kept = extend.deleted(kept, NOW - 3 * DAY, rounds(9, 5, 3.2))
    found = facts(person, Sources(None, Remembered(kept, rounds(4, 3.2, 3.1, 1))))

    assert max(one.until for one in found) < NOW - 3 * DAY


@pytest.mark.parametrize("at", [NOW - 8 * DAY, NOW], ids=["days ago", "now"])
def test_an_answer_of_the_mailbox_is_a_sight_of_it(at: datetime) -> None:
    """Two answers some minutes apart, at the later one."""
    kept = an_observation(USER_ID, E3, lost_at=NOW - 9 * DAY)
    for minutes in (10, 0):
        kept = extend.answering(kept, at - timedelta(minutes=minutes), "user")
    found = facts(a_person(), Sources(None, Remembered(kept)))

    assert seen(at, Evidence.MAILBOX, has_plan=True) in found


def test_the_log_and_the_caller_give_hints() -> None:
    """A declared instant that is to come is no evidence."""
    log = LogCoverage(NOW - 30 * DAY, NOW)
    audit = AuditEvidence((looked(7, has_plan=True),), (Hint(NOW - 4 * DAY, Evidence.AUDIT),))
    for declared in (NOW - 5 * DAY, NOW, NOW + HOUR):
        sources = Sources(False, audit=audit, log=log, declared=declared)  # noqa: FBT003
        found = timeline_of(a_person(), sources, NOW)
        own = () if declared > NOW else (Hint(declared, Evidence.DECLARED),)
        assert (found.hints, found.log) == ((*audit.hints, *own), log)
        assert set(audit.facts) <= set(found.facts)


def test_the_last_purpose_that_was_read_counts() -> None:
    """What the mailbox says now, else what is remembered."""
    shared = replace(an_observation(), purpose="shared")
    for mailbox, is_shared in ((MailboxSight(), True), (MailboxSight("user"), False)):
        sources = Sources(False, Remembered(shared), mailbox=mailbox)  # noqa: FBT003
        assert timeline_of(a_person(), sources, NOW).is_shared is is_shared


def test_the_creation_is_read_or_remembered() -> None:
    """What Graph says of a deleted user may lack it."""
    kept = replace(an_observation(), created_at=NOW - 9 * DAY)
    person = a_person(created_at=NOW - 8 * DAY)

    assert timeline_of(person, Sources(None, Remembered(kept)), NOW).created_at == NOW - 8 * DAY
    assert timeline_of(a_person(), Sources(None, Remembered(kept)), NOW).created_at == NOW - 9 * DAY
