"""Make the findings about licences that block nothing: choice, seats, plans, location."""

from collections.abc import Iterable, Iterator

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, warn
from shared.domain.licensing.chosen import ChosenLicenses, LeftOutReason
from shared.domain.licensing.exchange_plans import MailboxSize
from shared.domain.licensing.known import KnownLicenses, LicenseSource, lost_of
from shared.domain.licensing.offer import Offer
from shared.domain.licensing.skus import Sku, find, labels_of, names_of, size_of
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.requests.request import LicenseChoice


def left_out(chosen: ChosenLicenses, skus: tuple[Sku, ...]) -> list[Finding]:
    """The licences of the same loss that are not given back, one finding for each reason."""
    found = []
    for reason in LeftOutReason:
        names = labels_of((one.sku_id for one in chosen.left_out if one.reason is reason), skus)
        if names:
            found.append(_left_out_for(reason, names))
    return found


def _left_out_for(reason: LeftOutReason, names: tuple[str, ...]) -> Finding:
    match reason:
        case LeftOutReason.NO_EXCHANGE:
            return warn(FindingCode.LICENSE_LEFT_OUT, "no-exchange", licenses=names)
        case LeftOutReason.FROM_GROUP:
            return warn(FindingCode.LICENSE_LEFT_OUT, "of-group", licenses=names)
        case LeftOutReason.ORIGIN_UNKNOWN:
            return warn(FindingCode.LICENSE_LEFT_OUT, "origin-unknown", licenses=names)
        case LeftOutReason.NOT_IN_TENANT:
            return warn(FindingCode.LICENSE_LEFT_OUT, "not-in-tenant", licenses=names)


def license_not_used(named: LicenseChoice | None) -> Finding | None:
    """A licence was named, and none is assigned: the user's own comes back with it."""
    return warn(FindingCode.LICENSE_NOT_USED) if named is not None else None


def plans_not_used(
    named: LicenseChoice | None, chosen: ChosenLicenses, skus: tuple[Sku, ...]
) -> Finding | None:
    """A plan to be left off is in none of the SKUs."""
    if named is None:
        return None
    wanted = {license_.sku_id for license_ in chosen.licenses}
    known = {plan for sku in skus if sku.sku_id in wanted for plan in sku.plan_ids}
    unknown = tuple(sorted(set(named.disabled_plans) - known))
    if not unknown:
        return None
    licenses = names_of(chosen.licenses, skus)
    return warn(FindingCode.PLAN_NOT_IN_SKU, plans=unknown, licenses=licenses)


def smaller(
    chosen: ChosenLicenses, person: Person, known: tuple[KnownLicenses, ...], offer: Offer
) -> Finding | None:
    """The mailbox will be smaller than it was, or may be: its quota stays small from then on."""
    size = size_of(chosen.licenses, offer.skus)
    if size is None or chosen.source not in {LicenseSource.DEFAULT, LicenseSource.NAMED}:
        return None
    names = names_of(chosen.licenses, offer.skus)
    lost = [item.license for source in known for item in lost_of(source, person)]
    lost_size = size_of(lost, offer.skus)
    others = offer.with_seats(above=size)
    if lost_size is not None:
        larger = [item for item in lost if (size_of((item,), offer.skus) or size) > size]
        was = names_of(dict.fromkeys(larger), offer.skus)
        return None if lost_size <= size else _smaller_than(names, was, others)
    if chosen.source is LicenseSource.NAMED or size is MailboxSize.ENTERPRISE:
        return None
    if others:
        return warn(FindingCode.LICENSE_SMALLER, "unknown", licenses=names, others=others)
    return warn(FindingCode.LICENSE_SMALLER, "unknown-alone", licenses=names)


def _smaller_than(names: tuple[str, ...], was: tuple[str, ...], others: tuple[str, ...]) -> Finding:
    if others:
        return warn(FindingCode.LICENSE_SMALLER, licenses=names, lost=was, others=others)
    return warn(FindingCode.LICENSE_SMALLER, "alone", licenses=names, lost=was)


