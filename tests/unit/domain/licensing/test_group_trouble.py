"""Why a group does not give its licence: a row for each reason."""

from dataclasses import replace

import pytest

from shared.domain.licensing.group_trouble import GroupTrouble, group_trouble
from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.licensing.skus import Sku
from shared.domain.person import AssignedLicense, LicenseState, Person
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, TEAMS_PLAN_ID, a_person, a_sku

GROUP_ID = "0f0f0f0f-0000-4000-8000-00000000000f"
E3 = AssignedLicense(ENTERPRISEPACK_ID)
OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
TEAMS_OFF = AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,))
BARE = a_person(licenses=(), license_states=(), plans=())
ACTIVE = Group(GROUP_ID, "Sales", GroupStanding.ACTIVE, licenses=(E3,))
NOT_IN, WITHIN, IN = GroupMembership.NONE, GroupMembership.NESTED, GroupMembership.DIRECT


def given(error: str | None = None, *licenses: AssignedLicense, group: str = GROUP_ID) -> Person:
    """Megan, to whom the group gives E3, in whatever state."""
    state = LicenseState(ENTERPRISEPACK_ID, group, "Error" if error else "Active", error)
    return replace(BARE, licenses=licenses, license_states=(state,))


def group(**fields: object) -> Group:
    """An active group that gives E3."""
    return replace(ACTIVE, **fields)  # type: ignore[arg-type]


ROWS = [
    ("not shown", BARE, Group(GROUP_ID), GroupTrouble.UNKNOWN),
    ("deleted", BARE, group(standing=GroupStanding.DELETED), GroupTrouble.DELETED),
    ("gone", BARE, group(standing=GroupStanding.GONE), GroupTrouble.GONE),
    ("missing", BARE, group(standing=GroupStanding.MISSING), GroupTrouble.GONE),
    (
        "deleted, with an old error",
        given("CountViolation"),
        group(standing=GroupStanding.DELETED),
        GroupTrouble.DELETED,
    ),
    ("no seat", given("CountViolation"), ACTIVE, GroupTrouble.SEAT),
    ("no seat, group not shown", given("CountViolation"), Group(GROUP_ID), GroupTrouble.SEAT),
    ("conflict", given("MutuallyExclusiveViolation"), ACTIVE, GroupTrouble.CONFLICT),
    ("missing plan", given("DependencyViolation"), ACTIVE, GroupTrouble.MISSING_PLAN),
    ("location", given("ProhibitedInUsageLocationViolation"), ACTIVE, GroupTrouble.LOCATION),
    ("address", given("UniquenessViolation"), ACTIVE, GroupTrouble.ADDRESS),
    ("another error", given("Other"), ACTIVE, GroupTrouble.ERROR),
    (
        "an error of another group",
        given("CountViolation", group="other"),
        ACTIVE,
        GroupTrouble.ACTIVE,
    ),
    ("no error", given("None", E3), ACTIVE, GroupTrouble.ACTIVE),
    ("off in the group", BARE, group(licenses=(OFF,)), GroupTrouble.SWITCHED_OFF),
    ("off on the person", given(None, OFF), group(licenses=None), GroupTrouble.SWITCHED_OFF),
    (
        "given, and not there",
        given(None),
        group(licenses=None, membership=IN),
        GroupTrouble.ACTIVE,
    ),
    (
        "off on the person, and another group's",
        given(None, OFF, group="other"),
        group(licenses=None, membership=IN),
        GroupTrouble.ACTIVE,
    ),
    ("another plan off in the group", BARE, group(licenses=(TEAMS_OFF,)), GroupTrouble.ACTIVE),
    ("the group lost it", BARE, group(licenses=()), GroupTrouble.UNLICENSED),
    ("the group's licences do not show", BARE, group(licenses=None), GroupTrouble.ACTIVE),
    ("no member", BARE, group(membership=NOT_IN), GroupTrouble.NOT_MEMBER),
    ("no member by a rule", BARE, group(membership=NOT_IN, rule="x"), GroupTrouble.DYNAMIC),
    ("member by a rule", BARE, group(membership=IN, rule="x"), GroupTrouble.ACTIVE),
    ("nested", BARE, group(membership=WITHIN), GroupTrouble.NESTED),
    ("member", BARE, group(membership=IN), GroupTrouble.ACTIVE),
    (
        "member of a group that lost it",
        BARE,
        group(membership=IN, licenses=()),
        GroupTrouble.UNLICENSED,
    ),
]


@pytest.mark.parametrize(
    ("person", "of_group", "trouble"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS]
)
def test_why_a_group_gives_nothing(person: Person, of_group: Group, trouble: GroupTrouble) -> None:
    """What to do depends on it."""
    assert group_trouble(person, ENTERPRISEPACK_ID, of_group, (a_sku(),)) is trouble


@pytest.mark.parametrize("skus", [(), (a_sku(plan_ids=(TEAMS_PLAN_ID,)),)], ids=["none", "bare"])
def test_what_carries_no_mailbox_is_not_switched_off(skus: tuple[Sku, ...]) -> None:
    """The tenant does not list it, or it never had one to switch off."""
    of_group = group(licenses=(OFF,), membership=IN)

    assert group_trouble(BARE, ENTERPRISEPACK_ID, of_group, skus) is GroupTrouble.ACTIVE
