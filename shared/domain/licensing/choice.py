"""Which licence carries a mailbox, and which one to put back.

SKUs are always the tenant's own (`/subscribedSkus`): there are dozens of variants of every product
and a shipped table would be wrong the week it is printed. What a SKU is worth is decided by its
service plans.
"""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.person import AssignedLicense, Person
from shared.domain.request import LicenseChoice

# The service plans that give a user a mailbox. Foundation, archive and analytics plans have
# "EXCHANGE" in their names and give none, so neither a name nor `service == "exchange"` will do.
# Source: Microsoft's "Product names and service plan identifiers" table, read 2026-08.
MAILBOX_PLANS = frozenset(
    {
        "9aaf7827-d63c-4b61-89c3-182f06f82e5c",  # EXCHANGE_S_STANDARD, Plan 1
        "efb87545-963c-4e0d-99df-69c6916d9eb0",  # EXCHANGE_S_ENTERPRISE, Plan 2
        "4a82b400-a79f-41a4-b4e2-e94f5787b113",  # EXCHANGE_S_DESKLESS, Kiosk
        "1126bef5-da20-4f07-b45e-ad25d2581aa8",  # EXCHANGE_S_ESSENTIALS
        "d42bdbd6-c335-4231-ab3d-c8f348d5aff5",  # EXCHANGE_L_STANDARD
        "90927877-dcff-4af6-b346-2332c0b15bb7",  # EXCHANGE_B_STANDARD
        "fc52cc4b-ed7d-472d-bbe7-b081c23ecc56",  # EXCHANGE_S_STANDARD_MIDMARKET
        "e9b4930a-925f-45e2-ac2a-3f7788ca6fdd",  # EXCHANGE_S_STANDARD_GOV
        "8c3069c0-ccdb-44be-ab77-986203a67df2",  # EXCHANGE_S_ENTERPRISE_GOV
        "88f4d7ef-a73b-4246-8047-516022144c9f",  # EXCHANGE_S_DESKLESS_GOV
    }
)


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


class LicenseSource(StrEnum):
    """Where the knowledge of which licence comes from; stated to the caller."""

    NAMED = "named"
    """By the caller."""
    PRESENT = "switched-off"
    """On the user, with the Exchange plan switched off."""
    DELETED = "deleted-user"
    """What the deleted user had."""
    OBSERVED = "observed"
    """What the user had when last observed."""
    DEFAULT = "default"
    """The setting DEFAULT_SKU_IDS."""


@dataclass(frozen=True, slots=True)
class ChosenLicenses:
    """The licences to assign, and why these."""

    licenses: tuple[AssignedLicense, ...]
    source: LicenseSource


class NoLicenseReason(StrEnum):
    """Why there is nothing to assign; each is an outcome code."""

    UNKNOWN = "license-unknown"
    NOT_IN_TENANT = "license-not-in-tenant"
    WITHOUT_MAILBOX = "license-without-mailbox"
    FROM_GROUP = "license-from-group"


@dataclass(frozen=True, slots=True)
class NoLicense:
    """There is no licence to assign; `what` names the SKU, plan or group at fault."""

    reason: NoLicenseReason
    what: str = ""


@dataclass(frozen=True, slots=True)
class KnownLicenses:
    """What is known of a person's licences from before the loss."""

    licenses: tuple[AssignedLicense, ...]
    source: LicenseSource
    group_of_sku: tuple[tuple[str, str], ...] = ()
    """(SKU id, group id or name) for each SKU that came from a group."""


def carries_mailbox(license_: AssignedLicense, skus: tuple[Sku, ...]) -> bool:
    """Whether this licence, with its disabled plans, gives a mailbox in this tenant."""
    sku = _find(license_.sku_id, skus)
    return sku is not None and bool(sku.mailbox_plans.difference(license_.disabled_plans))


def has_mailbox_plan(person: Person, skus: tuple[Sku, ...]) -> bool:
    """Whether a licence of the person carries a mailbox.

    Assigned licences say what was decided and are believed first. A SKU that the tenant no longer
    lists can only be judged by the plans Graph shows on the user.
    """
    if any(carries_mailbox(license_, skus) for license_ in person.licenses):
        return True
    unlisted = any(_find(license_.sku_id, skus) is None for license_ in person.licenses)
    return unlisted and bool(MAILBOX_PLANS.intersection(person.enabled_plans))


def choose_licenses(
    *,
    named: LicenseChoice | None,
    person: Person,
    known: tuple[KnownLicenses, ...],
    default_sku_ids: tuple[str, ...],
    skus: tuple[Sku, ...],
) -> ChosenLicenses | NoLicense:
    """The licences that bring the mailbox back, or why there are none.

    Named by the caller; else the one on the user with its Exchange plan switched off; else what
    was known from before the loss; else the setting. Never a guess. A direct licence known to be
    lost comes before a group that grants one without a mailbox now.
    """
    if named is not None:
        return _named(named, person, skus)
    switched_off = _switched_off(person, skus)
    if switched_off is not None:
        return ChosenLicenses((switched_off,), LicenseSource.PRESENT)
    found = (_remembered(item, skus) for item in known)
    remembered = next((item for item in found if item is not None), None)
    group_id = _blocked_group(person, skus)
    if group_id is not None and not isinstance(remembered, ChosenLicenses):
        return NoLicense(NoLicenseReason.FROM_GROUP, group_id)
    if remembered is not None:
        return remembered
    if default_sku_ids:
        chosen = tuple(AssignedLicense(sku_id) for sku_id in default_sku_ids)
        return _checked(chosen, LicenseSource.DEFAULT, skus)
    return NoLicense(NoLicenseReason.UNKNOWN)


