"""The life of a restore: legal transitions go through, every other one is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.decision import Case, Decision, StepName
from shared.domain.outcomes import Code, Status, outcome
from shared.domain.person import AssignedLicense
from shared.domain.records.progress import Step, StepStatus, WaitingFor, Warning_
from shared.domain.records.record import IllegalTransitionError, Record
from shared.domain.text import text
from tests.builders import NOW, a_person, a_record, a_wait

LEASE = timedelta(minutes=2)
LATER = NOW + timedelta(minutes=10)
NO = text("license-conflict", said="no")
DONE = outcome(Code.USER_RESTORED)
DECISION = Decision(Case.DELETED_USER, plan=(StepName.RESTORE_USER, StepName.VERIFY_USER))

QUEUED = a_record()
RUNNING = QUEUED.claim("w1", NOW, LEASE)
DECIDED = RUNNING.decided(DECISION, a_person(), NOW)
ATTEMPTING = DECIDED.with_step(Step(StepName.RESTORE_USER, StepStatus.ATTEMPTING), NOW)
WAITING = DECIDED.park(a_wait(WaitingFor.SEAT, NOW), NOW)
ENDED = DECIDED.settle(DONE, NOW)
REFUSED = DECIDED.settle(outcome(Code.UPN_CONFLICT, "refused", other_said="taken"), NOW)
IN_DOUBT = ATTEMPTING.settle(outcome(Code.GAVE_UP), NOW)
NOT_UNDERSTOOD = replace(REFUSED, request=None)
CANCELLED = WAITING.cancel(NOW)
STATES = {
    "queued": QUEUED,
    "running": RUNNING,
    "decided": DECIDED,
    "attempting": ATTEMPTING,
    "waiting": WAITING,
    "ended": ENDED,
    "cancelled": CANCELLED,
    "refused": REFUSED,
    "failed in doubt": IN_DOUBT,
    "not understood": NOT_UNDERSTOOD,
}

TRANSITIONS = {
    "claim": lambda r: r.claim("w2", LATER, LEASE),
    "claim-while-leased": lambda r: r.claim("w2", NOW, LEASE),
    "decide": lambda r: r.decided(DECISION, None, LATER),
    "step": lambda r: r.with_step(Step(StepName.RESTORE_USER), LATER),
    "park": lambda r: r.park(a_wait(WaitingFor.MAILBOX, LATER), NOW),
    "hand-over": lambda r: r.hand_over(LATER),
    "settle": lambda r: r.settle(DONE, LATER),
    "cancel": lambda r: r.cancel(LATER),
    "retry": lambda r: r.retry(LATER),
}

LEGAL = {
    "claim": {"queued", "running", "decided", "attempting", "waiting"},
    "claim-while-leased": {"queued", "waiting"},
    "decide": {"running", "decided"},
    "step": {"decided", "attempting"},
    "park": {"running", "decided", "attempting"},
    "hand-over": {"running", "decided", "attempting"},
    "settle": {"queued", "running", "decided", "attempting", "waiting"},
    "cancel": {"queued", "running", "decided", "waiting"},
    "retry": {"refused", "failed in doubt"},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("transition", TRANSITIONS)
def test_each_transition_is_legal_from_exactly_these_states(transition: str, state: str) -> None:
    """A transition that life does not allow is a bug, and raises."""
    record = STATES[state]

    if state in LEGAL[transition]:
        assert TRANSITIONS[transition](record) is not record
    else:
        with pytest.raises(IllegalTransitionError, match=record.id):
            TRANSITIONS[transition](record)


@given(st.lists(st.sampled_from(sorted(TRANSITIONS)), max_size=12))
def test_no_way_leads_out_of_an_end_or_past_a_lease(walk: list[str]) -> None:
    """Whatever is tried, in any order: but for a retry an ended restore never changes."""
    record: Record = QUEUED
    for transition in walk:
        before = record
        try:
            record = TRANSITIONS[transition](record)
        except IllegalTransitionError:
            continue
        assert not before.status.is_final or transition == "retry"
        assert (record.outcome is not None) == record.status.is_final
        assert (record.finished_at is not None) == record.status.is_final
        assert (record.waiting is not None) == (record.status is Status.WAITING)
        assert record.lease is None or record.status is Status.RUNNING


def test_a_change_that_may_have_been_made_forbids_a_new_decision() -> None:
    """Once an effect was sent, the plan stands: the next run looks and goes on."""
    assert ATTEMPTING.was_touched
    assert not DECIDED.was_touched


def test_waits_in_a_row_are_counted_by_reason() -> None:
    """The back-off grows while the reason stays, and begins anew with another one."""
    twice = WAITING.claim("w", LATER, LEASE).park(a_wait(WaitingFor.SEAT, LATER), LATER)
    other = twice.claim("w", LATER, LEASE).park(a_wait(WaitingFor.MAILBOX, LATER), LATER)

    assert (1, 2, 1) == (WAITING.waits, twice.waits, other.waits)


def test_a_step_that_turned_out_to_be_needed_comes_before_the_other() -> None:
    """The licence that did not come back by itself is assigned before the user is verified."""
    licenses = (AssignedLicense("sku"),)

    record = DECIDED.with_assignment(licenses, LATER)

    assert record.plan == (StepName.RESTORE_USER, StepName.ASSIGN_LICENSE, StepName.VERIFY_USER)
    assert record.licenses == licenses
    assert (record.is_extra, record.deadline) == (True, LATER)


def test_a_warning_is_said_once() -> None:
    """Looking again and again does not repeat what was said."""
    warning = Warning_(text("mailbox-not-verified", "silent", hours=1))
    again = Warning_(text("mailbox-not-verified", "silent", hours=2))

    assert DECIDED.warned(warning).warned(again).warnings == (warning,)


def test_a_retry_decides_afresh_where_nothing_was_made() -> None:
    """The next attempt has the request, its key and its past; and no plan, person or warning."""
    ended = replace(REFUSED.warned(Warning_(text("w"))), waits=3, waited_for=WaitingFor.SEAT)

    again = ended.retry(LATER)

    fresh = replace(QUEUED, attempts=2, retried_at=LATER, updated_at=LATER, moved_at=LATER)
    assert again == fresh


def test_a_retry_keeps_every_change_and_every_doubt() -> None:
    """Done stays done, doubt keeps its instant; what failed and what only looked begins anew."""
    restored = Step(StepName.RESTORE_USER, StepStatus.DONE, NOW, NOW, "id", attempts=1)
    refused = Step(StepName.ASSIGN_LICENSE, StepStatus.FAILED, NOW, NOW, "id", NO, 2, 3, NOW)
    verify = Step(StepName.VERIFY_USER, started_at=NOW, missing_since=NOW)
    ended = replace(IN_DOUBT, steps=(restored, refused, verify), deadline=LATER, is_extra=True)

    again = ended.retry(LATER)

    assigning = Step(StepName.ASSIGN_LICENSE, attempts=2)
    assert again.steps == (restored, assigning, Step(StepName.VERIFY_USER))
    assert (again.deadline, again.person, again.is_extra) == (LATER, ended.person, True)
    assert IN_DOUBT.retry(LATER).steps == IN_DOUBT.steps
    assert (again.status, again.outcome, again.finished_at) == (Status.QUEUED, None, None)
