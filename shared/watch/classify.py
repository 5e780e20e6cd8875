"""Classify a row of the change feed by reading the user again: loss, return, or doubt.

A read that contradicts the feed may be the one that lags, or the row may be an old one. Then
nothing is decided: the user is noted as doubtful, and the next run's read is believed.
Source: Microsoft "Designing for Eventual Consistency for Microsoft Entra".
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from shared.domain.licensing.held import mailbox_plan
from shared.domain.observations import extend
from shared.domain.observations.observation import Observation
from shared.domain.person import UNLICENSED_PURPOSES, Person
from shared.domain.watch.delta_changes import ChangedUser, RemovedUser
from shared.domain.watch.second_look import NO_PLANS_GONE, PlansGone, wants_second_look
from shared.errors import AnsweredError
from shared.ports.directory import MailboxAnswer
from shared.ports.watch import ObservationWrite, StoredObservation
from shared.watch.round_lease import RoundLease

type Filed = tuple[str, datetime]

# A sample: where Graph shows nobody's properties, it would be everybody.
MOST_BLANKS_ASKED = 20


@dataclass(frozen=True, slots=True)
class Classification:
    """What is to be written of one user: rows to file, the observation, the row of an ended loss.

    Each row is (user id, instant) as `DateIndex` takes it. `names` no longer lead to the user in
    the directory.
    """

    keeping: ObservationWrite | None = None
    loss: Filed | None = None
    is_unsure: bool = False
    """Whether the loss is to be looked at once more, some minutes later."""
    is_new_to_linger: bool = False
    """Whether a mailbox that answers without a licence was not known to do so before."""
    departure: Filed | None = None
    doubt: Filed | None = None
    ended: Filed | None = None
    names: tuple[str, ...] = ()
    changes_list: bool = False
    """Whether the person comes into the list of losses, leaves it, or stands elsewhere in it."""
    gone: PlansGone = NO_PLANS_GONE
    """Whether the plan seems to have gone, and what the mailbox says of it."""

    @property
    def lingering(self) -> Observation | None:
        """Whose mailbox answers without a licence, and is to be asked again."""
        seen = self.keeping.observation if self.keeping is not None else None
        return seen if seen is not None and seen.lingering_since is not None else None

    @classmethod
    def keep(cls, after: Observation, before: StoredObservation | None) -> Self | None:
        """The changed observation with all index rows that follow; None: nothing changed."""
        was = before.observation if before is not None else Observation(after.user_id)
        if after == was:
            return None
        lost, ended = after.lost_at, was.lost_at
        is_departure = after.gone_at is not None and after.gone_at != was.gone_at
        return cls(
            keeping=ObservationWrite(after, before),
            loss=(after.user_id, lost) if lost is not None and lost != ended else None,
            is_unsure=wants_second_look(was, after),
            is_new_to_linger=after.lingering_since != was.lingering_since,
            departure=(after.user_id, after.gone_at) if is_departure and after.gone_at else None,
            ended=(after.user_id, ended) if ended is not None and ended != lost else None,
            names=_lost_names(after, was),
            changes_list=_standing(after) != _standing(was) and before is not None,
        )


def doubtful(user_id: str, before: StoredObservation | None, lease: RoundLease) -> Classification:
    """Note the user for another look; until then no round counts as having seen the user."""
    if before is None:
        # Something showed a plan: without a row, each round would say that there was none.
        unread = Observation(user_id, is_doubted=True)
        doubt = (user_id, lease.deps.clock.now())
        return Classification(keeping=ObservationWrite(unread, None), doubt=doubt)
    after = extend.doubted(before.observation, lease.round.log)
    until = after.runs[-1].last if after.runs else lease.deps.clock.now()
    return Classification(keeping=ObservationWrite(after, before), doubt=(user_id, until))


async def lost_or_not(
    row: ChangedUser, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """A loss, unless the user still shows the plan, or the mailbox has become a shared one."""
    person = await lease.deps.people.active(row.user_id)
    has_plan = await _has_plan(person, lease)
    if person is not None and person.is_blank:
        gone = _gone(await _asked(person.id, lease))
        return replace(doubtful(row.user_id, before, lease), gone=gone)
    if person is None or has_plan is None:
        return doubtful(row.user_id, before, lease)
    if not has_plan:
        return await without_plan(person, before, lease)
    if row.licenses is None:
        return await as_seen(person, before, lease)
    return doubtful(row.user_id, before, lease)


async def without_plan(
    person: Person, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """What becomes of an active user who was read, and has no mailbox plan."""
    now = lease.deps.clock.now()
    look = extend.look_at(person, now, has_plan=False)
    after = extend.with_look(before.observation, look, lease.round.log)
    mailbox = await asked_mailbox(person.id, lease)
    if mailbox is not None:
        after = (
            extend.answering(after, now, mailbox.purpose)
            if mailbox.is_there
            else extend.silent(after)
        )
    found = Classification.keep(after, before)
    return None if found is None else replace(found, gone=_gone(mailbox))


def answers_as_user(mailbox: MailboxAnswer | None) -> bool:
    """Whether a mailbox that needs a licence is there."""
    return mailbox is not None and mailbox.is_there and mailbox.purpose not in UNLICENSED_PURPOSES


def _gone(mailbox: MailboxAnswer | None) -> PlansGone:
    return PlansGone(1, int(mailbox is not None), int(answers_as_user(mailbox)))


async def _asked(user_id: str, lease: RoundLease) -> MailboxAnswer | None:
    """What the mailbox says of somebody of whom nothing was read, for a sample of them."""
    if lease.blanks_asked >= MOST_BLANKS_ASKED:
        return None
    lease.blanks_asked += 1
    return await asked_mailbox(user_id, lease)


async def back_again(
    row: ChangedUser, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """The end of a loss or of a deletion, if the user shows it when read by id."""
    person = await lease.deps.people.active(row.user_id)
    has_plan = await _has_plan(person, lease)
    if person is None or has_plan is None:
        return doubtful(row.user_id, before, lease)
    if has_plan:
        return await as_seen(person, before, lease)
    if before.observation.gone_at is None or before.observation.has_plan:
        return doubtful(row.user_id, before, lease)
    return await as_seen(person, before, lease)


async def as_seen(
    person: Person, before: StoredObservation | None, lease: RoundLease
) -> Classification | None:
    """What becomes of an active user by this read of it alone."""
    has_plan = await _has_plan(person, lease)
    look = extend.look_at(person, lease.deps.clock.now(), has_plan=has_plan)
    was = before.observation if before is not None else Observation(person.id)
    return Classification.keep(extend.with_look(was, look, lease.round.log), before)


async def removed(
    row: RemovedUser, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """Note a deletion: the licences from before stay remembered, also of a user who is purged."""
    if row.is_purged:
        return gone(before, lease)
    person = await lease.deps.people.deleted(row.user_id)
    if person is None:
        return doubtful(row.user_id, before, lease)
    return await in_bin(person, before, lease)


async def in_bin(
    person: Person, before: StoredObservation, lease: RoundLease
) -> Classification | None:
    """What becomes of a deleted user who was read.

    One who shows no mailbox plan had lost it before the deletion, unless Graph shows no licence on
    any deleted user of this tenant: then the object says nothing.
    """
    was, log = before.observation, lease.round.log
    deleted_at = person.deleted_at or lease.deps.clock.now()
    lease.note_licenses_of_deleted(person)
    has_plan = mailbox_plan(person, await lease.skus()).is_there
    tells = has_plan or lease.shows_deleted_licenses
    shown = extend.look_at(person, deleted_at, has_plan=has_plan) if tells else None
    return Classification.keep(extend.deleted(was, deleted_at, log, shown), before)


def gone(before: StoredObservation, lease: RoundLease) -> Classification | None:
    """Note once that the user is gone for good."""
    if before.observation.purged_at is not None:
        return None
    now = lease.deps.clock.now()
    return Classification.keep(extend.purged(before.observation, now, lease.round.log), before)


async def _has_plan(person: Person | None, lease: RoundLease) -> bool | None:
    """Whether the person has a plan; None: not there, not read, or nobody can tell."""
    if person is None or person.is_blank:
        return None
    return mailbox_plan(person, await lease.skus()).is_there


def _standing(observation: Observation) -> tuple[object, ...]:
    """The parts of an observation that the list of losses depends on."""
    one, lingers = observation, observation.lingering_since is not None
    # A mailbox that answers stands where it stands, whatever its last answer was.
    lost_at = one.license_lost_at if lingers else one.lost_at
    return one.has_plan, lingers, lost_at, one.deleted_at, one.purged_at, one.is_shared


def _lost_names(after: Observation, was: Observation) -> tuple[str, ...]:
    """The names by which the directory no longer finds this user."""
    former = tuple(name for name in after.names.former if name not in was.names.former)
    is_gone = after.gone_at is not None and was.gone_at is None
    return (*former, *(after.names.current if is_gone else ()))


async def asked_mailbox(user_id: str, lease: RoundLease) -> MailboxAnswer | None:
    """What the mailbox says; None without the permission to look: then it is anybody's."""
    try:
        return await lease.deps.tenant.mailbox(user_id)
    except AnsweredError:
        return None
