"""Count the seats that bringing everybody back takes, and how many of them are missing."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.lists.capacity import SeatNeeds, SeatsNeeded
from shared.domain.lists.losses import HALF_TOLD_FOR, LossPlace
from shared.lists.catch_up import catch_up
from shared.lists.loss_reads import LossReads
from shared.lists.losses import PERMISSIONS
from shared.lists.relist import relist
from shared.pacing import TimeBudget
from shared.ports.deps import Deps
from shared.restore.reading.read_errors import asking

# The count is of those who are listed: it is worth a wait that callers and gateways still bear.
_LONGEST_CATCH_UP = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Capacity:
    """The number of people lost, the seats they need, and the end of the first window.

    `license_unknown`: how many of them need a seat that is not counted, since nobody knows yet
    which licence they lost.
    """

    people: int
    seats: tuple[SeatsNeeded, ...]
    first_ends_at: datetime | None
    license_unknown: int = 0


async def read_capacity(deps: Deps) -> Capacity:
    """The seats that bringing all back needs, by licence; where most are missing comes first.

    Of whom the log tells but half, it is asked for a few in each call, so that their seats count.

    Raises:
        PermissionMissingError, DirectoryRefusedError, DirectoryUnavailableError: as in `asking`.
        StorageUnavailableError: the list could not be read.
    """
    async with asking(PERMISSIONS, deps):
        reads = await catch_up(deps, TimeBudget.of(_LONGEST_CATCH_UP, deps.clock))
        count = await _count(deps)
        if await _ask_of(count.half_told, reads):
            count = await _count(deps)
        seats = count.seats(reads.skus)
        return Capacity(count.people, seats, count.first_ends_at, count.license_unknown)


async def _count(deps: Deps) -> SeatNeeds:
    count = SeatNeeds()
    async for needs in deps.loss_list.needs_after(LossPlace.ending_at(deps.clock.now())):
        count.add(needs)
    return count


async def _ask_of(half_told: list[str], reads: LossReads) -> bool:
    """Read some of these people again, those first who were looked at longest ago."""
    if not half_told or not reads.questions.left:
        return False
    listed = await reads.deps.loss_list.glance(half_told)
    before = reads.deps.clock.now() - HALF_TOLD_FOR
    due = [one for one in half_told if one in listed and listed[one].looked_at < before]
    due.sort(key=lambda one: listed[one].looked_at)
    some = due[: reads.questions.left]
    await relist(some, reads)
    return bool(some)
