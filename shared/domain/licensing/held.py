"""Describe a licence somebody has or had: assigned directly, by a group, or unknown.

And whether any of them carries a mailbox now, which the person's own plans say, not the SKU's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.licensing.exchange_plans import MAILBOX_PLANS
from shared.domain.licensing.meant_removals import CROSS_TENANT_MIGRATION
from shared.domain.licensing.skus import Sku, carries_mailbox
from shared.domain.person import AssignedLicense, LicenseState, Person


class Origin(StrEnum):
    """The ways in which a licence can come to a person."""

    DIRECT = "direct"
    GROUP = "group"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HeldLicense:
    """A SKU on a person, the plans switched off in it, and where it came from."""

    sku_id: str
    disabled_plans: tuple[str, ...] = ()
    origin: Origin = Origin.UNKNOWN
    group_ids: tuple[str, ...] = ()
    """The groups that give it, if it comes from groups alone."""

    @property
    def license(self) -> AssignedLicense:
        """The licence itself, as it would be assigned."""
        return AssignedLicense(self.sku_id, self.disabled_plans)


@dataclass(frozen=True, slots=True)
class LostLicense:
    """A licence that went, or lost a plan in it, after `after` and no later than `by`."""

    license: HeldLicense
    after: datetime
    by: datetime


class MailboxPlan(StrEnum):
    """Whether a person has a plan that carries a mailbox."""

    ENABLED = "enabled"
    SUSPENDED = "suspended"
    """There, and not to be worked with since the subscription lapsed: nothing is lost."""
    PERHAPS = "perhaps"
    """A licence that the tenant does not list, whose plans do not show."""
    NONE = "none"

    @property
    def is_there(self) -> bool | None:
        """Whether the mailbox is kept by a plan; None: nobody can tell."""
        if self is MailboxPlan.PERHAPS:
            return None
        return self is not MailboxPlan.NONE


def held_licenses(
    licenses: Iterable[AssignedLicense], states: Iterable[LicenseState]
) -> tuple[HeldLicense, ...]:
    """The licences with their origin, by SKU id.

    A SKU that comes from a group and directly as well is direct: it was given by hand. Without a
    `licenseAssignmentStates` row its origin is unknown.
    """
    rows = tuple(states)
    held = (_held(item, [one for one in rows if one.sku_id == item.sku_id]) for item in licenses)
    return tuple(sorted(held, key=lambda one: one.sku_id))


def mailbox_plan(person: Person, skus: tuple[Sku, ...]) -> MailboxPlan:
    """Whether the person has a plan that carries a mailbox, by licences and by plans.

    A licence says what was decided, the plan's status what the person has of it: a plan that does
    not show yet is believed by its licence, one that is shown as suspended is suspended. A SKU
    that the tenant does not list is judged by the plans alone.
    """
    best = MailboxPlan.NONE
    for license_ in person.licenses:
        found = plan_of(license_, person, skus)
        if found is MailboxPlan.ENABLED:
            return found
        best = min(best, found, key=_ORDER.index)
    return best


_ORDER = tuple(MailboxPlan)


def plan_of(license_: AssignedLicense, person: Person, skus: tuple[Sku, ...]) -> MailboxPlan:
    """What one licence of the person does for the mailbox."""
    sku = next((one for one in skus if one.sku_id == license_.sku_id), None)
    if sku is None and license_.sku_id == CROSS_TENANT_MIGRATION:
        return MailboxPlan.NONE
    if sku is not None and not carries_mailbox(license_, skus):
        return MailboxPlan.NONE
    plans = MAILBOX_PLANS if sku is None else sku.mailbox_plans.difference(license_.disabled_plans)
    shown = {plan.status for plan in person.plans if plan.plan_id in plans}
    if any(plan.is_working for plan in person.plans if plan.plan_id in plans):
        return MailboxPlan.ENABLED
    if shown & {"Suspended", "LockedOut"}:
        return MailboxPlan.SUSPENDED
    return MailboxPlan.PERHAPS if sku is None else MailboxPlan.ENABLED


def _held(license_: AssignedLicense, states: list[LicenseState]) -> HeldLicense:
    groups = tuple(dict.fromkeys(one.group_id for one in states if one.group_id is not None))
    if any(one.group_id is None for one in states):
        origin, groups = Origin.DIRECT, ()
    else:
        origin = Origin.GROUP if groups else Origin.UNKNOWN
    plans = tuple(sorted(license_.disabled_plans))
    return HeldLicense(license_.sku_id, plans, origin, groups)
