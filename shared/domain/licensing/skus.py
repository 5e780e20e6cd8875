"""Describe a SKU of the tenant: its plans, its seats, whether it gives a mailbox.

SKUs are always the tenant's own (`/subscribedSkus`): there are dozens of variants of every product
and a shipped table would be wrong the week it is printed. What a SKU is worth is decided by its
service plans.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.domain.licensing.exchange_plans import (
    ARCHIVE_PLANS,
    EXCHANGE_PLANS,
    MAILBOX_PLANS,
    SIZES,
    MailboxSize,
)
from shared.domain.licensing.meant_removals import CROSS_TENANT_MIGRATION
from shared.domain.licensing.products import PRODUCTS
from shared.domain.person import AssignedLicense, Person


@dataclass(frozen=True, slots=True)
class Sku:
    """A subscription of the tenant: its plans, and the seats Graph counts (which may lag)."""

    sku_id: str
    part_number: str
    plan_ids: tuple[str, ...]
    free_seats: int
    for_users: bool = True
    assignable_units: int = 0
    """Bought, and enabled or in their grace period."""
    consumed_units: int = 0
    capability_status: str = "Enabled"

    @property
    def name(self) -> str:
        """The product's name, or the part number of one that the shipped list does not know."""
        return PRODUCTS.get(self.sku_id, self.part_number)

    @property
    def label(self) -> str:
        """The product's name and the part number together."""
        return (
            self.part_number
            if self.name == self.part_number
            else f"{self.name} ({self.part_number})"
        )

    def is_called(self, name: str) -> bool:
        """Whether this is its part number or its product's exact name, in any case."""
        asked = " ".join(name.split()).casefold()
        return asked in {one.casefold() for one in (self.part_number, self.name, self.label)}

    @property
    def is_suspended(self) -> bool:
        """Whether the subscription is not paid for: nobody can be given a seat of it.

        Source: Microsoft "subscribedSku resource type", capabilityStatus.
        """
        return self.capability_status in {"Suspended", "LockedOut", "Deleted"}

    @property
    def is_deleted(self) -> bool:
        """Whether nobody can pay for it any more, and what hung on it may be gone.

        Source: Microsoft "assignedPlan resource type", capabilityStatus.
        """
        return self.capability_status == "Deleted"

    @property
    def size(self) -> MailboxSize | None:
        """The largest mailbox that it gives; None if it gives none."""
        return max((SIZES[plan] for plan in self.mailbox_plans), default=None)

    @property
    def mailbox_plans(self) -> frozenset[str]:
        """The plans of this SKU that give a mailbox."""
        return MAILBOX_PLANS.intersection(self.plan_ids)


def carries_mailbox(license_: AssignedLicense, skus: tuple[Sku, ...]) -> bool:
    """Whether this licence, with its disabled plans, gives a mailbox in this tenant."""
    sku = find(license_.sku_id, skus)
    return sku is not None and bool(sku.mailbox_plans.difference(license_.disabled_plans))


