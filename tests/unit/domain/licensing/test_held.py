"""Where a licence came from, and whether a mailbox hangs on any of them."""

from dataclasses import replace

import pytest

from shared.domain.licensing.held import (
    HeldLicense,
    MailboxPlan,
    Origin,
    held_licenses,
    mailbox_plan,
)
from shared.domain.person import AssignedLicense, LicenseState, UserPlan
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, TEAMS_PLAN_ID, a_person, a_sku

E3 = AssignedLicense(ENTERPRISEPACK_ID)
PLAN_1 = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
"""A mailbox plan of another licence."""
OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
DIRECT = LicenseState(ENTERPRISEPACK_ID, None, "Active")
BY_ONE = LicenseState(ENTERPRISEPACK_ID, "one", "Active")
BY_TWO = LicenseState(ENTERPRISEPACK_ID, "two", "Error")


@pytest.mark.parametrize(
    ("states", "origin", "groups"),
    [
        ((), Origin.UNKNOWN, ()),
        ((DIRECT,), Origin.DIRECT, ()),
        ((BY_ONE, BY_TWO), Origin.GROUP, ("one", "two")),
        ((BY_ONE, DIRECT), Origin.DIRECT, ()),
        ((replace(DIRECT, sku_id="another"),), Origin.UNKNOWN, ()),
    ],
)
def test_the_origin_of_a_licence(
    states: tuple[LicenseState, ...], origin: Origin, groups: tuple[str, ...]
) -> None:
    """Given by hand and by a group as well is direct; without a row nobody can tell."""
    assert held_licenses((E3,), states) == (HeldLicense(ENTERPRISEPACK_ID, (), origin, groups),)


@pytest.mark.parametrize(
    ("licenses", "plans", "expected"),
    [
        ((), (), MailboxPlan.NONE),
        ((), (UserPlan(EXCHANGE_PLAN_ID),), MailboxPlan.NONE),
        ((E3,), (), MailboxPlan.ENABLED),
        ((E3,), (UserPlan(EXCHANGE_PLAN_ID, "Warning"),), MailboxPlan.ENABLED),
        ((E3,), (UserPlan(EXCHANGE_PLAN_ID, "Suspended"),), MailboxPlan.SUSPENDED),
        ((E3,), (UserPlan(EXCHANGE_PLAN_ID, "LockedOut"),), MailboxPlan.SUSPENDED),
        ((E3,), (UserPlan(EXCHANGE_PLAN_ID, "Deleted"),), MailboxPlan.ENABLED),
        (
            (E3,),
            (UserPlan(EXCHANGE_PLAN_ID, "Deleted"), UserPlan(EXCHANGE_PLAN_ID, "Suspended")),
            MailboxPlan.SUSPENDED,
        ),
        (
            (E3,),
            (UserPlan(EXCHANGE_PLAN_ID, "Suspended"), UserPlan(EXCHANGE_PLAN_ID)),
            MailboxPlan.ENABLED,
        ),
        ((OFF,), (UserPlan(EXCHANGE_PLAN_ID),), MailboxPlan.NONE),
        ((E3,), (UserPlan(TEAMS_PLAN_ID, "Suspended"),), MailboxPlan.ENABLED),
        ((E3,), (UserPlan(PLAN_1, "Suspended"),), MailboxPlan.ENABLED),
        ((AssignedLicense("unlisted"),), (), MailboxPlan.PERHAPS),
        ((AssignedLicense("unlisted"), OFF), (), MailboxPlan.PERHAPS),
        ((AssignedLicense("unlisted"), E3), (), MailboxPlan.ENABLED),
        (
            (AssignedLicense("unlisted"),),
            (UserPlan(EXCHANGE_PLAN_ID),),
            MailboxPlan.ENABLED,
        ),
        (
            (AssignedLicense("unlisted"),),
            (UserPlan(EXCHANGE_PLAN_ID, "Suspended"),),
            MailboxPlan.SUSPENDED,
        ),
    ],
)
def test_whether_a_mailbox_hangs_on_it(
    licenses: tuple[AssignedLicense, ...], plans: tuple[UserPlan, ...], expected: MailboxPlan
) -> None:
    """By the licence, and by what the person's own plans say of it."""
    assert mailbox_plan(a_person(licenses=licenses, plans=plans), (a_sku(),)) is expected


def test_what_cannot_be_told_is_neither_there_nor_gone() -> None:
    """Suspended is there: nothing is lost with it."""
    assert [one.is_there for one in MailboxPlan] == [True, True, None, False]


@pytest.mark.parametrize(
    ("fields", "is_blank"),
    [
        ({"licenses": (), "plans": (), "account_enabled": None}, True),
        ({"licenses": (), "plans": (), "account_enabled": False}, False),
        ({"plans": (), "account_enabled": None}, False),
        ({"licenses": (), "account_enabled": None}, False),
    ],
)
def test_a_read_that_shows_nothing_is_no_answer(
    fields: dict[str, object],
    is_blank: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """All three missing at once has been seen of whole tenants that had lost nothing."""
    assert a_person(**fields).is_blank is is_blank
