"""Apply one page of the change feed to the observations: read, classify each row, write.

Cost: a row that says nothing new costs one point read; 1,000 users of the first round, no read and
a transaction for each hundred. Only what changes somebody's fate is asked of Graph again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from shared.domain.licensing.held import mailbox_plan
from shared.domain.observations import extend
from shared.domain.observations.observation import SECOND_LOOK, Observation
from shared.domain.watch.delta_changes import (
    ChangedUser,
    ChangeMeaning,
    DeltaChange,
    has_plan_in,
    look_of,
    meaning_of,
    one_per_user,
)
from shared.domain.watch.lingering import asked_next_at
from shared.domain.watch.second_look import PlansGone
from shared.errors import LeaseLostError
from shared.pacing import some_at_once
from shared.ports.watch import ObservationWrite, StoredObservation
from shared.watch.classify import (
    Classification,
    Filed,
    back_again,
    doubtful,
    lost_or_not,
    removed,
)
from shared.watch.round_lease import RoundLease


async def take_in(rows: tuple[DeltaChange, ...], seen_at: datetime, lease: RoundLease) -> None:
    """Store what the rows of a page say; safe to repeat.

    `seen_at`: the instant before the page was asked for.

    Raises:
        DirectoryError, StorageUnavailableError: some of it may have been written.
        LeaseLostError: another run writes the same observations.
    """
    for by_id in one_per_user(rows):
        is_first = lease.round.log.last is None
        if await _settle(by_id, seen_at, lease, is_first=is_first):
            continue
        # Somebody else, or a first round cut short, wrote since: read again, then write.
        if not await _settle(by_id, seen_at, lease, is_first=False):
            raise LeaseLostError("another run writes the observations of this page")


async def _settle(
    by_id: Mapping[str, DeltaChange], seen_at: datetime, lease: RoundLease, *, is_first: bool
) -> bool:
    skus = await lease.skus()
    known = {
        user_id
        for user_id, row in by_id.items()
        if is_first
        and isinstance(row, ChangedUser)
        and meaning_of(None, row, skus) is ChangeMeaning.REMEMBER
    }
    observations = lease.deps.watch.observations
    before = await observations.many(user_id for user_id in by_id if user_id not in known)
    classifications = [
        classification
        for classification in await some_at_once(
            _classify(row, before.get(user_id), seen_at, lease) for user_id, row in by_id.items()
        )
        if classification is not None
    ]
    return await write(await _with_doubt(classifications, before, lease), lease)


async def _with_doubt(
    found: list[Classification], before: Mapping[str, StoredObservation], lease: RoundLease
) -> list[Classification]:
    """The same, but doubts in place of losses where too many plans went with mailboxes that answer.

    Those of earlier pages of the round, too few to be in doubt, are looked at a second time.
    """
    page = PlansGone()
    for one in found:
        page = page.plus(one.gone)
    if page.count == 0:
        return found
    now, current = lease.deps.clock.now(), lease.round
    gone = current.gone.plus(page)
    is_doubted = gone.is_doubtful(current.people, lease.deps.alerting.mass_count)
    since = current.doubted_since or (now if is_doubted else None)
    await lease.save(replace(current, gone=gone, doubted_since=since))
    return found if since is None else [_doubted(one, before, lease) for one in found]


def _doubted(
    one: Classification, before: Mapping[str, StoredObservation], lease: RoundLease
) -> Classification:
    """A doubt in place of a loss whose mailbox answers; a silent one is lost, doubt or not."""
    if one.loss is None or one.gone.answering == 0:
        return one
    user_id, _ = one.loss
    return doubtful(user_id, before.get(user_id), lease)


async def write(classifications: Iterable[Classification], lease: RoundLease) -> bool:
    """Write the index rows of losses, then the observations, then remove outdated rows."""
    watch, found = lease.deps.watch, list(classifications)
    now = lease.deps.clock.now()
    await watch.changed.note_all(
        (one.keeping.observation.user_id, now)
        for one in found
        if one.keeping is not None and one.changes_list
    )
    await watch.losses.note_all(one.loss for one in found if one.loss)
    again_at = now + SECOND_LOOK
    unsure = {one.keeping.observation.user_id for one in found if one.keeping and one.is_unsure}
    await watch.second_looks.note_all((user_id, again_at) for user_id in unsure)
    if unsure:
        lease.look_again_at(again_at)
    await watch.lingering.note_all(_questions(found, lease))
    await watch.departures.note_all(one.departure for one in found if one.departure)
    await watch.doubts.note_all(one.doubt for one in found if one.doubt)
    await some_at_once(
        watch.names.note(one.keeping.observation.user_id, one.names)
        for one in found
        if one.keeping is not None and one.names
    )
    writes = [one.keeping for one in found if one.keeping is not None]
    if not await watch.observations.keep(writes):
        return False
    await some_at_once(watch.losses.forget(*one.ended) for one in found if one.ended)
    lease.counts.written += len(writes)
    lease.people += sum(_with_plan(one.observation) - _with_plan_before(one) for one in writes)
    losses = [one.loss for one in found if one.loss and one.is_unsure]
    lease.note_losses(at for _, at in losses)
    lease.counts.losses += len(losses)
    lease.counts.doubts += sum(one.doubt is not None for one in found)
    return True


def _questions(found: Iterable[Classification], lease: RoundLease) -> Iterator[Filed]:
    """When each mailbox that answers without a licence is to be asked again.

    Of a new one an alert may be due already: that is asked in the next run.
    """
    now, retention = lease.deps.clock.now(), lease.deps.policy.retention
    for one in found:
        if one.lingering is None or one.lingering.lingering_since is None:
            continue
        since = one.lingering.lingering_since
        alerts_at = lease.deps.alerting.due_before(since + retention)
        next_at = asked_next_at(since, now, alerts_at)
        soon = now + SECOND_LOOK
        yield one.lingering.user_id, soon if one.is_new_to_linger else next_at


def _with_plan(observation: Observation) -> int:
    return int(observation.has_plan is True and observation.gone_at is None)


def _with_plan_before(write: ObservationWrite) -> int:
    return 0 if write.before is None else _with_plan(write.before.observation)


async def _classify(
    row: DeltaChange, before: StoredObservation | None, seen_at: datetime, lease: RoundLease
) -> Classification | None:
    if isinstance(row, ChangedUser):
        return await _of_sighting(row, before, seen_at, lease)
    return await removed(row, before, lease) if before is not None else None


async def _of_sighting(
    row: ChangedUser, before: StoredObservation | None, seen_at: datetime, lease: RoundLease
) -> Classification | None:
    what = meaning_of(before.observation if before else None, row, await lease.skus())
    if what is ChangeMeaning.REMEMBER:
        return await _remembered(row, before, seen_at, lease)
    if what is ChangeMeaning.NOTHING or before is None:
        return None
    if what is ChangeMeaning.MAYBE_LOST:
        return await lost_or_not(row, before, lease)
    return await back_again(row, before, lease)


async def _remembered(
    row: ChangedUser, before: StoredObservation | None, seen_at: datetime, lease: RoundLease
) -> Classification | None:
    """What to remember of a row; if it does not name the licensing group, the user is read."""
    has_plan = has_plan_in(row, await lease.skus())
    if row.license_states is not None:
        look = look_of(row, seen_at, has_plan=has_plan)
    else:
        person = await lease.deps.people.active(row.user_id)
        if person is None or mailbox_plan(person, await lease.skus()).is_there is not has_plan:
            return doubtful(row.user_id, before, lease)
        look = extend.look_at(person, seen_at, has_plan=has_plan)
    was = before.observation if before is not None else Observation(row.user_id)
    return Classification.keep(extend.with_look(was, look, lease.round.log), before)
