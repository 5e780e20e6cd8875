"""Make the finding that explains why there is no licence to give, one for each reason."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.findings.finding import Finding, block
from shared.domain.licensing.chosen import Doubt, NoLicense, NoLicenseReason
from shared.domain.licensing.group_trouble import GroupTrouble, group_trouble, state_of
from shared.domain.licensing.groups import Group, group_named
from shared.domain.licensing.near_names import near_names
from shared.domain.licensing.offer import Offer
from shared.domain.licensing.products import PRODUCTS
from shared.domain.licensing.skus import labels_of
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.text import Text, text
from shared.domain.values.ids import is_guid
from shared.domain.values.json_values import instant


@dataclass(frozen=True, slots=True)
class Refusing:
    """All that bears on why there is no licence; `lost_at` is when the licence may have gone."""

    person: Person
    offer: Offer
    groups: tuple[Group, ...] = ()
    lost_at: datetime | None = None


def no_license(refused: NoLicense, about: Refusing) -> tuple[Finding, ...]:
    """The finding; none where a group would give the licence if a seat came free."""
    found = _finding(refused, about)
    return () if found is None else (found,)


def _finding(refused: NoLicense, about: Refusing) -> Finding | None:
    match refused.reason:
        case NoLicenseReason.FROM_GROUP:
            return _from_group(refused, about)
        case NoLicenseReason.UNKNOWN:
            return _unknown(refused, about)
        case NoLicenseReason.NOT_ALLOWED:
            names = labels_of(refused.sku_ids, about.offer.skus)
            return block(Code.LICENSE_NOT_ALLOWED, licenses=names)
        case NoLicenseReason.NOT_IN_TENANT:
            return _not_in_tenant(refused.what, about)
        case NoLicenseReason.WITHOUT_MAILBOX:
            names = labels_of(refused.sku_ids, about.offer.skus)
            return block(Code.LICENSE_WITHOUT_MAILBOX, licenses=names)


def _not_in_tenant(what: str, about: Refusing) -> Finding:
    name = f"{PRODUCTS[what]} ({what})" if what in PRODUCTS else what
    choices = tuple(sku.label for sku in about.offer.choices)
    near = () if is_guid(what) else near_names(what, about.offer.choices)
    if near:
        return block(Code.LICENSE_NOT_IN_TENANT, "near", license=name, near=near, licenses=choices)
    if choices:
        return block(Code.LICENSE_NOT_IN_TENANT, "choices", license=name, licenses=choices)
    return block(Code.LICENSE_NOT_IN_TENANT, license=name)


def _unknown(refused: NoLicense, about: Refusing) -> Finding:
    names = labels_of(refused.sku_ids, about.offer.skus)
    if refused.fits_several:
        return block(Code.LICENSE_UNKNOWN, "several", name=refused.what, licenses=names)
    if refused.doubt is not None:
        return doubted(refused.doubt, about)
    user = about.person.user_principal_name
    if refused.origin_unknown:
        return block(Code.LICENSE_UNKNOWN, "origin", user=user, licenses=names)
    if names:
        return block(Code.LICENSE_UNKNOWN, "switched-off", user=user, licenses=names)
    deleted_at, lost_at = about.person.deleted_at, about.lost_at
    if deleted_at is not None and lost_at is not None and lost_at < deleted_at:
        return block(
            Code.LICENSE_UNKNOWN,
            "then-deleted",
            user=user,
            changed=instant(lost_at),
            deleted=instant(deleted_at),
            choices=_choices(about),
        )
    return _by_choices(about)


def _by_choices(about: Refusing) -> Finding:
    choices = tuple(sku.label for sku in about.offer.choices)
    if choices:
        return block(Code.LICENSE_UNKNOWN, "choices", licenses=choices)
    return block(Code.LICENSE_UNKNOWN, "no-choice")


def doubted(doubt: Doubt, about: Refusing) -> Finding:
    """Why none was inferred, though one may be known."""
    user, choices = about.person.user_principal_name, _choices(about)
    match doubt:
        case Doubt.MOVED:
            return block(Code.LICENSE_UNKNOWN, "moved", user=user, choices=choices)
        case Doubt.ON_PREMISES:
            return block(Code.LICENSE_UNKNOWN, "on-premises", user=user)
        case Doubt.PURPOSE:
            return block(Code.LICENSE_UNKNOWN, "purpose", user=user, choices=choices)
        case Doubt.PURPOSE_UNSAID:
            return block(Code.LICENSE_UNKNOWN, "purpose-unsaid", user=user, choices=choices)
        case Doubt.NEW:
            created = about.person.created_at
            return (
                _by_choices(about)
                if created is None
                else block(
                    Code.LICENSE_UNKNOWN,
                    "new",
                    user=user,
                    created=instant(created),
                    choices=choices,
                )
            )


def _choices(about: Refusing) -> Text:
    """The licences that the caller may name for this person, as a text."""
    names = tuple(sku.label for sku in about.offer.choices)
    return text("choices", "some", licenses=names) if names else text("choices", "none")


def wanted_seat_of(refused: NoLicense, about: Refusing) -> Group | None:
    """The group that would give the licence if a seat came free; None: that is not all."""
    if refused.reason is not NoLicenseReason.FROM_GROUP or not refused.group_ids:
        return None
    group = group_named(refused.group_ids[0], about.groups)
    trouble = group_trouble(about.person, refused.sku_ids[0], group, about.offer.skus)
    return group if trouble is GroupTrouble.SEAT else None


def _from_group(refused: NoLicense, about: Refusing) -> Finding | None:
    """The licence is a group's: what to do depends on why the group does not give it.

    The log says that group-based licensing took a licence away, and not for which group.
    """
    if not refused.group_ids:
        names = labels_of(refused.sku_ids, about.offer.skus)
        if about.person.is_deleted:
            return block(Code.LICENSE_FROM_GROUP, "unnamed-deleted", licenses=names)
        return block(Code.LICENSE_FROM_GROUP, "unnamed", licenses=names)
    group, sku_id = group_named(refused.group_ids[0], about.groups), refused.sku_ids[0]
    trouble = group_trouble(about.person, sku_id, group, about.offer.skus)
    return not_given(trouble, group, about.person, sku_id)


def not_given(  # noqa: C901, PLR0911, PLR0912 - a table
    trouble: GroupTrouble, group: Group, person: Person, sku_id: str
) -> Finding | None:
    """Why this group does not give this SKU to the person; None where it lacks but a seat."""
    name = group.text
    match trouble:
        case GroupTrouble.SEAT:
            return None
        case GroupTrouble.UNKNOWN:
            return block(Code.LICENSE_FROM_GROUP, group=name)
        case GroupTrouble.ACTIVE if person.is_deleted:
            return block(Code.LICENSE_FROM_GROUP, "user-deleted", group=name)
        case GroupTrouble.ACTIVE:
            return block(Code.LICENSE_FROM_GROUP, "active", group=name)
        case GroupTrouble.DELETED:
            return block(Code.LICENSE_FROM_GROUP, "deleted", group=name)
        case GroupTrouble.GONE:
            return block(Code.LICENSE_FROM_GROUP, "gone", group=name)
        case GroupTrouble.UNLICENSED if group.members is not None:
            count = group.members
            return block(Code.LICENSE_FROM_GROUP, "unlicensed", group=name, count=count)
        case GroupTrouble.UNLICENSED:
            return block(Code.LICENSE_FROM_GROUP, "unlicensed-uncounted", group=name)
        case GroupTrouble.DYNAMIC:
            return block(Code.LICENSE_FROM_GROUP, "dynamic", group=name, rule=group.rule or "")
        case GroupTrouble.NESTED:
            return block(Code.LICENSE_FROM_GROUP, "nested", group=name)
        case GroupTrouble.NOT_MEMBER:
            return block(Code.LICENSE_FROM_GROUP, "not-member", group=name)
        case GroupTrouble.SWITCHED_OFF:
            return block(Code.LICENSE_FROM_GROUP, "switched-off", group=name)
        case GroupTrouble.CONFLICT:
            return block(Code.LICENSE_FROM_GROUP, "conflict", group=name)
        case GroupTrouble.MISSING_PLAN:
            return block(Code.LICENSE_FROM_GROUP, "missing-plan", group=name)
        case GroupTrouble.LOCATION:
            return block(Code.LICENSE_FROM_GROUP, "location", group=name)
        case GroupTrouble.ADDRESS:
            return block(Code.LICENSE_FROM_GROUP, "address", group=name)
        case GroupTrouble.ERROR:
            state = state_of(person, sku_id, group.id)
            error = (state.error if state is not None else None) or ""
            return block(Code.LICENSE_FROM_GROUP, "error", group=name, error=error)
