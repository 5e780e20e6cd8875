"""Read again the users of whom the change feed and a read disagreed, and settle them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import batched

from shared.domain.licensing.held import mailbox_plan
from shared.pacing import some_at_once
from shared.ports.watch import StoredObservation
from shared.watch.apply_changes import write
from shared.watch.classify import (
    Classification,
    answers_as_user,
    as_seen,
    asked_mailbox,
    doubtful,
    gone,
    in_bin,
    without_plan,
)
from shared.watch.round_lease import RoundLease

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_BATCH = 200

type Filed = tuple[str, datetime]


async def look_again(lease: RoundLease) -> None:
    """Settle every doubt that an earlier run noted; a doubt is removed when its result is written.

    If another run wrote first, the doubt stays for the next time.

    Raises:
        DirectoryError: the doubts that are left stay noted.
    """
    doubts = lease.deps.watch.doubts
    until = lease.deps.clock.now() + timedelta(days=1)
    filed = [one async for one in doubts.between(_BEGINNING, until)]
    if not filed and lease.round.doubted_since is not None:
        await lease.save(replace(lease.round, doubted_since=None))
    noted = sorted(filed, key=lambda one: one[1])
    for some in batched(noted, _BATCH, strict=False):
        if lease.is_out_of_time:
            return
        before = await lease.deps.watch.observations.many({user_id for user_id, _ in some})
        classifications = await some_at_once(
            _settled(one, before.get(one[0]), lease) for one in some
        )
        # One user may be doubtful twice, by two bounds; the earlier one comes first and counts.
        firsts: dict[str, Classification] = {}
        for (user_id, _), classification in zip(some, classifications, strict=True):
            if classification is not None:
                firsts.setdefault(user_id, classification)
        await _note_unremembered({user_id for user_id, _ in some} - {*before, *firsts}, lease)
        if await write(firsts.values(), lease):
            still = {one.doubt for one in firsts.values()}
            await some_at_once(doubts.forget(*one) for one in some if one not in still)


async def _note_unremembered(user_ids: set[str], lease: RoundLease) -> None:
    """Until this look nobody knew whether they had a plan, and no row of theirs says so."""
    if user_ids:
        await lease.save(replace(lease.round, forgot_until=lease.deps.clock.now()))


async def _settled(
    doubt: Filed, before: StoredObservation | None, lease: RoundLease
) -> Classification | None:
    user_id, _ = doubt
    person = await lease.deps.people.active(user_id)
    if person is None:
        return await _absent(user_id, before, lease)
    if person.is_blank:
        return doubtful(user_id, before, lease)
    has_plan = mailbox_plan(person, await lease.skus()).is_there
    if before is None and has_plan is False:
        return None
    if before is not None and has_plan is False and await still_in_doubt(user_id, lease):
        return doubtful(user_id, before, lease)
    if before is None or has_plan is not False or not before.observation.has_plan:
        return await as_seen(person, before, lease)
    return await without_plan(person, before, lease)


async def still_in_doubt(user_id: str, lease: RoundLease) -> bool:
    """Whether the reading of many is in doubt, and this mailbox answers as a user's."""
    if lease.round.doubted_since is None:
        return False
    return answers_as_user(await asked_mailbox(user_id, lease))


async def _absent(
    user_id: str, before: StoredObservation | None, lease: RoundLease
) -> Classification | None:
    if before is None:
        return None
    person = await lease.deps.people.deleted(user_id)
    if person is None:
        return gone(before, lease)
    return await in_bin(person, before, lease)