def seats(chosen: ChosenLicenses, person: Person, offer: Offer) -> list[Finding]:
    """The finding about free seats, by counts that may lag; Graph's own answer decides."""
    held = {item.sku_id for item in person.licenses}
    skus = [sku for item in chosen.licenses if (sku := find(item.sku_id, offer.skus))]
    wanted = [sku for sku in skus if sku.sku_id not in held]
    carrying = [sku for sku in skus if sku.mailbox_plans]
    others = offer.with_seats(besides=(sku.sku_id for sku in skus))
    found = suspended((sku.sku_id for sku in skus), offer, others)
    full = [sku for sku in wanted if sku.free_seats <= 0 and not sku.is_suspended]
    add_ons = full if _has_room(carrying, wanted) else [one for one in full if one not in carrying]
    waited = tuple(sku.label for sku in full if sku not in add_ons)
    if waited and others:
        found.append(warn(FindingCode.NO_FREE_SEAT, "others", licenses=waited, others=others))
    elif waited:
        found.append(warn(FindingCode.NO_FREE_SEAT, licenses=waited))
    if add_ons:
        names = tuple(sku.label for sku in add_ons)
        found.append(warn(FindingCode.NO_FREE_SEAT, "add-on", licenses=names))
    return found


def _has_room(carrying: list[Sku], wanted: list[Sku]) -> bool:
    """Whether one that carries the mailbox can be given now."""
    return any(sku not in wanted or sku.free_seats > 0 for sku in carrying)


def seats_overdrawn(person: Person, offer: Offer) -> list[Finding]:
    """A deleted user takes its licences along when it comes back, even where no seat is free.

    Source: Microsoft Entra docs "Restore or remove a recently deleted user".
    """
    skus = [sku for item in person.licenses if (sku := find(item.sku_id, offer.skus))]
    others = offer.with_seats(besides=(sku.sku_id for sku in skus))
    found = suspended((sku.sku_id for sku in skus if sku.mailbox_plans), offer, others)
    full = tuple(sku.label for sku in skus if sku.free_seats <= 0 and not sku.is_suspended)
    if full:
        found.append(warn(FindingCode.SEATS_OVERDRAWN, licenses=full))
    return found


def suspended(sku_ids: Iterable[str], offer: Offer, others: tuple[str, ...]) -> list[Finding]:
    """Subscriptions that are not paid for: the cause, and what else has seats."""
    found = (find(sku_id, offer.skus) for sku_id in dict.fromkeys(sku_ids))
    skus = [sku for sku in found if sku is not None and sku.is_suspended]
    return [
        *unpaid(tuple(sku.label for sku in skus if not sku.is_deleted), others),
        *deleted(tuple(sku.label for sku in skus if sku.is_deleted), others),
    ]


def unpaid(names: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Finding]:
    """The tenant's subscriptions of these names are not paid for."""
    if names and others:
        yield warn(FindingCode.SUBSCRIPTION_SUSPENDED, licenses=names, others=others)
    elif names:
        yield warn(FindingCode.SUBSCRIPTION_SUSPENDED, "alone", licenses=names)


def unpaid_of_person(
    person: Person, names: tuple[str, ...], others: tuple[str, ...]
) -> Iterator[Finding]:
    """The licences of these names show as not paid for with this person, and not in the tenant."""
    user = person.user_principal_name
    if names and others:
        yield warn(
            FindingCode.SUBSCRIPTION_SUSPENDED, "person", user=user, licenses=names, others=others
        )
    elif names:
        yield warn(FindingCode.SUBSCRIPTION_SUSPENDED, "person-alone", user=user, licenses=names)


def deleted(names: tuple[str, ...], others: tuple[str, ...]) -> Iterator[Finding]:
    """The subscriptions of these names are gone, and what hung on them may be gone, too."""
    if names and others:
        yield warn(FindingCode.SUBSCRIPTION_SUSPENDED, "deleted", licenses=names, others=others)
    elif names:
        yield warn(FindingCode.SUBSCRIPTION_SUSPENDED, "deleted-alone", licenses=names)


def unlisted(person: Person, skus: tuple[Sku, ...]) -> Finding | None:
    """A deleted user's licence that the tenant does not have any more comes back with it."""
    known = {sku.sku_id for sku in skus}
    gone = [item.sku_id for item in person.licenses if item.sku_id not in known]
    names = labels_of(gone, skus)
    return warn(FindingCode.LICENSE_LEFT_OUT, "not-in-tenant", licenses=names) if names else None


def usage_location(person: Person) -> tuple[Finding, ...]:
    """Graph refuses a direct licence for a user without a usage location."""
    if person.usage_location:
        return ()
    user = person.user_principal_name
    if person.is_deleted:
        # Nobody can set it before the user is back.
        return (block(Code.USAGE_LOCATION_MISSING, "deleted", user=user),)
    return (block(Code.USAGE_LOCATION_MISSING, user=user),)
