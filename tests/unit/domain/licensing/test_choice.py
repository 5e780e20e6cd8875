"""Licences: what carries a mailbox, by service plan and never by name."""

from dataclasses import replace

import pytest

from shared.domain.licensing.exchange_plans import MAILBOX_PLANS, MailboxSize
from shared.domain.licensing.skus import (
    carries_archive,
    carries_mailbox,
    has_mailbox_plan,
    is_as_wanted,
    size_of,
)
from shared.domain.person import AssignedLicense, UserPlan
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    TEAMS_PLAN_ID,
    a_person,
    a_sku,
)

E3 = AssignedLicense(ENTERPRISEPACK_ID)
PLAN_1 = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
# Service plans with EXCHANGE in their names that give no mailbox.
NO_MAILBOX = {
    "EXCHANGE_S_FOUNDATION": "113feb6c-3fe4-4440-bddc-54d774bf0318",
    "EXCHANGE_S_FOUNDATION_GOV": "922ba911-5694-4e99-a794-73aed9bfeec8",
    "EXCHANGE_S_ARCHIVE_ADDON": "176a09a6-7ec5-4039-ac02-b2791c6ba793",
    "EXCHANGE_S_ARCHIVE": "da040e0a-b393-4bea-bb76-928b3fa1cf5a",
    "EXCHANGE_ANALYTICS": "34c0d7a0-a70f-4668-9238-47f9fc208882",
    "EXCHANGEONLINE_MULTIGEO": "897d51f1-2cfa-4848-9b30-469149f5e68e",
}


@pytest.mark.parametrize("plan", sorted(MAILBOX_PLANS))
def test_each_mailbox_plan_carries_a_mailbox(plan: str) -> None:
    """Ten plans do."""
    assert carries_mailbox(E3, (a_sku(plan_ids=(TEAMS_PLAN_ID, plan)),))


@pytest.mark.parametrize("name", NO_MAILBOX)
def test_a_plan_named_exchange_need_not(name: str) -> None:
    """Foundation, archive and analytics plans give no mailbox."""
    assert not carries_mailbox(E3, (a_sku(plan_ids=(NO_MAILBOX[name],)),))


def test_a_disabled_plan_carries_nothing() -> None:
    """The licence is there, its Exchange plan is off."""
    off = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))

    assert not carries_mailbox(off, (a_sku(),))


def test_a_company_wide_sku_is_no_users_licence() -> None:
    """`appliesTo` Company cannot be assigned to anybody."""
    assert not carries_mailbox(E3, (a_sku(for_users=False),))


@pytest.mark.parametrize(("plans", "has"), [((EXCHANGE_PLAN_ID,), True), ((), False)])
def test_a_sku_the_tenant_lists_no_more_is_judged_by_the_plans_on_the_user(
    plans: tuple[str, ...],
    has: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """An expired subscription leaves the list before the user loses the plan."""
    assert has_mailbox_plan(replace(a_person(), plans=tuple(map(UserPlan, plans))), ()) is has


def test_a_plan_that_still_shows_is_not_a_licence_that_is_there() -> None:
    """The licence with the mailbox was taken off; its plan shows for some minutes yet."""
    flow = a_sku(sku_id="flow", part_number="FLOW_FREE", plan_ids=(TEAMS_PLAN_ID,))
    person = a_person(licenses=(AssignedLicense("flow"),))

    assert not has_mailbox_plan(person, (a_sku(), flow))


@pytest.mark.parametrize(
    ("license_", "plans", "carries"),
    [
        (E3, (EXCHANGE_PLAN_ID,), True),
        (AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,)), (EXCHANGE_PLAN_ID,), False),
        (E3, (PLAN_1,), False),
        (E3, (PLAN_1, NO_MAILBOX["EXCHANGE_S_ARCHIVE_ADDON"]), True),
        (AssignedLicense("gone"), (EXCHANGE_PLAN_ID,), False),
    ],
    ids=["Plan 2", "Plan 2, off", "Plan 1", "Plan 1 with the add-on", "not in the tenant"],
)
def test_what_carries_an_archive(
    license_: AssignedLicense, plans: tuple[str, ...], *, carries: bool
) -> None:
    """Plan 2 has one of its own."""
    assert carries_archive(license_, (a_sku(plan_ids=plans),)) is carries


def test_of_several_licences_the_largest_mailbox_counts() -> None:
    """In any order; one that the tenant does not list gives none."""
    small = AssignedLicense("small")
    skus = (a_sku(), a_sku(sku_id="small", plan_ids=(PLAN_1,)))

    for licenses in ((E3, small), (small, E3)):
        assert size_of((*licenses, AssignedLicense("gone")), skus) is MailboxSize.ENTERPRISE
    assert size_of((AssignedLicense("gone"),), skus) is None


@pytest.mark.parametrize(
    ("present", "wanted", "is_so"),
    [
        ((E3,), (E3,), True),
        ((), (E3,), False),
        ((AssignedLicense(ENTERPRISEPACK_ID, ("a",)),), (E3,), False),
        ((E3,), (AssignedLicense(ENTERPRISEPACK_ID, ("a",)),), True),
    ],
    ids=["same", "absent", "a wanted plan is off", "more than wanted is on"],
)
def test_a_user_is_as_wanted_when_every_wanted_plan_is_on(
    present: tuple[AssignedLicense, ...],
    wanted: tuple[AssignedLicense, ...],
    is_so: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """A plan that is on although it need not be is nobody's loss."""
    assert is_as_wanted(a_person(licenses=present), wanted) is is_so
