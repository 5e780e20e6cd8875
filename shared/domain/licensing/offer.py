"""List which of the tenant's licences a caller may name for a person."""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.licensing.exchange_plans import MailboxSize
from shared.domain.licensing.known import KnownLicenses, seen_with
from shared.domain.licensing.rights import NamingRights
from shared.domain.licensing.skus import Sku
from shared.domain.person import Person


@dataclass(frozen=True, slots=True)
class Offer:
    """What whoever asks may name for this person, of what the tenant has with a mailbox."""

    skus: tuple[Sku, ...]
    rights: NamingRights
    seen: frozenset[str] = frozenset()

    @property
    def choices(self) -> tuple[Sku, ...]:
        """All of them, by name; full ones and unpaid ones included."""
        nameable = (
            sku
            for sku in self.skus
            if sku.for_users and sku.mailbox_plans and self.rights.may_name(sku.sku_id, self.seen)
        )
        return tuple(sorted(nameable, key=lambda sku: sku.label.casefold()))

    def with_seats(
        self, *, besides: Iterable[str] = (), above: MailboxSize | None = None
    ) -> tuple[str, ...]:
        """The names of those with a free seat; `above`: with a larger mailbox than this."""
        left_out = set(besides)
        return tuple(
            sku.label
            for sku in self.choices
            if sku.sku_id not in left_out and sku.free_seats > 0 and not sku.is_suspended
            if above is None or (sku.size or above) > above
        )


def offer_for(
    person: Person, known: tuple[KnownLicenses, ...], skus: tuple[Sku, ...], rights: NamingRights
) -> Offer:
    """What whoever has these rights may name for this person."""
    return Offer(skus, rights, seen_with(person, known))
