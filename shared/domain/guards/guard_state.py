"""Decide what one look at a guarded person means: a new loss, the same loss, or its end.

Whether a person is lost follows from the same decision that a restore would act on: a person who
needs nothing done is well (also one with a shared mailbox and no licence), all others are lost.

When a loss is over and the next one is a new one:

- the person was seen well, or the restore of the loss succeeded;
- the person was restored in between, by others: seen deleted, and now active or deleted at another
  instant. A restore of the guard's own that brought the user back and failed later is no such
  thing: what is left is the same loss, and that restore can be retried;
- never while the restore of the loss is at work.

So a licence that went first and the deletion that followed are one loss.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.decision import Decision
from shared.domain.guards.guard import Guard, GuardAct, GuardLoss
from shared.domain.observations.observation import LOOKS_APART, SECOND_LOOK
from shared.domain.outcomes import Code, Status
from shared.domain.person import Person
from shared.domain.records.record import Record
from shared.domain.snapshot import Policy, Snapshot
from shared.domain.window import NO_WINDOW, Evidence, Window, WindowVerdict

# Reads by an application lag behind writes; reports speak of a minute. A person who is nowhere may
# be on the way from one list to the other, and one who was just restored may still look lost.
# Source: pnp cli-microsoft365, `user recyclebinitem restore`.
SETTLING_TIME = timedelta(minutes=5)


class PersonState(StrEnum):
    """The state in which the person was found."""

    WELL = "well"
    LOST = "lost"
    GONE = "gone"
    """Neither active nor deleted."""


@dataclass(frozen=True, slots=True)
class GuardLook:
    """What one look showed; `window` is that of the loss, by all that is known.

    `may_go_at`: the mailbox still answers, and this is the earliest instant at which it may go.
    """

    at: datetime
    user_id: str
    condition: PersonState
    window: Window = NO_WINDOW
    deleted_at: datetime | None = None
    may_go_at: datetime | None = None

    @property
    def signs(self) -> tuple["LossSign", ...]:
        """Both instants where the licence went first, and the deletion alone where it is all."""
        window, found = self.window, []
        if window.started_at is not None:
            found.append(LossSign(window.started_at, window.evidence))
        if self.deleted_at is not None:
            found.append(LossSign(self.deleted_at, Evidence.DELETED))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class LossSign:
    """An instant at which the person was lost, by one source."""

    at: datetime
    evidence: Evidence


def guard_look_of(decision: Decision, snapshot: Snapshot, user_id: str, at: datetime) -> GuardLook:
    """The look that a decision on this snapshot amounts to."""
    person = snapshot.found
    if not isinstance(person, Person):
        return GuardLook(at, user_id, PersonState.GONE)
    if decision.ending is not None and decision.ending.code is Code.ALREADY_ACTIVE:
        return GuardLook(at, user_id, PersonState.WELL)
    return GuardLook(
        at,
        user_id,
        PersonState.LOST,
        window=decision.window,
        deleted_at=person.deleted_at,
        may_go_at=decision.may_go_at,
    )


def after_look(guard: Guard, seen: GuardLook, restore: Record | None) -> Guard:
    """The guard after this look; `restore` is that of its present loss, if one was begun."""
    if seen.condition is PersonState.WELL:
        return guard.well(seen.at, seen.user_id)
    guard = _close(guard, seen, restore)
    loss = guard.loss
    if loss is not None:
        return _still_lost(guard, loss, seen, restore)
    if _is_stale(guard, seen):
        return guard
    return _noticed(guard.lost(_pin(guard, seen), seen.user_id), seen)


def is_due(guard: Guard, seen: GuardLook, policy: Policy) -> bool:
    """Whether the restore of the present loss is to be taken in now.

    `when-closing` waits only while the window is known to be open: where nobody can tell when it
    ends, or it is first seen closed, the restore is taken in all the same, and its refusal is on
    record while somebody can still say when the licence went. While the mailbox still answers, it
    waits until shortly before it may go.
    """
    loss = guard.loss
    if loss is None or loss.restore_id is not None or seen.condition is PersonState.WELL:
        return False
    if loss.noticed_at is None or seen.at - loss.noticed_at < LOOKS_APART:
        return False
    if seen.condition is PersonState.GONE or guard.order.act is GuardAct.AT_ONCE:
        return True
    return _is_closing(loss, seen, policy)


def _is_closing(loss: GuardLoss, seen: GuardLook, policy: Policy) -> bool:
    if seen.may_go_at is not None:
        return seen.may_go_at - seen.at < policy.closing
    verdict = seen.window.verdict
    if verdict in {WindowVerdict.CLOSING, WindowVerdict.CLOSED}:
        return True
    if loss.evidence is not Evidence.NONE:
        return loss.at + policy.retention - seen.at < policy.closing
    return verdict is not WindowVerdict.OPEN


def second_look_at(guard: Guard) -> datetime | None:
    """When the present loss is to be looked at a second time; None: nothing is to be begun."""
    loss = guard.loss
    if loss is None or loss.restore_id is not None or loss.noticed_at is None:
        return None
    return loss.noticed_at + SECOND_LOOK


def _close(guard: Guard, seen: GuardLook, restore: Record | None) -> Guard:
    """The guard without its loss, if that is over."""
    loss = guard.loss
    if loss is None or (restore is not None and not restore.status.is_final):
        return guard
    if _is_restored_by_others(loss, seen, restore):
        return guard.recovered(None)
    if restore is not None and restore.status is Status.SUCCEEDED:
        ended_at = restore.finished_at or restore.updated_at
        return guard if seen.at < ended_at + SETTLING_TIME else guard.recovered(ended_at)
    if loss.deleted_at is None and _deletion_in(loss, seen, restore) != seen.deleted_at:
        # The restore of the licence is over, and has not brought it back. It was never about the
        # deletion that followed, and nobody else acts on that.
        return guard.recovered(None)
    return guard


def _deletion_in(loss: GuardLoss, seen: GuardLook, restore: Record | None) -> datetime | None:
    """The deletion that is part of the loss; one of which its restore knew nothing is not.

    Until a restore is begun for it, any is: one restore then brings both back.
    """
    if loss.deleted_at is not None or restore is None:
        return loss.deleted_at or seen.deleted_at
    decided_on = restore.person.deleted_at if restore.person is not None else None
    return seen.deleted_at if decided_on == seen.deleted_at else None


def _is_restored_by_others(loss: GuardLoss, seen: GuardLook, restore: Record | None) -> bool:
    if loss.deleted_at is None or seen.condition is PersonState.GONE:
        return False
    if seen.deleted_at is None:
        return restore is None or not restore.was_touched
    return seen.deleted_at != loss.deleted_at


def _is_stale(guard: Guard, seen: GuardLook) -> bool:
    """Whether this deletion was seen undone a moment ago: a read that lags shows it once more."""
    before, well_at = guard.last_loss, guard.well_at
    if before is None or before.deleted_at is None or well_at is None:
        return False
    return before.deleted_at == seen.deleted_at and seen.at < well_at + SETTLING_TIME


def _still_lost(guard: Guard, loss: GuardLoss, seen: GuardLook, restore: Record | None) -> Guard:
    pinned = replace(
        loss,
        deleted_at=_deletion_in(loss, seen, restore),
        noticed_at=loss.noticed_at or seen.at,
        restore_id=loss.restore_id or (restore.id if restore is not None else None),
    )
    return _noticed(replace(guard, last_loss=pinned), seen)


def _noticed(guard: Guard, seen: GuardLook) -> Guard:
    return guard if seen.condition is PersonState.GONE else replace(guard, last_seen_at=seen.at)


def _pin(guard: Guard, seen: GuardLook) -> GuardLoss:
    """Pin the loss at its earliest evidence since the person was last seen well.

    The audit log tells the earliest licence change of weeks, which may be that of a loss before.
    """
    evidence = [sign for sign in seen.signs if _is_news(sign, guard)]
    first = min(evidence, key=lambda sign: sign.at, default=LossSign(seen.at, Evidence.NONE))
    return GuardLoss(first.at, first.evidence, deleted_at=seen.deleted_at, noticed_at=seen.at)


def _is_news(sign: LossSign, guard: Guard) -> bool:
    before = guard.last_loss
    if sign.evidence is Evidence.DELETED:
        return before is None or sign.at != before.deleted_at
    if before is not None and sign.at <= before.at:
        return False
    # What the service observed is the earlier bound of the loss, and forgotten once the licence is
    # back: it may lie before the last look of the guard, and still be about this very loss.
    is_bound = sign.evidence is Evidence.OBSERVED
    return is_bound or guard.well_at is None or sign.at > guard.well_at
