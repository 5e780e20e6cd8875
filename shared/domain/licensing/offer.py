"""List what the tenant has with a mailbox: what a caller may name of it, and what has seats."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.licensing.exchange_plans import MailboxSize
from shared.domain.licensing.known import KnownLicenses, seen_with
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import Sku
from shared.domain.person import Person


@dataclass(frozen=True, slots=True)
class Offer:
    """The tenant's licences with a mailbox that the caller may name for this person."""

    skus: tuple[Sku, ...]
    rights: NamingRights
    seen: frozenset[str] = frozenset()

    @property
    def choices(self) -> tuple[Sku, ...]:
        """All of them, by name; full ones and unpaid ones included."""
        return self._by_name(
            sku for sku in self.skus if self.rights.may_name(sku.sku_id, self.seen)
        )

    def with_seats(
        self, *, besides: Iterable[str] = (), above: MailboxSize | None = None
    ) -> tuple[str, ...]:
        """The names of all with a free seat, whoever may name them; `above`: larger than this."""
        left_out = set(besides)
        return tuple(
            sku.label
            for sku in self._by_name(self.skus)
            if sku.sku_id not in left_out and sku.free_seats > 0 and not sku.is_suspended
            if above is None or (sku.size or above) > above
        )

    @staticmethod
    def _by_name(skus: Iterable[Sku]) -> tuple[Sku, ...]:
        carrying = (sku for sku in skus if sku.for_users and sku.mailbox_plans)
        return tuple(sorted(carrying, key=lambda sku: sku.label.casefold()))


def offer_for(
    person: Person, known: tuple[KnownLicenses, ...], skus: tuple[Sku, ...], rights: NamingRights
) -> Offer:
    """The licences that a caller with these rights may name for this person."""
    return Offer(skus, rights, seen_with(person, known))
