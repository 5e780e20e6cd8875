"""Decide everything about the licences of one restore: which to give, and what to report.

Three situations, one function each: licences are to be given, they come back with the user, or the
person is active and nothing is to be given.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.domain.findings import license_refusals, license_warnings
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, warn
from shared.domain.licensing.chosen import ChosenLicenses, NoLicense, NoLicenseReason
from shared.domain.licensing.groups import GroupSeat
from shared.domain.licensing.held import LostLicense, MailboxPlan, mailbox_plan, plan_of
from shared.domain.licensing.known import losses_in
from shared.domain.licensing.meant_removals import was_moved
from shared.domain.licensing.skus import (
    carries_archive,
    carries_exchange,
    carries_mailbox,
    deleted_with_mailbox,
    is_as_wanted,
    labels_of,
    names_of,
    unlisted_of,
)
from shared.domain.person import AssignedLicense
from shared.domain.requests.request import RestoreKind
from shared.domain.situation import Situation
from shared.domain.values.json_values import instant


@dataclass(frozen=True, slots=True)
class LicenseAnswer:
    """The licences to give, by name, too, or the group that gives them when a seat is free."""

    chosen: ChosenLicenses | None = None
    names: tuple[str, ...] = ()
    group_seat: GroupSeat | None = None
    blocks: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = ()


def licenses_to_give(matter: Situation, lost_at: datetime | None) -> LicenseAnswer:
    """Decide which licence to give where one is needed, or why there is none."""
    chosen = matter.choose()
    meant = tuple(_meant(matter))
    if isinstance(chosen, ChosenLicenses):
        return LicenseAnswer(
            chosen,
            names_of(chosen.licenses, matter.snapshot.skus),
            blocks=license_warnings.usage_location(matter.person),
            warnings=(*meant, *_about(chosen, matter)),
        )
    about = license_refusals.Refusing(matter.person, matter.offer, matter.snapshot.groups, lost_at)
    # What comes back all the same, if anything: a group's licence, or the one to be named.
    hoped = tuple(AssignedLicense(sku_id) for sku_id in chosen.sku_ids)
    meant = (*meant, *_archive_lost(matter, hoped))
    group = license_refusals.wanted_seat_of(chosen, about)
    if group is None:
        blocks = (*license_refusals.no_license(chosen, about), *_also_no_country(chosen, matter))
        return LicenseAnswer(blocks=blocks, warnings=meant)
    names = labels_of(chosen.sku_ids, matter.snapshot.skus)
    seat = GroupSeat(group.id, group.text, chosen.sku_ids[0], names[0])
    return LicenseAnswer(names=names, group_seat=seat, warnings=(*meant, *_waits_for(seat, matter)))


def _also_no_country(chosen: NoLicense, matter: Situation) -> tuple[Finding, ...]:
    """What the same request would be refused with once it names a licence.

    For a licence that a group gives, the country of the directory counts where the user has none.
    Source: learn.microsoft.com, "Scenarios, limitations, and known issues using groups to manage
    licensing", Usage location.
    """
    if chosen.reason is NoLicenseReason.FROM_GROUP:
        return ()
    return license_warnings.usage_location(matter.person)


def licenses_coming_back(matter: Situation) -> LicenseAnswer:
    """Decide for a user who comes back from the deleted items with its own licences."""
    found = [
        license_warnings.license_not_used(matter.request.license),
        *license_warnings.seats_overdrawn(matter.person, matter.offer),
        license_warnings.unlisted(matter.person, matter.snapshot.skus),
        *(_shared_unlicensed(matter) if matter.is_shared and not matter.is_licensed else ()),
        *(_archive_lost(matter, ()) if matter.is_licensed else _moved(matter)),
    ]
    warned = tuple(item for item in found if item is not None)
    gone = _perhaps_the_mailbox(matter)
    if gone is None:
        return LicenseAnswer(warnings=warned)
    about = license_refusals.Refusing(matter.person, matter.offer)
    blocks = license_refusals.no_license(NoLicense(NoLicenseReason.NOT_IN_TENANT, gone), about)
    return LicenseAnswer(blocks=blocks, warnings=warned)


def _perhaps_the_mailbox(matter: Situation) -> str | None:
    """A licence that the tenant has no more, where the mailbox is asked for and hangs on it.

    Restored with it, the user would have no mailbox, and its clock would run on.
    """
    is_asked = matter.request.kind is RestoreKind.MAILBOX
    if not is_asked or matter.is_licensed or matter.is_shared or matter.is_outsider:
        return None
    return next(iter(unlisted_of(matter.person, matter.snapshot.skus)), None)


def is_suspended(matter: Situation) -> bool:
    """Whether the mailbox hangs on a subscription that is not paid for: nothing is lost yet."""
    return mailbox_plan(matter.person, matter.snapshot.skus) is MailboxPlan.SUSPENDED


@dataclass(frozen=True, slots=True)
class Unpaid:
    """The names of the licences that are not paid for, and of `others` that have seats.

    `by_person`: suspended with this person, though the tenant's subscription can be used.
    """

    by_subscription: tuple[str, ...]
    by_person: tuple[str, ...]
    others: tuple[str, ...]


def unpaid_licenses(matter: Situation) -> Unpaid:
    """The licences of the person that are suspended, by whether the subscription is."""
    skus, person = matter.snapshot.skus, matter.person
    unpaid = [
        item.sku_id
        for item in person.licenses
        if plan_of(item, person, skus) is MailboxPlan.SUSPENDED
    ]
    usable = {sku.sku_id for sku in skus if not sku.is_suspended}
    return Unpaid(
        labels_of((one for one in unpaid if one not in usable), skus),
        labels_of((one for one in unpaid if one in usable), skus),
        matter.offer.with_seats(besides=unpaid),
    )


def licenses_as_they_are(matter: Situation) -> LicenseAnswer:
    """Decide for an active person who is given nothing, and report what was lost or is off."""
    skus, person = matter.snapshot.skus, matter.person
    found = _suspended(matter)
    if matter.is_licensed or is_suspended(matter):
        found += _not_used(matter)
    if matter.is_licensed:
        found += _archive_lost(matter, ())
    elif matter.is_shared:
        found += _shared_unlicensed(matter)
    elif _had_mailbox(matter) and mailbox_plan(person, skus) is MailboxPlan.NONE:
        found.append(warn(FindingCode.LICENSE_MISSING, user=person.user_principal_name))
    return LicenseAnswer(warnings=tuple(found))


def _not_used(matter: Situation) -> Iterator[Finding]:
    """Only kind `license` gives a licence to somebody who has one."""
    named = matter.request.license
    if named is None or named.all_lost:
        return
    chosen = matter.choose()
    if isinstance(chosen, NoLicense) or not is_as_wanted(matter.person, chosen.licenses):
        user = matter.person.user_principal_name
        yield warn(FindingCode.LICENSE_NOT_USED, "active", user=user)


def _about(chosen: ChosenLicenses, matter: Situation) -> list[Finding]:
    skus, known, offer = matter.snapshot.skus, matter.snapshot.known, matter.offer
    found = [
        *license_warnings.left_out(chosen, skus),
        license_warnings.plans_not_used(matter.request.license, chosen, skus),
        license_warnings.smaller(chosen, matter.person, known, offer),
        *license_warnings.seats(chosen, matter.person, offer),
        *_archive_lost(matter, chosen.licenses),
    ]
    return [item for item in found if item is not None]


def _meant(matter: Situation) -> Iterator[Finding]:
    """The licence may have been taken away on purpose."""
    yield from _moved(matter)
    if matter.is_perhaps_on_premises:
        user = matter.person.user_principal_name
        yield warn(FindingCode.MAILBOX_MAY_BE_ON_PREMISES, user=user)


def _moved(matter: Situation) -> Iterator[Finding]:
    if was_moved(matter.person):
        user = matter.person.user_principal_name
        yield warn(FindingCode.MOVED_TO_ANOTHER_TENANT, user=user)


def _waits_for(seat: GroupSeat, matter: Situation) -> list[Finding]:
    others = matter.offer.with_seats(besides=(seat.sku_id,))
    return [
        *license_warnings.suspended((seat.sku_id,), matter.offer, others),
        warn(FindingCode.NO_FREE_SEAT, "group", group=seat.group, licenses=(seat.license,)),
    ]


def _suspended(matter: Situation) -> list[Finding]:
    """Licences of the person that are not paid for, or deleted, if the mailbox hangs on them."""
    if not is_suspended(matter):
        gone = deleted_with_mailbox(matter.person, matter.snapshot.skus)
        return [*license_warnings.deleted(gone, matter.offer.with_seats())]
    found = unpaid_licenses(matter)
    return [
        *license_warnings.unpaid(found.by_subscription, found.others),
        *license_warnings.unpaid_of_person(matter.person, found.by_person, found.others),
    ]


def _had_mailbox(matter: Situation) -> bool:
    skus = matter.snapshot.skus
    went = [one for source in matter.snapshot.known for one in losses_in(source, matter.person)]
    return any(carries_mailbox(one.license.license, skus) for one in went)


def _archive_lost(matter: Situation, given: tuple[AssignedLicense, ...]) -> list[Finding]:
    """An archive's own licence went and does not come back; the archive has its own 30 days."""
    skus, person = matter.snapshot.skus, matter.person
    if any(carries_archive(item, skus) for item in (*person.licenses, *given)):
        return []
    went = [
        one
        for one in _lost_licenses(matter)
        if carries_archive(one.license.license, skus)
        and not carries_mailbox(one.license.license, skus)
        and one.after + matter.policy.retention > matter.now
    ]
    if not went:
        return []
    until = min(one.after for one in went) + matter.policy.retention
    names = names_of((one.license.license for one in went), skus)
    at = instant(max(one.by for one in went))
    if person.is_deleted:
        deleted = warn(
            FindingCode.ARCHIVE_LOST, "deleted", licenses=names, at=at, until=instant(until)
        )
        return [deleted]
    return [warn(FindingCode.ARCHIVE_LOST, licenses=names, at=at, until=instant(until))]


