"""Somebody's fate: what a hint of the change feed comes to when the user is read again by id.

A read that contradicts the feed may be the one that lags, or the row may be an old one. Then
nothing is decided: the user is noted as doubtful, and the next run's read is believed.
Source: Microsoft "Designing for Eventual Consistency for Microsoft Entra".
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from shared.domain.licensing.choice import has_mailbox_plan
from shared.domain.person import UNLICENSED_PURPOSES, Person
from shared.domain.snapshot import Observation
from shared.domain.watch.delta_changes import (
    ChangedUser,
    RemovedUser,
    earlier_bound,
    lost,
    remember,
)
from shared.errors import AnsweredError
from shared.ports.watch import ObservationWrite, StoredObservation
from shared.watch.round_lease import RoundLease

type Filed = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class Classification:
    """What is to be written of one user: rows to file, the observation, the row of an ended loss.

    Each row is (user id, instant) as `Dated` takes it.
    """

    keeping: ObservationWrite | None = None
    loss: Filed | None = None
    departure: Filed | None = None
    doubt: Filed | None = None
    ended: Filed | None = None

    @classmethod
    def keep(cls, observation: Observation, before: StoredObservation | None) -> Self:
        """The observation in place of the one before, and an open loss of that one ends."""
        was = before.observation if before is not None else None
        ended = (was.user_id, was.lost_at) if was is not None and was.lost_at is not None else None
        return cls(keeping=ObservationWrite(observation, before), ended=ended)


def doubtful(user_id: str, before: StoredObservation | None, lease: RoundLease) -> Classification:
    """To be looked at once more; a loss that then shows has the bound it would have now."""
    if before is None:
        return Classification(doubt=(user_id, lease.deps.clock.now()))
    return Classification(doubt=(user_id, _bound(before, lease)))


async def lost_or_not(
    row: ChangedUser, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """A loss, unless the user still shows the plan, or the mailbox has become a shared one."""
    person = await lease.deps.people.active(row.user_id)
    if person is None:
        return doubtful(row.user_id, before, lease)
    if not has_mailbox_plan(person, await lease.skus()):
        return await without_plan(before, lease, bound=_bound(before, lease))
    if row.licenses is None:
        return as_seen(person, before, lease)
    return doubtful(row.user_id, before, lease)


async def without_plan(
    before: StoredObservation, lease: RoundLease, *, bound: datetime
) -> Classification | None:
    """What becomes of an active user who was read, and has no mailbox plan."""
    purpose = await _purpose(before.observation.user_id, lease)
    if purpose in UNLICENSED_PURPOSES:
        if before.observation.purpose == purpose and before.observation.gone_at is None:
            return None
        converted = replace(before.observation, purpose=purpose, lost_at=None, gone_at=None)
        return Classification.keep(converted, before)
    return _loss(replace(before.observation, gone_at=None), before, bound)


async def back_again(
    row: ChangedUser, before: StoredObservation, lease: RoundLease
) -> Classification:
    """The end of a loss or of a deletion, if the user shows it when read by id."""
    person = await lease.deps.people.active(row.user_id)
    if person is None:
        return doubtful(row.user_id, before, lease)
    if has_mailbox_plan(person, await lease.skus()):
        return as_seen(person, before, lease)
    if before.observation.gone_at is None or before.observation.lost_at is None:
        return doubtful(row.user_id, before, lease)
    return here_again(before) or Classification()


def here_again(before: StoredObservation) -> Classification | None:
    """Restored, and still without a mailbox plan: the loss stays open."""
    if before.observation.gone_at is None:
        return None
    return Classification(
        keeping=ObservationWrite(replace(before.observation, gone_at=None), before)
    )


def as_seen(person: Person, before: StoredObservation | None, lease: RoundLease) -> Classification:
    """What becomes of an active user who was read, and has a mailbox plan."""
    now = lease.deps.clock.now()
    return Classification.keep(
        remember(person.id, person.licenses, person.license_states, now), before
    )


async def removed(
    row: RemovedUser, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """Deleted: the licences stay remembered as of before, and so does who is purged."""
    if row.is_purged:
        return gone(before, lease.deps.clock.now())
    person = await lease.deps.people.deleted(row.user_id)
    if person is None:
        return doubtful(row.user_id, before, lease)
    return await in_bin(person, before, lease, bound=_bound(before, lease))


async def in_bin(
    person: Person, before: StoredObservation, lease: RoundLease, *, bound: datetime
) -> Classification | None:
    """What becomes of a deleted user who was read.

    One who shows no mailbox plan had lost it before the deletion, as far as anybody can tell: where
    Graph does not show the licences of deleted users, the window is taken to begin a round too
    early, which costs an hour of thirty days; to take it as late as the deletion could cost the
    mailbox.
    """
    was, deleted_at = before.observation, person.deleted_at or lease.deps.clock.now()
    classification = gone(before, deleted_at)
    if has_mailbox_plan(person, await lease.skus()):
        if was.lost_at is None:
            return classification
        # Licensed again before the deletion, and nobody saw it.
        back = Classification.keep(replace(was, gone_at=deleted_at, lost_at=None), before)
        return replace(back, departure=(was.user_id, deleted_at))
    if was.lost_at is not None or was.purpose is not None:
        return classification
    return _loss(replace(was, gone_at=deleted_at), before, min(bound, deleted_at), classification)


def gone(before: StoredObservation, at: datetime) -> Classification | None:
    """Noted as gone, once."""
    if before.observation.gone_at is not None:
        return None
    left = replace(before.observation, gone_at=at)
    return Classification(keeping=ObservationWrite(left, before), departure=(left.user_id, at))


def _loss(
    observation: Observation,
    before: StoredObservation,
    bound: datetime,
    classification: Classification | None = None,
) -> Classification:
    """The loss, added to what else is to be written; a converted mailbox is so no longer."""
    return replace(
        classification or Classification(),
        keeping=ObservationWrite(lost(observation, bound), before),
        loss=(observation.user_id, bound),
    )


def _bound(before: StoredObservation, lease: RoundLease) -> datetime:
    return earlier_bound(before.observation, lease.round.completed_at)


async def _purpose(user_id: str, lease: RoundLease) -> str | None:
    """What the mailbox is, if it answers; without the permission to look, it is anybody's."""
    try:
        return (await lease.deps.tenant.mailbox(user_id)).purpose
    except AnsweredError:
        return None
