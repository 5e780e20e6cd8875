"""List everybody who lost a mailbox and may still be saved, soonest end of window first.

The first page brings the list up to date; whoever follows its links reads on without that. Rows
that are old are read again before they are shown. Memory holds some rows, whatever the tenant's
size: a search that hits seldom looks at so many in a call, and a page may then have few rows, or
none, and still say where the list goes on.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from shared.domain.licensing.skus import Sku
from shared.domain.lists.losses import ListedLoss, LossPlace, LossQuery
from shared.lists.catch_up import catch_up, follow_deleted, is_behind
from shared.lists.loss_reads import LossReads
from shared.lists.relist import relist
from shared.pacing import TimeBudget
from shared.ports.deps import Deps
from shared.restore.reading.read_errors import asking

PERMISSIONS = ("User.Read.All", "LicenseAssignment.Read.All")

# Each row takes some hundred microseconds; a call of this many takes a second or two.
MOST_LOOKED_AT = 5_000
_AT_ONCE = 500

# A caller waits for the first page; what is left then is the next call's, or the timer's.
_LONGEST_CATCH_UP = timedelta(seconds=20)

# Of many deleted the first losses are worth more to him at once than all of them later.
_LONGEST_DELETED = timedelta(seconds=4)


@dataclass(frozen=True, slots=True)
class LossPage:
    """One page, the tenant's SKUs to name licences by, and the place where the list goes on."""

    rows: tuple[ListedLoss, ...]
    skus: tuple[Sku, ...]
    next: LossPlace | None


async def list_losses(query: LossQuery, deps: Deps) -> LossPage:
    """The next page of the losses that are asked for.

    Raises:
        PermissionMissingError, DirectoryRefusedError, DirectoryUnavailableError: as in `asking`.
        StorageUnavailableError: the list could not be read.
    """
    async with asking(PERMISSIONS, deps):
        if query.place is None:
            budget = TimeBudget.of(_LONGEST_CATCH_UP, deps.clock)
            reads = await catch_up(deps, budget, longest_deleted=_LONGEST_DELETED)
        else:
            reads = await LossReads.of(deps)
            if await is_behind(reads):
                await follow_deleted(reads, TimeBudget.of(_LONGEST_DELETED, deps.clock))
        page = await _page(query, reads)
        if page.next is None and await is_behind(reads):
            # More come into the list behind these, in its order: whoever asks on finds them.
            return replace(page, next=_last_place(page, query, reads))
        return page


def _last_place(page: LossPage, query: LossQuery, reads: LossReads) -> LossPlace:
    if page.rows:
        return page.rows[-1].place
    return query.place or LossPlace(0, reads.deps.clock.now(), "0")


async def _page(query: LossQuery, reads: LossReads) -> LossPage:
    now = reads.deps.clock.now()
    place = query.place or LossPlace.ending_at(now)
    found: list[ListedLoss] = []
    looked_at = 0
    while looked_at < MOST_LOOKED_AT:
        most = min(_AT_ONCE, query.top - len(found) + 1) if query.search is None else _AT_ONCE
        rows = await _fresh(place, most, reads)
        for row in rows:
            if query.is_behind(row, now):
                return LossPage(tuple(found), reads.skus, None)
            if len(found) == query.top:
                return LossPage(tuple(found), reads.skus, place)
            place = row.place
            if query.admits(row):
                found.append(row.at(now, reads.deps.policy.closing))
        if len(rows) < most:
            return LossPage(tuple(found), reads.skus, None)
        looked_at += len(rows)
    return LossPage(tuple(found), reads.skus, place)


async def _fresh(place: LossPlace, most: int, reads: LossReads) -> tuple[ListedLoss, ...]:
    """The rows behind the place, those that are old read again."""
    now, loss_list = reads.deps.clock.now(), reads.deps.loss_list
    rows = await loss_list.after(place, most)
    half_told = [row.id for row in rows if row.is_half_told(now)]
    again = [row.id for row in rows if row.is_old(now)] + half_told[: reads.questions.left]
    if not again:
        return rows
    await relist(again, reads)
    return await loss_list.after(place, most)
