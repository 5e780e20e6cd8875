"""Look again: users of whom the feed and a read said different things; this read is believed."""

from datetime import UTC, datetime, timedelta
from itertools import batched

from shared.domain.licensing.choice import has_mailbox_plan
from shared.pacing import some_at_once
from shared.ports.watch import StoredObservation
from shared.watch.apply_changes import write
from shared.watch.classify import Classification, as_seen, gone, here_again, in_bin, without_plan
from shared.watch.round_lease import RoundLease

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_BATCH = 200

type Filed = tuple[str, datetime]


async def look_again(hold: RoundLease) -> None:
    """Settle every doubt that an earlier run noted; a doubt goes when what it came to is written.

    A write that another run was faster with leaves the doubt for the next time.

    Raises:
        DirectoryError: the doubts that are left stay noted.
    """
    doubts = hold.deps.watch.doubts
    until = hold.deps.clock.now() + timedelta(days=1)
    filed = [one async for one in doubts.between(_BEGINNING, until)]
    noted = sorted(filed, key=lambda one: one[1])
    for some in batched(noted, _BATCH, strict=False):
        if hold.is_out_of_time:
            return
        before = await hold.deps.watch.memory.many({user_id for user_id, _ in some})
        verdicts = await some_at_once(_settled(one, before.get(one[0]), hold) for one in some)
        # One user may be doubtful twice, by two bounds; the earlier one comes first and counts.
        firsts: dict[str, Classification] = {}
        for (user_id, _), verdict in zip(some, verdicts, strict=True):
            if verdict is not None:
                firsts.setdefault(user_id, verdict)
        if await write(firsts.values(), hold):
            await some_at_once(doubts.forget(*one) for one in some)


async def _settled(
    doubt: Filed, before: StoredObservation | None, hold: RoundLease
) -> Classification | None:
    user_id, bound = doubt
    person = await hold.deps.people.active(user_id)
    if person is None:
        return await _absent(user_id, before, bound, hold)
    if has_mailbox_plan(person, await hold.skus()):
        return as_seen(person, before, hold)
    if before is None:
        return None
    if before.observation.lost_at is not None:
        return here_again(before)
    return await without_plan(before, hold, bound=bound)


async def _absent(
    user_id: str, before: StoredObservation | None, bound: datetime, hold: RoundLease
) -> Classification | None:
    if before is None:
        return None
    person = await hold.deps.people.deleted(user_id)
    if person is None:
        return gone(before, hold.deps.clock.now())
    return await in_bin(person, before, hold, bound=bound)
