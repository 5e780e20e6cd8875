"""Count the seats of each licence needed to bring everybody back, and how many are missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.domain.licensing.products import PRODUCTS
from shared.domain.licensing.skus import Sku

MOST_HALF_TOLD = 500


@dataclass(frozen=True, slots=True)
class Need:
    """One person's need of licences, by SKU id, and the end of the window if it is known.

    `half_told` is the person's id where nobody knows yet which licence went; else empty.
    """

    sku_ids: tuple[str, ...]
    ends_at: datetime | None
    half_told: str = ""


@dataclass(frozen=True, slots=True)
class SeatsNeeded:
    """The seats of one licence; `first_ends_at`: the first window of those who need one."""

    sku: Sku
    needed: int
    first_ends_at: datetime | None

    @property
    def free(self) -> int:
        """The number of free seats; a subscription that is not paid for has none to give."""
        return max(0, self.sku.free_seats)

    @property
    def short(self) -> int:
        """The number of seats that are missing."""
        return max(0, self.needed - self.free)


def _gone(sku_id: str) -> Sku:
    """What is known of a licence that the tenant lists no more: at best what people call it."""
    return Sku(sku_id, PRODUCTS.get(sku_id, sku_id), (), free_seats=0)


class SeatNeeds:
    """Counts needs as they come, in memory for each licence and not for each person.

    Deleted users count as well: a restore gives them their licences back, also beyond the seats
    that were bought, and then nobody else gets one. `half_told` are the first ids of people of
    whom nobody knows yet which licence went, `license_unknown` how many they are.
    """

    def __init__(self) -> None:
        self.people = 0
        self.license_unknown = 0
        self.half_told: list[str] = []
        self.first_ends_at: datetime | None = None
        self._needed: dict[str, int] = {}
        self._first: dict[str, datetime] = {}

    def add(self, needs: Iterable[Need]) -> None:
        """Count these people, soonest end first."""
        for need in needs:
            self.people += 1
            self.first_ends_at = self.first_ends_at or need.ends_at
            if need.half_told:
                self.license_unknown += 1
                if len(self.half_told) < MOST_HALF_TOLD:
                    self.half_told.append(need.half_told)
            for sku_id in need.sku_ids:
                self._needed[sku_id] = self._needed.get(sku_id, 0) + 1
                if need.ends_at is not None:
                    self._first.setdefault(sku_id, need.ends_at)

    def seats(self, skus: Iterable[Sku]) -> tuple[SeatsNeeded, ...]:
        """The licences that are needed, those first of which most are missing.

        Of one that the tenant lists no more every seat is missing.
        """
        listed = {sku.sku_id: sku for sku in skus}
        found = [
            SeatsNeeded(listed.get(sku_id) or _gone(sku_id), needed, self._first.get(sku_id))
            for sku_id, needed in self._needed.items()
        ]
        found.sort(key=lambda one: (-one.short, one.sku.part_number.casefold(), one.sku.sku_id))
        return tuple(found)
