"""Which licence to put back."""

from dataclasses import dataclass
from enum import StrEnum

from shared.domain.licensing.skus import Sku, carries_mailbox, find, names_of, switch_on_mailbox
from shared.domain.person import AssignedLicense, Person
from shared.domain.request import LicenseChoice


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
    sku = find(sku_id, skus)
    return tuple(sorted(disabled.intersection(sku.plan_ids))) if sku else ()


def _checked(
    chosen: tuple[AssignedLicense, ...], source: LicenseSource, skus: tuple[Sku, ...]
) -> ChosenLicenses | NoLicense:
    for license_ in chosen:
        if find(license_.sku_id, skus) is None:
            return NoLicense(NoLicenseReason.NOT_IN_TENANT, license_.sku_id)
    if not any(carries_mailbox(license_, skus) for license_ in chosen):
        return NoLicense(NoLicenseReason.WITHOUT_MAILBOX, ", ".join(names_of(chosen, skus)))
    return ChosenLicenses(chosen, source)


def _switched_off(person: Person, skus: tuple[Sku, ...]) -> AssignedLicense | None:
    from_group = {state.sku_id for state in person.license_states if state.group_id}
    for license_ in person.licenses:
        sku = find(license_.sku_id, skus)
        if sku and sku.mailbox_plans and license_.sku_id not in from_group:
            return switch_on_mailbox(license_, skus)
    return None


def _blocked_group(person: Person, skus: tuple[Sku, ...]) -> str | None:
    """The group whose licence should carry a mailbox for this person, and does not."""
    for state in person.license_states:
        sku = find(state.sku_id, skus)
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
        if (sku := find(license_.sku_id, skus)) is not None and sku.mailbox_plans
    ]
    direct = tuple(license_ for license_ in carrying if license_.sku_id not in groups)
    if direct:
        return ChosenLicenses(direct[:1], knowledge.source)
    if carrying:
        return NoLicense(NoLicenseReason.FROM_GROUP, groups[carrying[0].sku_id])
    if knowledge.licenses and all(find(item.sku_id, skus) is None for item in knowledge.licenses):
        return NoLicense(NoLicenseReason.NOT_IN_TENANT, knowledge.licenses[0].sku_id)
    return None
