"""What a sighting makes of a guard: when a loss is new, the same, or over, and when it is due."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain.decision import StepName
from shared.domain.guards.guard import (
    Guard,
    GuardAct,
    GuardLoss,
    GuardOrder,
    GuardState,
    open_guard,
)
from shared.domain.guards.guard_state import (
    SETTLING_TIME,
    GuardLook,
    PersonState,
    after_look,
    is_due,
    second_look_at,
)
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Step, StepStatus
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.snapshot import Policy
from shared.domain.window import NO_WINDOW, Evidence, Window, WindowVerdict
from tests.builders import NOW, USER_ID, a_record

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
ORDER = GuardOrder(USER_ID, RestoreKind.MAILBOX, GuardAct.AT_ONCE)
CLOSING = replace(ORDER, act=GuardAct.WHEN_CLOSING)
DELETED_AT = NOW - HOUR / 2
PINNED = GuardLoss(
    DELETED_AT, Evidence.DELETED, deleted_at=DELETED_AT, noticed_at=DELETED_AT, restore_id="r"
)


def a_guard(order: GuardOrder = ORDER, **fields: object) -> Guard:
    """A guard that saw the person well an hour ago."""
    opened = open_guard(order, RequestedBy(Door.HTTP), NOW - DAY)
    fresh = opened.well(NOW - HOUR, USER_ID)
    return replace(fresh, **fields)  # type: ignore[arg-type]


def a_lost_guard(loss: GuardLoss = PINNED, order: GuardOrder = ORDER) -> Guard:
    """A guard whose person was seen lost, and nothing of it is over."""
    return a_guard(order, state=GuardState.LOST, last_loss=loss)


def began(at: datetime, evidence: Evidence) -> Window:
    """The open window of a loss at this instant."""
    return Window(WindowVerdict.OPEN, at, at + 30 * DAY, 30.0, evidence)


def deleted(at: datetime = DELETED_AT, window: Window | None = None) -> GuardLook:
    """Seen deleted; the window counts from the deletion, unless it is given."""
    counted = window or began(at, Evidence.DELETED)
    return GuardLook(NOW, USER_ID, PersonState.LOST, counted, deleted_at=at)


def unlicensed(window: Window = NO_WINDOW) -> GuardLook:
    """Seen active without the licence."""
    return GuardLook(NOW, USER_ID, PersonState.LOST, window)


WELL = GuardLook(NOW, USER_ID, PersonState.WELL)
GONE = GuardLook(NOW, USER_ID, PersonState.GONE)


def a_restore(code: Code | None, *, ago: timedelta = HOUR, touched: bool = False) -> Record:
    """The restore of the loss, ended with this code some time ago; None: at work."""
    record = a_record()
    if touched:
        step = Step(StepName.RESTORE_USER, StepStatus.DONE)
        record = replace(record, steps=(step,))
    return record if code is None else record.settle(outcome(code, "text"), NOW - ago)


def loss_of(guard: Guard) -> GuardLoss:
    """The present loss; there must be one."""
    assert guard.loss is not None
    return guard.loss


@pytest.mark.parametrize("restore", [None, a_restore(None), a_restore(Code.WINDOW_CLOSED)])
def test_seen_well_a_loss_is_over(restore: Record | None) -> None:
    """Whatever became of its restore; the loss is still shown."""
    guard = after_look(a_lost_guard(), WELL, restore)

    assert (guard.state, guard.well_at, guard.last_seen_at) == (GuardState.WATCHING, NOW, NOW)
    assert guard.last_loss == PINNED


@pytest.mark.parametrize(
    ("seen", "restore", "is_new"),
    [
        (deleted(), None, False),
        (deleted(), a_restore(Code.SYNCED), False),
        (deleted(), a_restore(Code.USER_RESTORED, ago=SETTLING_TIME / 2), False),
        (deleted(), a_restore(Code.USER_RESTORED), True),
        (deleted(NOW), None, True),
        (deleted(NOW), a_restore(Code.USER_RESTORED, ago=SETTLING_TIME / 2, touched=True), True),
        (deleted(NOW), a_restore(None), False),
        (deleted(NOW), a_restore(Code.MAILBOX_NOT_SEEN, touched=True), True),
        (unlicensed(), a_restore(None), False),
        (unlicensed(), a_restore(Code.UPN_CONFLICT), True),
        (unlicensed(), a_restore(Code.NO_SEAT, touched=True), False),
        (unlicensed(), None, True),
        (GONE, a_restore(Code.UPN_CONFLICT), False),
        (GONE, None, False),
    ],
)
def test_which_sightings_are_of_a_new_loss(
    seen: GuardLook,
    restore: Record | None,
    is_new: bool,  # noqa: FBT001
) -> None:
    """A loss lasts until somebody brought the person back, and while its own restore is at work."""
    guard = after_look(a_lost_guard(), seen, restore)

    assert guard.state is GuardState.LOST
    assert (loss_of(guard).at != PINNED.at) is is_new


def test_a_deletion_after_a_restore_that_failed_half_way_is_a_new_loss() -> None:
    """The first deletion is remembered while the person is active, so another one is told."""
    failed = a_restore(Code.NO_SEAT, touched=True)
    half_way = after_look(a_lost_guard(), unlicensed(), failed)

    assert loss_of(half_way).at == PINNED.at
    assert loss_of(after_look(half_way, deleted(NOW), failed)).at == NOW


def test_the_end_of_a_restore_that_succeeded_is_when_the_person_was_well() -> None:
    """The licence was there then, so it went after it."""
    first = GuardLoss(NOW - HOUR, Evidence.NONE, restore_id="r")
    restore = a_restore(Code.LICENSE_RESTORED, ago=HOUR / 2, touched=True)

    loss = loss_of(after_look(a_lost_guard(first), unlicensed(), restore))

    assert (loss.at, loss.evidence) == (NOW, Evidence.NONE)


def test_a_restore_whose_id_was_not_noted_is_recognised() -> None:
    """The crash came between the restore and the note."""
    restore = a_restore(None)

    guard = after_look(a_lost_guard(replace(PINNED, restore_id=None)), deleted(), restore)

    assert loss_of(guard).restore_id == restore.id


@pytest.mark.parametrize(
    ("seen", "at", "evidence"),
    [
        (deleted(), DELETED_AT, Evidence.DELETED),
        (deleted(DELETED_AT, began(NOW - 3 * HOUR, Evidence.AUDIT)), DELETED_AT, Evidence.DELETED),
        (
            deleted(DELETED_AT, began(NOW - HOUR * 0.9, Evidence.OBSERVED)),
            NOW - HOUR * 0.9,
            Evidence.OBSERVED,
        ),
        (unlicensed(began(NOW - 3 * DAY, Evidence.AUDIT)), NOW, Evidence.NONE),
        (unlicensed(), NOW, Evidence.NONE),
        (GONE, NOW, Evidence.NONE),
    ],
)
def test_a_loss_is_pinned_at_its_earliest_evidence(
    seen: GuardLook, at: datetime, evidence: Evidence
) -> None:
    """Of what came after the person was last well; else at the instant it is seen."""
    loss = loss_of(after_look(a_guard(), seen, None))

    assert (loss.at, loss.evidence) == (at, evidence)


def test_what_was_observed_may_lie_before_the_last_look() -> None:
    """It is the earlier bound of this very loss; an entry of the log as old is of another one."""
    watching = a_guard().well(NOW - HOUR, USER_ID)
    bound, entry = (began(NOW - HOUR * 1.1, kind) for kind in (Evidence.OBSERVED, Evidence.AUDIT))

    assert loss_of(after_look(watching, unlicensed(bound), None)).evidence is Evidence.OBSERVED
    assert loss_of(after_look(watching, unlicensed(entry), None)).evidence is Evidence.NONE


def test_an_observation_of_the_loss_before_is_none_of_this_one() -> None:
    """Each loss has its own instant, and so its own restore."""
    before = GuardLoss(NOW - 5 * DAY, Evidence.OBSERVED)
    watching = a_lost_guard(before).well(NOW - DAY, USER_ID)

    again = after_look(watching, unlicensed(began(before.at, Evidence.OBSERVED)), None)

    assert loss_of(again).at > before.at


def test_a_deletion_that_stays_after_a_wrong_all_clear_is_a_loss() -> None:
    """Reads lied once; the same deletion, still there an hour later, has a key of its own."""
    cleared = a_guard(last_loss=PINNED)
    just_cleared = a_guard(last_loss=PINNED, well_at=NOW - SETTLING_TIME / 2)

    assert loss_of(after_look(cleared, deleted(), None)).at == NOW
    assert after_look(just_cleared, deleted(), None) == just_cleared


@pytest.mark.parametrize(
    ("days", "due"), [(0.01, False), (26.9, False), (27.1, True), (30.0, True), (40.0, True)]
)
@pytest.mark.parametrize("act", GuardAct)
def test_when_a_deletion_is_due(act: GuardAct, days: float, due: bool) -> None:  # noqa: FBT001
    """After the second look, or from three days before the end on, the time after it included."""
    guard = a_lost_guard(replace(PINNED, restore_id=None), replace(ORDER, act=act))
    seen = replace(deleted(), at=DELETED_AT + days * DAY)

    assert is_due(guard, seen, Policy()) is (due or act is GuardAct.AT_ONCE)


@pytest.mark.parametrize(("minutes", "due"), [(0, False), (7.9, False), (8, True), (600, True)])
def test_a_loss_is_looked_at_twice(minutes: float, due: bool) -> None:  # noqa: FBT001
    """A conversion may be under way, or a licence be swapped; then the person is well again."""
    first = after_look(a_guard(), unlicensed(), None)
    later = replace(unlicensed(), at=NOW + timedelta(minutes=minutes))
    second = after_look(first, later, None)

    assert loss_of(second) == loss_of(first)
    assert is_due(second, later, Policy()) is due
    assert second_look_at(second) == NOW + timedelta(minutes=10)
    assert second_look_at(second.began("r")) is None
    assert second_look_at(a_guard()) is None


def test_the_pinned_instant_counts_when_evidence_is_gone() -> None:
    """The observation was pruned since: the window still ends by what it said."""
    noticed = NOW - HOUR
    pinned = GuardLoss(NOW - 28 * DAY, Evidence.OBSERVED, noticed_at=noticed)
    young = GuardLoss(NOW - 5 * DAY, Evidence.OBSERVED, noticed_at=noticed)
    open_ = unlicensed(began(NOW - 2 * DAY, Evidence.AUDIT))

    assert is_due(a_lost_guard(pinned, CLOSING), open_, Policy())
    assert not is_due(a_lost_guard(young, CLOSING), open_, Policy())
    assert not is_due(a_lost_guard(young, CLOSING), unlicensed(), Policy())
    untold = replace(young, evidence=Evidence.NONE)
    assert is_due(a_lost_guard(untold, CLOSING), unlicensed(), Policy())
    assert not is_due(a_lost_guard(untold, CLOSING), open_, Policy())


def test_what_is_never_due() -> None:
    """A person who is well, or whose restore is begun; one who is gone for a moment only."""
    gone = a_lost_guard(GuardLoss(NOW, Evidence.NONE, noticed_at=NOW))

    assert not is_due(a_guard(), deleted(), Policy())
    assert not is_due(a_lost_guard(), deleted(), Policy())
    assert not is_due(gone, GONE, Policy())
    assert is_due(gone, replace(GONE, at=NOW + 2 * SETTLING_TIME), Policy())