def _shared_unlicensed(matter: Situation) -> list[Finding]:
    """A shared, room or equipment mailbox lost a licence: which, when, what needs it."""
    skus, retention = matter.snapshot.skus, matter.policy.retention
    went = [one for one in _lost_licenses(matter) if carries_exchange(one.license.license, skus)]
    if not went:
        return _shared_changed(matter)
    names = names_of((one.license.license for one in went), skus)
    until = min(one.after for one in went) + retention
    at = instant(max(one.by for one in went))
    if until <= matter.now:
        over = instant(until)
        return [warn(FindingCode.SHARED_UNLICENSED, "over", licenses=names, at=at, until=over)]
    return [warn(FindingCode.SHARED_UNLICENSED, licenses=names, at=at, until=instant(until))]


def _shared_changed(matter: Situation) -> list[Finding]:
    """The log tells that licences of such a mailbox were changed, and not which."""
    reach = matter.now - matter.policy.retention
    changed = [hint.at for hint in matter.snapshot.audit.hints if hint.at > reach]
    if not changed:
        return []
    first, until = instant(min(changed)), instant(min(changed) + matter.policy.retention)
    return [warn(FindingCode.SHARED_UNLICENSED, "perhaps", at=first, until=until)]


def _lost_licenses(matter: Situation) -> list[LostLicense]:
    """All licences that were lost and not returned, by the most trusted source that has any.

    What a deleted object does not show has gone only where such objects show licences.
    """
    person, remembered = matter.person, matter.snapshot.remembered
    is_blind = person.is_deleted and not (person.licenses or remembered.shows_deleted_licenses)
    for source in matter.snapshot.known:
        found = losses_in(source, person)
        if is_blind:
            found = tuple(one for one in found if one in source.lost)
        if found:
            return list(found)
    return []
