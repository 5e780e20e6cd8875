"""List the restores a caller may see, newest first, a page at a time.

The index by day is read and each restore in it is read by its id, as it stands now. The work of
one call is bounded: a page may have few restores, or none, and still say where the list goes on.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

from shared import telemetry
from shared.domain.lists.restores import ListPlace, ListQuery
from shared.domain.records.record import Record
from shared.errors import UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.restore.locking import as_it_stands

# Each row costs a point read of some milliseconds, and 30 are read at a time: 500 take about a
# second, well within what a caller waits for. A filter that hits seldom then costs several calls.
MOST_ROWS = 500
_AT_ONCE = 30

# A day without a restore costs a read of the index, too. A hundred reads cover a ledger's keep
# time as a rule; where they do not, the next call goes on.
MOST_READS = 100

# Instances do not agree on the time to the second; a restore of tomorrow must not be left out.
_SKEW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page, and the place where the next one begins; None at the end of the list."""

    records: tuple[Record, ...]
    next: ListPlace | None


async def list_restores(
    query: ListQuery, may_see: Callable[[Record], bool], deps: IntakeDeps
) -> Listing:
    """The next page of the restores that are asked for and that the caller may see.

    Raises:
        StorageUnavailableError: the ledger cannot be reached.
    """
    page = await _page(query, may_see, deps)
    seen = await asyncio.gather(*(as_it_stands(record, deps) for record in page.records))
    return Listing(tuple(seen), page.next)


async def _page(query: ListQuery, may_see: Callable[[Record], bool], deps: IntakeDeps) -> Listing:
    found: list[Record] = []
    start = query.place or _first_place(query, deps)
    place: ListPlace | None = start
    last_hit = place
    async for here, record in _walk(start, query.oldest_day, deps):
        if record is not None and may_see(record) and query.matches(record):
            if len(found) == query.top:
                return Listing(tuple(found), last_hit)
            found.append(record)
            last_hit = here
        place = here
    return Listing(tuple(found), place)


def _first_place(query: ListQuery, deps: IntakeDeps) -> ListPlace:
    newest = ListPlace.end_of(deps.clock.now() + _SKEW)
    if query.until is None or query.until >= newest.created_at:
        return newest
    return ListPlace(query.until)


async def _walk(
    place: ListPlace, oldest_asked: str, deps: IntakeDeps
) -> AsyncIterator[tuple[ListPlace | None, Record | None]]:
    """Every restore after this place, each with its own place; the place None marks the end.

    If that does not come, one call has read its limit, and the list goes on after the last place.
    """
    oldest = await deps.days.oldest_day()
    if oldest is not None:
        oldest = max(oldest, oldest_asked)
    rows_left = MOST_ROWS
    for _ in range(MOST_READS):
        if oldest is None or place.day < oldest:
            yield None, None
            return
        limit = min(_AT_ONCE, rows_left)
        rows = await deps.days.page(place, limit)
        for row in zip(rows, await _read(rows, deps), strict=True):
            yield row
        rows_left -= len(rows)
        place = rows[-1] if len(rows) == limit else place.day_before()
        yield place, None
        if rows_left == 0:
            return


async def _read(rows: tuple[ListPlace, ...], deps: IntakeDeps) -> list[Record | None]:
    return await asyncio.gather(*(_record(row, deps) for row in rows))


async def _record(row: ListPlace, deps: IntakeDeps) -> Record | None:
    """The restore of a row; None if it was never opened, is past its keep time, cannot be read.

    And for a row left by an equal request that came in the same moment and opened nothing: the row
    that counts is that of the instant at which the restore was accepted.
    """
    try:
        stored = await deps.ledger.read(row.restore_id)
    except UnreadableTextError as error:
        telemetry.failed(f"list of restore {row.restore_id}", error)
        return None
    if stored is None or stored.record.created_at != row.created_at:
        return None
    return stored.record
