"""Record the users deleted before the first round; the change feed never has them.

Source: Microsoft "Use delta query to track changes in Microsoft Graph data": a first request
answers the objects there are.
"""

from datetime import timedelta

from shared.domain.licensing.held import mailbox_plan
from shared.domain.observations import extend
from shared.domain.person import Person
from shared.errors import LeaseLostError
from shared.pacing import some_at_once
from shared.ports.watch import ObservationWrite, StoredObservation
from shared.watch.round_lease import RoundLease

# As many at once as one transaction of table storage takes, whatever partition they fall into.
_BATCH = 100


async def take_in_deleted(lease: RoundLease) -> None:
    """Remember what deleted users show of their licences, if nothing better is known of them."""
    now = lease.deps.clock.now()
    # A day more than the window: users who are being purged are still listed by name.
    since = now - lease.deps.policy.retention - timedelta(days=1)
    skus = await lease.skus()
    batch: list[Person] = []
    async for person in lease.deps.bin.deleted_between(since, now + timedelta(days=1)):
        lease.note_licenses_of_deleted(person)
        if mailbox_plan(person, skus).is_there:
            batch.append(person)
        if len(batch) == _BATCH:
            await _take_in(batch, lease)
            batch = []
    await _take_in(batch, lease)


async def _take_in(people: list[Person], lease: RoundLease) -> None:
    observations, departures = lease.deps.watch.observations, lease.deps.watch.departures
    by_id = {person.id: person for person in people}
    before = await observations.many(by_id)
    writes = [
        keeping
        for person in by_id.values()
        if (keeping := _keeping(person, before.get(person.id), lease)) is not None
    ]
    await some_at_once(
        lease.deps.watch.names.note(one.observation.user_id, one.observation.names.current)
        for one in writes
    )
    await departures.note_all(
        (one.observation.user_id, one.observation.gone_at)
        for one in writes
        if one.observation.gone_at is not None
    )
    if not await observations.keep(writes):
        raise LeaseLostError("another run writes the observations of deleted users")
    lease.counts.written += len(writes)


def _keeping(
    person: Person, before: StoredObservation | None, lease: RoundLease
) -> ObservationWrite | None:
    if person.deleted_at is None or (before is not None and before.observation.gone_at is not None):
        return None
    look = extend.look_at(person, person.deleted_at, has_plan=True)
    was = before.observation if before is not None else extend.first_look(person.id, look)
    after = extend.deleted(was, person.deleted_at, lease.round.log, look)
    return ObservationWrite(after, before)
