"""Find out why a group does not give its licence to a person, since the remedy depends on it."""

from enum import StrEnum

from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.skus import Sku, carries_mailbox, find
from shared.domain.person import AssignedLicense, LicenseState, Person


class GroupTrouble(StrEnum):
    """The reasons why a group does not give its licence."""

    UNKNOWN = "unknown"
    """Graph does not show the group."""
    ACTIVE = "active"
    """The group is there, and nothing shows why it gives nothing."""
    DELETED = "deleted"
    GONE = "gone"
    UNLICENSED = "unlicensed"
    """The group itself has lost the licence."""
    DYNAMIC = "dynamic"
    """Its members follow a rule, which the person does not fit."""
    NESTED = "nested"
    NOT_MEMBER = "not-member"
    SWITCHED_OFF = "switched-off"
    """The Exchange plan is off in the group's licence."""
    SEAT = "seat"
    CONFLICT = "conflict"
    MISSING_PLAN = "missing-plan"
    LOCATION = "location"
    ADDRESS = "address"
    ERROR = "error"
    """Graph's reason is none of these."""


# Values of `licenseAssignmentStates[].error`; any other one is told as it stands.
# Source: Microsoft "licenseAssignmentState resource type"; microsoft-graph-docs PR 3167 for
# UniquenessViolation, an address that would be taken.
_ERRORS: dict[str | None, GroupTrouble] = {
    "CountViolation": GroupTrouble.SEAT,
    "MutuallyExclusiveViolation": GroupTrouble.CONFLICT,
    "DependencyViolation": GroupTrouble.MISSING_PLAN,
    "ProhibitedInUsageLocationViolation": GroupTrouble.LOCATION,
    "UniquenessViolation": GroupTrouble.ADDRESS,
}
_NO_ERROR = {None, "", "None"}


def group_trouble(person: Person, sku_id: str, group: Group, skus: tuple[Sku, ...]) -> GroupTrouble:
    """Find the reason why this group does not give the person the mailbox of this SKU."""
    if group.standing is GroupStanding.DELETED:
        return GroupTrouble.DELETED
    if group.standing in {GroupStanding.GONE, GroupStanding.MISSING}:
        return GroupTrouble.GONE
    state = state_of(person, sku_id, group.id)
    if state is not None and state.error not in _NO_ERROR:
        return _ERRORS.get(state.error, GroupTrouble.ERROR)
    if _is_off(person, sku_id, group, skus, is_given=state is not None):
        return GroupTrouble.SWITCHED_OFF
    if group.licenses is not None and not _gives(group, sku_id):
        return GroupTrouble.UNLICENSED
    return _by_membership(group)


def state_of(person: Person, sku_id: str, group_id: str) -> LicenseState | None:
    """The licence state by which this group gives this SKU to the person, if it does."""
    states = (one for one in person.license_states if one.sku_id == sku_id)
    return next((one for one in states if one.group_id == group_id), None)


def _gives(group: Group, sku_id: str) -> bool:
    return any(item.sku_id == sku_id for item in group.licenses or ())


def _is_off(
    person: Person, sku_id: str, group: Group, skus: tuple[Sku, ...], *, is_given: bool
) -> bool:
    sku = find(sku_id, skus)
    if sku is None or not sku.mailbox_plans:
        return False
    by_group = [item for item in group.licenses or () if item.sku_id == sku_id]
    if by_group:
        return not any(carries_mailbox(item, skus) for item in by_group)
    on_person: list[AssignedLicense] = [i for i in person.licenses if i.sku_id == sku_id]
    return is_given and bool(on_person) and not any(carries_mailbox(i, skus) for i in on_person)


def _by_membership(group: Group) -> GroupTrouble:
    if group.standing is GroupStanding.UNKNOWN:
        return GroupTrouble.UNKNOWN
    match group.membership:
        case GroupMembership.NONE:
            return GroupTrouble.NOT_MEMBER if group.rule is None else GroupTrouble.DYNAMIC
        case GroupMembership.NESTED:
            return GroupTrouble.NESTED
        case _:
            return GroupTrouble.ACTIVE
