"""Count what one caller has under way, and refuse more than one may have.

A row that outlived what it stands for (a crash while it was begun, or as it ended) is found when it
matters: only a caller at its limit has its rows looked at.
"""

from datetime import timedelta

from shared.domain.limits import CHECK_CALLS, CHECKS, OPEN_LIMITS, Limit, Open
from shared.domain.requests.keys import keys_of
from shared.domain.requests.request import RequestedBy
from shared.errors import TooManyError, UnreadableTextError
from shared.ports.callers import CheckCount
from shared.ports.deps import IntakeDeps
from shared.restore.locking import ended_unread_at

# Of a caller at its limit, so many rows are looked at in one request.
_LOOKED_AT = 20

# Each lost race is another check of the same caller at the same moment.
_TRIES = 10

_MINUTE = timedelta(minutes=1)


async def demand_room(requested_by: RequestedBy, kind: Open, deps: IntakeDeps) -> None:
    """Check that a caller may begin one more restore or batch.

    Raises:
        TooManyError: naming the limit; nothing was begun.
    """
    limit, caller = OPEN_LIMITS[kind], keys_of(requested_by).owner
    most = limit.of(requested_by)
    names = await deps.callers.names(caller, kind, most)
    if len(names) < most:
        return
    for name in names[:_LOOKED_AT]:
        if not await _is_under_way(kind, name, deps):
            await deps.callers.close(caller, kind, name)
            return
    raise _too_many(limit, most)


async def count_checks(requested_by: RequestedBy, checks: int, deps: IntakeDeps) -> None:
    """Count a caller's checks, and refuse them beyond the limit of a minute.

    Raises:
        TooManyError: naming the limit; nothing was looked at.
    """
    caller, now = keys_of(requested_by).owner, deps.clock.now()
    minute = now.replace(second=0, microsecond=0)
    calls, all_checks = CHECK_CALLS.of(requested_by), CHECKS.of(requested_by)
    for _ in range(_TRIES):
        before = await deps.callers.checked(caller)
        is_same = before is not None and before.checked.minute == minute
        last = before.checked if before is not None and is_same else CheckCount(minute)
        if last.calls + 1 > calls:
            raise _too_many(CHECK_CALLS, calls, minute + _MINUTE - now)
        if last.checks + checks > all_checks:
            raise _too_many(CHECKS, all_checks, minute + _MINUTE - now)
        counted = CheckCount(minute, last.calls + 1, last.checks + checks)
        if await deps.callers.count(caller, before, counted):
            return
    raise _too_many(CHECK_CALLS, calls, timedelta(seconds=2))


def _too_many(limit: Limit, most: int, retry_after: timedelta | None = None) -> TooManyError:
    return TooManyError(limit.told(most), retry_after or limit.retry_after)


async def _is_under_way(kind: Open, name: str, deps: IntakeDeps) -> bool:
    if kind is Open.BATCH:
        batch = await deps.batches.read(name)
        return batch is not None and batch.value.finished_at is None
    try:
        stored = await deps.ledger.read(name)
    except UnreadableTextError:
        return await ended_unread_at(name, deps) is None
    return stored is not None and not stored.record.status.is_final
