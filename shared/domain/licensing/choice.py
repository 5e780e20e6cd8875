"""Choose the licences to put back: as named, else those lost, else the setting; never a guess."""

from shared.domain.licensing.chosen import (
    Choice,
    ChosenLicenses,
    LeftOut,
    LeftOutReason,
    LicenseQuestion,
    NoLicense,
    NoLicenseReason,
)
from shared.domain.licensing.exchange_plans import EXCHANGE_PLANS
from shared.domain.licensing.held import HeldLicense, Origin, held_licenses
from shared.domain.licensing.known import KnownLicenses, LicenseSource, lost_of, seen_with
from shared.domain.licensing.skus import (
    Sku,
    carries_archive,
    carries_exchange,
    carries_mailbox,
    find,
    has_mailbox_plan,
    own_plans,
    switch_on_mailbox,
    unlisted_of,
)
from shared.domain.person import AssignedLicense, Person
from shared.domain.requests.request import LicenseChoice


def choose_licenses(question: LicenseQuestion) -> Choice:
    """The licences that bring the mailbox back, or why there are none.

    Named by the caller; else every direct one of the loss that carries a mailbox or an archive;
    else the one on the user with its Exchange plan switched off; else, for active people, the
    setting. A direct licence known to be lost comes before a group that grants one without a
    mailbox now.
    """
    named = question.named
    if named is not None and not named.all_lost:
        return _named(named, question)
    doubt = question.doubt
    if named is None and doubt is not None and doubt.hides_all:
        return NoLicense(NoLicenseReason.UNKNOWN, doubt=doubt)
    lost = _of_the_loss(question)
    if isinstance(lost, ChosenLicenses):
        return lost
    return (
        _switched_off(question)
        or _from_group_now(question)
        or lost
        or _unlisted(question)
        or _default(question)
    )


def _named(choice: LicenseChoice, question: LicenseQuestion) -> Choice:
    skus = question.skus
    ids = list(choice.sku_ids)
    for name in choice.sku_part_numbers:
        fitting = [sku for sku in skus if sku.for_users and sku.is_called(name)]
        if not fitting:
            return NoLicense(NoLicenseReason.NOT_IN_TENANT, name)
        if len(fitting) > 1:
            several = tuple(sku.sku_id for sku in fitting)
            return NoLicense(NoLicenseReason.UNKNOWN, name, several, fits_several=True)
        ids.append(fitting[0].sku_id)
    present = {license_.sku_id: license_ for license_ in question.person.licenses}
    disabled = set(choice.disabled_plans)
    chosen = tuple(
        # A SKU that is there keeps the plans it has off, unless the caller says which shall be.
        switch_on_mailbox(present[sku_id], skus)
        if sku_id in present and not disabled
        else AssignedLicense(sku_id, own_plans(sku_id, disabled, skus))
        for sku_id in dict.fromkeys(ids)
    )
    checked = (
        ChosenLicenses(chosen, LicenseSource.NAMED)
        if _adds_archive(chosen, question)
        else _checked(chosen, LicenseSource.NAMED, skus)
    )
    seen = seen_with(question.person, question.known)
    barred = tuple(sku_id for sku_id in ids if not question.rights.may_name(sku_id, seen))
    if barred and isinstance(checked, ChosenLicenses):
        return NoLicense(NoLicenseReason.NOT_ALLOWED, sku_ids=tuple(dict.fromkeys(barred)))
    return checked


def _adds_archive(chosen: tuple[AssignedLicense, ...], question: LicenseQuestion) -> bool:
    """Whether it is an archive for the mailbox of a licence that the person has."""
    skus = question.skus
    if not has_mailbox_plan(question.person, skus):
        return False
    is_listed = all(find(one.sku_id, skus) is not None for one in chosen)
    return is_listed and any(carries_archive(one, skus) for one in chosen)


def _checked(
    chosen: tuple[AssignedLicense, ...], source: LicenseSource, skus: tuple[Sku, ...]
) -> Choice:
    for license_ in chosen:
        if find(license_.sku_id, skus) is None:
            return NoLicense(NoLicenseReason.NOT_IN_TENANT, license_.sku_id)
    if not any(carries_mailbox(license_, skus) for license_ in chosen):
        sku_ids = tuple(license_.sku_id for license_ in chosen)
        return NoLicense(NoLicenseReason.WITHOUT_MAILBOX, sku_ids=sku_ids)
    return ChosenLicenses(chosen, source)


def _of_the_loss(question: LicenseQuestion) -> Choice | None:
    """By the first source that names a direct one with a mailbox; else why by the first of all."""
    found = [_by(source, question) for source in question.known]
    chosen = next((one for one in found if isinstance(one, ChosenLicenses)), None)
    return chosen or next((one for one in found if one is not None), None)


