"""Gather what the sources know of a person's licences from before the loss."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.licensing.held import HeldLicense, LostLicense
from shared.domain.person import AssignedLicense, Person


class LicenseSource(StrEnum):
    """The sources that can know which licence it was; named to the caller."""

    NAMED = "named"
    """By the caller."""
    PRESENT = "switched-off"
    """On the user, with the Exchange plan switched off."""
    OBSERVED = "observed"
    """What the user had when last observed."""
    AUDIT = "audit"
    """What the audit log says went."""
    DEFAULT = "default"
    """The setting DEFAULT_SKU_IDS."""


@dataclass(frozen=True, slots=True)
class KnownLicenses:
    """The licences as of just before the loss, by one source.

    `lost` is all that ever went, in whatever loss; `seen_at` is when the person was last seen.
    """

    held: tuple[HeldLicense, ...]
    source: LicenseSource
    lost: tuple[LostLicense, ...] = ()
    seen_at: datetime | None = None

    @property
    def licenses(self) -> tuple[AssignedLicense, ...]:
        """The licences themselves, as they would be assigned."""
        return tuple(one.license for one in self.held)

    @property
    def sku_ids(self) -> frozenset[str]:
        """Every SKU that this source saw the person with."""
        return frozenset(one.sku_id for one in (*self.held, *(gone.license for gone in self.lost)))


def lost_of(known: KnownLicenses, person: Person) -> tuple[HeldLicense, ...]:
    """The SKUs that the person had and has lost, wholly or a plan of them."""
    there = {item.sku_id: set(item.disabled_plans) for item in person.licenses}
    return tuple(
        item
        for item in known.held
        if item.sku_id not in there or not there[item.sku_id] <= set(item.disabled_plans)
    )


def losses_in(known: KnownLicenses, person: Person) -> tuple[LostLicense, ...]:
    """Every licence that went and is not there, with the instants between which it went.

    What is missing by the look of this moment alone went after it was last seen.
    """
    missing = {one.sku_id: one for one in lost_of(known, person)}
    there = {item.sku_id for item in person.licenses}
    noted = [one for one in known.lost if one.license.sku_id not in there]
    noted_ids = {one.license.sku_id for one in noted}
    at = known.seen_at
    fresh = (one for sku_id, one in missing.items() if sku_id not in noted_ids)
    return (*noted, *(() if at is None else (LostLicense(one, at, at) for one in fresh)))


def seen_with(person: Person, known: tuple[KnownLicenses, ...]) -> frozenset[str]:
    """Every SKU the person was seen with: on the object, by a group, observed, in the log."""
    on_object = {item.sku_id for item in person.licenses}
    by_group = {state.sku_id for state in person.license_states}
    return frozenset().union(on_object, by_group, *(source.sku_ids for source in known))