def deleted_with_mailbox(person: Person, skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The names of the licences that the mailbox hangs on, where all their subscriptions are gone.

    With one beside them that is not deleted, the mailbox does not hang on them: none.
    """
    found = _with_mailbox(person, skus)
    return tuple(sku.label for sku in found) if all(sku.is_deleted for sku in found) else ()


def unpaid_with_mailbox(person: Person, skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The names of the licences that the mailbox hangs on, where none of them is paid for."""
    found = _with_mailbox(person, skus)
    return tuple(sku.label for sku in found) if all(sku.is_suspended for sku in found) else ()


def _with_mailbox(person: Person, skus: tuple[Sku, ...]) -> list[Sku]:
    carrying = (item for item in person.licenses if carries_mailbox(item, skus))
    return [sku for item in carrying if (sku := find(item.sku_id, skus)) is not None]


def carries_exchange(license_: AssignedLicense, skus: tuple[Sku, ...]) -> bool:
    """Whether this licence, with its disabled plans, gives a mailbox or an archive."""
    sku = find(license_.sku_id, skus)
    return sku is not None and bool(
        EXCHANGE_PLANS.intersection(sku.plan_ids).difference(license_.disabled_plans)
    )


def carries_archive(license_: AssignedLicense, skus: tuple[Sku, ...]) -> bool:
    """Whether this licence, with its disabled plans, gives an archive; Plan 2 has one of its own.

    Source: Microsoft "Exchange Online Archiving service description".
    """
    sku = find(license_.sku_id, skus)
    if sku is None:
        return False
    plans = set(sku.plan_ids).difference(license_.disabled_plans)
    return bool(plans & ARCHIVE_PLANS) or any(
        SIZES.get(plan) is MailboxSize.ENTERPRISE for plan in plans
    )


def own_plans(sku_id: str, plans: set[str], skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """Those of the plans that this SKU has: Graph refuses to switch off any other in it."""
    sku = find(sku_id, skus)
    return tuple(sorted(plans.intersection(sku.plan_ids))) if sku else ()


def sells_archives(skus: tuple[Sku, ...]) -> bool:
    """Whether the tenant has a licence that carries an archive and no mailbox."""
    licenses = (AssignedLicense(sku.sku_id) for sku in skus if not sku.mailbox_plans)
    return any(carries_archive(license_, skus) for license_ in licenses)


def size_of(licenses: Iterable[AssignedLicense], skus: tuple[Sku, ...]) -> MailboxSize | None:
    """The largest mailbox that these licences give; None if they give none."""
    sizes = []
    for license_ in licenses:
        sku = find(license_.sku_id, skus)
        plans = sku.mailbox_plans.difference(license_.disabled_plans) if sku else ()
        sizes += [SIZES[plan] for plan in plans]
    return max(sizes, default=None)


def has_mailbox_plan(person: Person, skus: tuple[Sku, ...]) -> bool:
    """Whether a licence of the person carries a mailbox.

    Assigned licences say what was decided and are believed first. A SKU that the tenant no longer
    lists can only be judged by the plans Graph shows on the user; those of a deleted one are of
    before the deletion, and nothing comes back with a SKU that is gone.
    """
    if any(carries_mailbox(license_, skus) for license_ in person.licenses):
        return True
    unlisted = not person.is_deleted and bool(unlisted_of(person, skus))
    return unlisted and bool(MAILBOX_PLANS.intersection(person.enabled_plans))


def is_unlisted(license_: AssignedLicense, skus: tuple[Sku, ...]) -> bool:
    """Whether the tenant does not list the licence, so that it may carry a mailbox."""
    return license_.sku_id != CROSS_TENANT_MIGRATION and find(license_.sku_id, skus) is None


def unlisted_of(person: Person, skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The SKUs of the person that the tenant does not list, and that may carry a mailbox."""
    return tuple(item.sku_id for item in person.licenses if is_unlisted(item, skus))


def switch_on_mailbox(license_: AssignedLicense, skus: tuple[Sku, ...]) -> AssignedLicense:
    """The same licence with its mailbox plans on and every other disabled plan left as it was."""
    sku = find(license_.sku_id, skus)
    plans = sku.mailbox_plans if sku else frozenset()
    kept = tuple(plan for plan in license_.disabled_plans if plan not in plans)
    return AssignedLicense(license_.sku_id, kept)


def is_as_wanted(person: Person, wanted: tuple[AssignedLicense, ...]) -> bool:
    """Whether every wanted licence is on the user with no wanted plan switched off."""
    present = {license_.sku_id: set(license_.disabled_plans) for license_ in person.licenses}
    return all(
        license_.sku_id in present and present[license_.sku_id] <= set(license_.disabled_plans)
        for license_ in wanted
    )


def find(sku_id: str, skus: tuple[Sku, ...]) -> Sku | None:
    """The SKU for users of this id, if the tenant lists it."""
    return next((sku for sku in skus if sku.sku_id == sku_id and sku.for_users), None)


def names_of(licenses: Iterable[AssignedLicense], skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The names of these licences; the id where the tenant does not list one."""
    return labels_of((license_.sku_id for license_ in licenses), skus)


def labels_of(sku_ids: Iterable[str], skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The labels of these SKUs; the id where the tenant does not list one."""
    by_id = {sku.sku_id: sku.label for sku in skus}
    return tuple(by_id.get(sku_id, sku_id) for sku_id in sku_ids)
