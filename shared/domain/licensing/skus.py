"""A SKU of the tenant: its plans, its seats, whether it gives a mailbox.

SKUs are always the tenant's own (`/subscribedSkus`): there are dozens of variants of every product
and a shipped table would be wrong the week it is printed. What a SKU is worth is decided by its
service plans.
"""

from dataclasses import dataclass

from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
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
    def mailbox_plans(self) -> frozenset[str]:
        """The plans of this SKU that give a mailbox."""
        return MAILBOX_PLANS.intersection(self.plan_ids)


def carries_mailbox(license_: AssignedLicense, skus: tuple[Sku, ...]) -> bool:
    """Whether this licence, with its disabled plans, gives a mailbox in this tenant."""
    sku = find(license_.sku_id, skus)
    return sku is not None and bool(sku.mailbox_plans.difference(license_.disabled_plans))


def has_mailbox_plan(person: Person, skus: tuple[Sku, ...]) -> bool:
    """Whether a licence of the person carries a mailbox.

    Assigned licences say what was decided and are believed first. A SKU that the tenant no longer
    lists can only be judged by the plans Graph shows on the user.
    """
    if any(carries_mailbox(license_, skus) for license_ in person.licenses):
        return True
    unlisted = any(find(license_.sku_id, skus) is None for license_ in person.licenses)
    return unlisted and bool(MAILBOX_PLANS.intersection(person.enabled_plans))


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


def names_of(licenses: tuple[AssignedLicense, ...], skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The part numbers of these licences; the id of one that the tenant does not list."""
    return tuple(_part_number(license_.sku_id, skus) for license_ in licenses)


def _part_number(sku_id: str, skus: tuple[Sku, ...]) -> str:
    sku = find(sku_id, skus)
    return sku.part_number if sku else sku_id
