"""Test that people with the same licences share one answer, and all others have their own."""

from dataclasses import replace

from shared.domain.licensing.held import MailboxPlan, mailbox_plan
from shared.domain.person import AssignedLicense, UserPlan
from shared.lists.license_kinds import LicenseKinds
from tests.builders import EXCHANGE_PLAN_ID, a_sku
from tests.unit.world.watched import somebody, unlicensed

ADA, BEN = somebody(1), somebody(2)
SKU = ADA.licenses[0].sku_id
SKUS = (a_sku(sku_id=SKU),)


def test_the_same_licences_are_worked_out_once() -> None:
    """Whatever else differs between the people, plans without a mailbox included."""
    kinds = LicenseKinds(SKUS)
    other = replace(BEN, plans=(*BEN.plans, UserPlan("another-plan")))

    assert kinds.of(ADA) is kinds.of(other)
    assert [one.sku_id for one in kinds.of(ADA).listed] == [SKU]


def test_what_differs_in_licences_or_their_plans_is_another_kind() -> None:
    """A plan switched off, one that is suspended, a licence that the tenant lacks, and none."""
    kinds = LicenseKinds(SKUS)
    people = [
        ADA,
        replace(ADA, licenses=(AssignedLicense(SKU, (EXCHANGE_PLAN_ID,)),)),
        replace(ADA, plans=(UserPlan(EXCHANGE_PLAN_ID, "Suspended"),)),
        replace(ADA, licenses=(AssignedLicense("another-sku"),), plans=()),
        unlicensed(ADA),
    ]

    found = [kinds.of(person) for person in (*people, *people)]

    assert [one.plan for one in found] == 2 * [mailbox_plan(one, SKUS) for one in people]
    assert [bool(one.listed) for one in found[:5]] == [True, False, True, True, False]
    assert found[4].plan is MailboxPlan.NONE


def test_of_very_many_kinds_each_is_right() -> None:
    """Those beyond what is kept are worked out each time."""
    kinds = LicenseKinds(SKUS)
    people = [
        replace(ADA, licenses=(*ADA.licenses, AssignedLicense(f"sku-{number}")))
        for number in range(1_100)
    ]

    assert all(len(kinds.of(person).listed) == 1 for person in people)
    assert kinds.of(people[0]) is kinds.of(people[0])
    assert kinds.of(people[-1]) is not kinds.of(people[-1])