def switch_on_mailbox(license_: AssignedLicense, skus: tuple[Sku, ...]) -> AssignedLicense:
    """The same licence with its mailbox plans on and every other disabled plan left as it was."""
    sku = _find(license_.sku_id, skus)
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


def _named(
    choice: LicenseChoice, person: Person, skus: tuple[Sku, ...]
) -> ChosenLicenses | NoLicense:
    by_part = {sku.part_number.lower(): sku for sku in skus}
    missing = [part for part in choice.sku_part_numbers if part.lower() not in by_part]
    if missing:
        return NoLicense(NoLicenseReason.NOT_IN_TENANT, missing[0])
    ids = [*choice.sku_ids, *(by_part[part.lower()].sku_id for part in choice.sku_part_numbers)]
    present = {license_.sku_id: license_ for license_ in person.licenses}
    disabled = set(choice.disabled_plans)
    chosen = tuple(
        # A SKU that is there keeps the plans it has off, unless the caller says which shall be.
        switch_on_mailbox(present[sku_id], skus)
        if sku_id in present and not disabled
        else AssignedLicense(sku_id, _disabled_in(sku_id, disabled, skus))
        for sku_id in dict.fromkeys(ids)
    )
    return _checked(chosen, LicenseSource.NAMED, skus)


def _disabled_in(sku_id: str, disabled: set[str], skus: tuple[Sku, ...]) -> tuple[str, ...]:
    # Graph refuses a disabled plan that is not in the SKU, so each SKU is sent its own only.
    sku = _find(sku_id, skus)
    return tuple(sorted(disabled.intersection(sku.plan_ids))) if sku else ()


def _checked(
    chosen: tuple[AssignedLicense, ...], source: LicenseSource, skus: tuple[Sku, ...]
) -> ChosenLicenses | NoLicense:
    for license_ in chosen:
        if _find(license_.sku_id, skus) is None:
            return NoLicense(NoLicenseReason.NOT_IN_TENANT, license_.sku_id)
    if not any(carries_mailbox(license_, skus) for license_ in chosen):
        return NoLicense(NoLicenseReason.WITHOUT_MAILBOX, ", ".join(names_of(chosen, skus)))
    return ChosenLicenses(chosen, source)


def _switched_off(person: Person, skus: tuple[Sku, ...]) -> AssignedLicense | None:
    from_group = {state.sku_id for state in person.license_states if state.group_id}
    for license_ in person.licenses:
        sku = _find(license_.sku_id, skus)
        if sku and sku.mailbox_plans and license_.sku_id not in from_group:
            return switch_on_mailbox(license_, skus)
    return None


def _blocked_group(person: Person, skus: tuple[Sku, ...]) -> str | None:
    """The group whose licence should carry a mailbox for this person, and does not."""
    for state in person.license_states:
        sku = _find(state.sku_id, skus)
        if state.group_id and sku and sku.mailbox_plans:
            return state.group_id
    return None


def _remembered(
    knowledge: KnownLicenses, skus: tuple[Sku, ...]
) -> ChosenLicenses | NoLicense | None:
    groups = dict(knowledge.group_of_sku)
    carrying = [
        switch_on_mailbox(license_, skus)
        for license_ in knowledge.licenses
        if (sku := _find(license_.sku_id, skus)) is not None and sku.mailbox_plans
    ]
    direct = tuple(license_ for license_ in carrying if license_.sku_id not in groups)
    if direct:
        return ChosenLicenses(direct[:1], knowledge.source)
    if carrying:
        return NoLicense(NoLicenseReason.FROM_GROUP, groups[carrying[0].sku_id])
    if knowledge.licenses and all(_find(item.sku_id, skus) is None for item in knowledge.licenses):
        return NoLicense(NoLicenseReason.NOT_IN_TENANT, knowledge.licenses[0].sku_id)
    return None


def _find(sku_id: str, skus: tuple[Sku, ...]) -> Sku | None:
    return next((sku for sku in skus if sku.sku_id == sku_id and sku.for_users), None)


def names_of(licenses: tuple[AssignedLicense, ...], skus: tuple[Sku, ...]) -> tuple[str, ...]:
    """The part numbers of these licences; the id of one that the tenant does not list."""
    return tuple(_part_number(license_.sku_id, skus) for license_ in licenses)


def _part_number(sku_id: str, skus: tuple[Sku, ...]) -> str:
    sku = _find(sku_id, skus)
    return sku.part_number if sku else sku_id