def _by(source: KnownLicenses, question: LicenseQuestion) -> Choice | None:
    lost, skus = lost_of(source, question.person), question.skus
    if not lost:
        return None
    takes_all = question.named is not None and question.named.all_lost
    listed = [one for one in lost if find(one.sku_id, skus) is not None]
    given = tuple(
        one
        for one in listed
        if one.origin is Origin.DIRECT and (takes_all or carries_exchange(one.license, skus))
    )
    if any(carries_mailbox(one.license, skus) for one in given):
        licenses = tuple(_as_it_was(one, question.person) for one in given)
        return ChosenLicenses(licenses, source.source, _left_out(lost, given, skus))
    carrying = [one for one in listed if carries_mailbox(one.license, skus)]
    of_group = next((one for one in carrying if one.origin is Origin.GROUP), None)
    if of_group is not None:
        groups = of_group.group_ids
        return NoLicense(NoLicenseReason.FROM_GROUP, sku_ids=(of_group.sku_id,), group_ids=groups)
    if carrying:
        sku_ids = tuple(one.sku_id for one in carrying)
        return NoLicense(NoLicenseReason.UNKNOWN, sku_ids=sku_ids, origin_unknown=True)
    # None of those that the tenant lists carried the mailbox: one that it lists no more did.
    unlisted = next((one for one in lost if one not in listed), None)
    return None if unlisted is None else NoLicense(NoLicenseReason.NOT_IN_TENANT, unlisted.sku_id)


def _as_it_was(one: HeldLicense, person: Person) -> AssignedLicense:
    """The licence with the plans off that were off; one that is still there keeps others off."""
    there = next((item for item in person.licenses if item.sku_id == one.sku_id), None)
    if there is None:
        return one.license
    back_on = EXCHANGE_PLANS.difference(one.disabled_plans)
    kept = tuple(plan for plan in there.disabled_plans if plan not in back_on)
    return AssignedLicense(one.sku_id, kept)


def _left_out(
    lost: tuple[HeldLicense, ...], given: tuple[HeldLicense, ...], skus: tuple[Sku, ...]
) -> tuple[LeftOut, ...]:
    kept = {one.sku_id for one in given}
    return tuple(LeftOut(one.sku_id, _why(one, skus)) for one in lost if one.sku_id not in kept)


def _why(one: HeldLicense, skus: tuple[Sku, ...]) -> LeftOutReason:
    if find(one.sku_id, skus) is None:
        return LeftOutReason.NOT_IN_TENANT
    if one.origin is Origin.GROUP:
        return LeftOutReason.FROM_GROUP
    if not carries_exchange(one.license, skus):
        return LeftOutReason.NO_EXCHANGE
    return LeftOutReason.ORIGIN_UNKNOWN


def _switched_off(question: LicenseQuestion) -> Choice | None:
    """The one SKU on the user that would carry a mailbox, were its plan not switched off."""
    held = held_licenses(question.person.licenses, question.person.license_states)
    origins = {one.sku_id: _origin(one, question) for one in held}
    off = [
        license_
        for license_ in question.person.licenses
        if origins[license_.sku_id] is not Origin.GROUP
        and _has_mailbox(license_.sku_id, question.skus)
    ]
    if not off:
        return None
    sku_ids = tuple(license_.sku_id for license_ in off)
    if len(off) > 1:
        return NoLicense(NoLicenseReason.UNKNOWN, sku_ids=sku_ids)
    if origins[off[0].sku_id] is Origin.UNKNOWN:
        return NoLicense(NoLicenseReason.UNKNOWN, sku_ids=sku_ids, origin_unknown=True)
    return ChosenLicenses((switch_on_mailbox(off[0], question.skus),), LicenseSource.PRESENT)


def _origin(license_: HeldLicense, question: LicenseQuestion) -> Origin:
    """How a licence on the user came, by this look or by what was seen before."""
    seen = (one for source in question.known for one in source.held)
    before = (one.origin for one in seen if one.sku_id == license_.sku_id)
    known = (one for one in (license_.origin, *before) if one is not Origin.UNKNOWN)
    return next(known, Origin.UNKNOWN)


def _from_group_now(question: LicenseQuestion) -> NoLicense | None:
    """The group whose licence should carry a mailbox for this person now, and does not."""
    found = [
        (state, state.group_id)
        for state in question.person.license_states
        if state.group_id is not None and _has_mailbox(state.sku_id, question.skus)
    ]
    if not found:
        return None
    state, group_id = next((one for one in found if one[0].wants_seat), found[0])
    return NoLicense(NoLicenseReason.FROM_GROUP, sku_ids=(state.sku_id,), group_ids=(group_id,))


def _unlisted(question: LicenseQuestion) -> NoLicense | None:
    """A licence on the deleted object that the tenant has no more: it may have been the one."""
    if not question.person.is_deleted:
        return None
    first = next(iter(unlisted_of(question.person, question.skus)), None)
    return None if first is None else NoLicense(NoLicenseReason.NOT_IN_TENANT, first)


def _has_mailbox(sku_id: str, skus: tuple[Sku, ...]) -> bool:
    sku = find(sku_id, skus)
    return sku is not None and bool(sku.mailbox_plans)


def _default(question: LicenseQuestion) -> Choice:
    defaults = question.rights.default_sku_ids
    is_asked = question.named is not None
    if question.person.is_deleted or is_asked or question.doubt is not None or not defaults:
        return NoLicense(NoLicenseReason.UNKNOWN, doubt=question.doubt)
    chosen = tuple(AssignedLicense(sku_id) for sku_id in defaults)
    return _checked(chosen, LicenseSource.DEFAULT, question.skus)
