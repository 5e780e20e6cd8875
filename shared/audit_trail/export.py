"""Hand out the trail, a page at a time: closed days, the entries of all journals, erasures.

What is damaged, or of another release, has a line that names it: all others are handed out.
Only a page is held, and a day's heads, whatever the size of the ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from shared.domain.audit_trail.days import DAYS, Day, decode_day
from shared.domain.audit_trail.erasures import ERASURES, decode_erasure
from shared.domain.audit_trail.items import TrailEntry, TrailItem, Unreadable, item_in
from shared.domain.audit_trail.query import TrailPart, TrailPlace, TrailQuery
from shared.ports.deps import IntakeDeps


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail, and where the next one begins; None at the end."""

    items: Sequence[TrailItem]
    next: TrailPlace | None


async def read_trail(query: TrailQuery, deps: IntakeDeps) -> TrailPage:
    """The page at the query's place; a part that ends there is followed by the next one.

    Raises:
        StorageUnavailableError: the ledger or the blobs cannot be reached.
    """
    items: list[TrailItem] = []
    place: TrailPlace | None = query.place
    left = query.top
    while place is not None and left > 0:
        part = replace(query, place=place, top=left)
        page = await _PARTS[place.part](part, deps)
        items += page.items
        left -= sum(map(_weight, page.items))
        place = page.next
    return TrailPage(items, place)


async def _days(query: TrailQuery, deps: IntakeDeps) -> TrailPage:
    """The days from `since` on, and one behind `until`, which has the heads of what came before."""
    items: list[TrailItem] = []
    left = query.top
    async for name in deps.proofs.names(DAYS):
        if name <= query.place.after:
            continue
        if left <= 0:
            return TrailPage(items, query.place)
        content = await deps.proofs.read(name)
        if content is None:
            continue
        query = replace(query, place=TrailPlace(TrailPart.DAYS, name))
        day = item_in(name, content, decode_day)
        if isinstance(day, Unreadable):
            items.append(day)
            left -= 1
            continue
        if query.since is None or day.at >= query.since:
            items.append(day)
            left -= _weight(day)
        if query.until is not None and day.at >= query.until:
            break
    return TrailPage(items, TrailPlace(TrailPart.ENTRIES))


async def _entries(query: TrailQuery, deps: IntakeDeps) -> TrailPage:
    entries = await deps.trail.page(query, query.top)
    place = _place(entries[-1]) if len(entries) == query.top else None
    if place is None:
        return TrailPage(entries, TrailPlace(TrailPart.ERASURES))
    return TrailPage(entries, TrailPlace(TrailPart.ENTRIES, place))


def _place(item: TrailEntry) -> str | None:
    if isinstance(item, Unreadable):
        return f"{item.restore_id}-{item.name.removeprefix('j-')}"
    return None if item.link is None else f"{item.link.restore_id}-{item.link.number:06d}"


async def _erasures(query: TrailQuery, deps: IntakeDeps) -> TrailPage:
    items: list[TrailItem] = []
    after = query.place.after
    async for name in deps.proofs.names(ERASURES):
        if name <= after:
            continue
        if len(items) == query.top:
            return TrailPage(items, TrailPlace(TrailPart.ERASURES, after))
        after = name
        content = await deps.proofs.read(name)
        erasure = None if content is None else item_in(name, content, decode_erasure)
        if isinstance(erasure, Unreadable) or (erasure and query.holds(erasure.at)):
            items.append(erasure)
    return TrailPage(items, None)


def _weight(item: TrailItem) -> int:
    """How much of a page it takes; a day with many heads takes much."""
    return 1 + len(item.heads) if isinstance(item, Day) else 1


_PARTS = {
    TrailPart.DAYS: _days,
    TrailPart.ENTRIES: _entries,
    TrailPart.ERASURES: _erasures,
}
