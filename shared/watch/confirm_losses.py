"""Look a second time at whoever was seen without a plan once: lost, back, or shared by now."""

from datetime import UTC, datetime, timedelta
from itertools import batched

from shared.domain.licensing.held import mailbox_plan
from shared.domain.observations.observation import SECOND_LOOK
from shared.pacing import some_at_once
from shared.ports.watch import StoredObservation
from shared.watch.apply_changes import write
from shared.watch.classify import Classification, as_seen, doubtful, without_plan
from shared.watch.contradictions import still_in_doubt
from shared.watch.round_lease import RoundLease

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_BATCH = 100
_INSTANT = timedelta(microseconds=1)

# A look that another host has just noted lies further ahead on a clock that is behind.
_CLOCKS_DIFFER = timedelta(minutes=5)


async def look_twice(lease: RoundLease) -> None:
    """Take every second look that is due; a look goes when what it came to is written.

    Raises:
        DirectoryError: the looks that are left stay noted.
    """
    index, now = lease.deps.watch.second_looks, lease.deps.clock.now()
    async for _, at in index.between(now + _INSTANT, now + SECOND_LOOK + _CLOCKS_DIFFER):
        lease.look_again_at(at)
    due = [one async for one in index.between(_BEGINNING, now + _INSTANT)]
    for some in batched(due, _BATCH, strict=False):
        if lease.is_out_of_time:
            lease.look_again_at(now)
            return
        before = await lease.deps.watch.observations.many({user_id for user_id, _ in some})
        found = await some_at_once(_look(one, lease) for one in before.values())
        if not await write((one for one in found if one is not None), lease):
            lease.look_again_at(now)
            return
        lease.note_losses(at for at in map(_lost_at, before.values()) if at is not None)
        await some_at_once(index.forget(*one) for one in some)


def _lost_at(kept: StoredObservation) -> datetime | None:
    return kept.observation.lost_at


async def _look(before: StoredObservation, lease: RoundLease) -> Classification | None:
    user_id = before.observation.user_id
    if before.observation.lost_at is None or before.observation.gone_at is not None:
        return None
    person = await lease.deps.people.active(user_id)
    if person is None:
        # Deleted since, as the feed will tell.
        return None
    if person.is_blank:
        return doubtful(user_id, before, lease)
    if mailbox_plan(person, await lease.skus()).is_there is not False:
        return await as_seen(person, before, lease)
    if await still_in_doubt(user_id, lease):
        return doubtful(user_id, before, lease)
    return await without_plan(person, before, lease)
