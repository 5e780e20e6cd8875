"""What is said where a licence is there, and is not paid for: of whom, and what leads on."""

from dataclasses import replace

import pytest

from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person, UserPlan
from shared.domain.requests.request import LicenseChoice, RestoreKind
from shared.domain.text import Text, text
from shared.restore.preflight import check
from tests.builders import EXCHANGE_PLAN_ID, NOW, UPN, USER_ID, a_person, a_sku
from tests.unit.world.people import DAY, ask, world_with
from tests.unit.world.world import World, code_of

_E3 = "Office 365 E3 (ENTERPRISEPACK)"
_SUSPENDED = a_person(plans=(UserPlan(EXCHANGE_PLAN_ID, "Suspended"),))
_OTHER = a_sku(sku_id="4b9405b0-7788-4568-add1-99614e613b69", part_number="OTHER", free_seats=3)
_KINDS = pytest.mark.parametrize("kind", [RestoreKind.MAILBOX, RestoreKind.LICENSE])


def _world(person: Person, status: str = "Enabled", *, others: bool = False) -> World:
    """A tenant whose subscription of E3 has this status."""
    world = world_with(person)
    world.directory.put_sku(a_sku(capability_status=status, free_seats=0))
    if others:
        world.directory.put_sku(_OTHER)
    return world


async def _told(world: World, kind: RestoreKind = RestoreKind.MAILBOX) -> list[Text]:
    return [item.text for item in (await check(ask(kind), world.deps)).findings]


@_KINDS
@pytest.mark.parametrize("status", ["Suspended", "LockedOut"])
async def test_a_subscription_that_is_not_paid_for_is_named(kind: RestoreKind, status: str) -> None:
    """With those that have seats, if there are any; nothing is lost."""
    assert await _told(_world(_SUSPENDED, status), kind) == [
        text("subscription-suspended", "alone", licenses=(_E3,)),
        text("already-active", "suspended-alone", user=UPN, licenses=(_E3,)),
    ]
    assert await _told(_world(_SUSPENDED, status, others=True), kind) == [
        text("subscription-suspended", licenses=(_E3,), others=(_OTHER.label,)),
        text("already-active", "suspended", user=UPN, licenses=(_E3,), others=(_OTHER.label,)),
    ]


@_KINDS
@pytest.mark.parametrize("status", ["Enabled", "Warning"])
async def test_a_plan_that_is_suspended_of_one_person_is_not_the_subscription(
    kind: RestoreKind, status: str
) -> None:
    """Others can be given it; nobody is told to pay for what is paid for."""
    assert await _told(_world(_SUSPENDED, status), kind) == [
        text("subscription-suspended", "person-alone", user=UPN, licenses=(_E3,)),
        text("already-active", "suspended-person-alone", user=UPN, licenses=(_E3,)),
    ]
    there = (_OTHER.label,)
    assert await _told(_world(_SUSPENDED, status, others=True), kind) == [
        text("subscription-suspended", "person", user=UPN, licenses=(_E3,), others=there),
        text("already-active", "suspended-person", user=UPN, licenses=(_E3,), others=there),
    ]


async def test_of_two_licences_each_is_told_for_what_it_is() -> None:
    """One of a subscription that is not paid for, one that is suspended of this person alone."""
    plan = EXCHANGE_PLAN_ID
    both = (*_SUSPENDED.licenses, replace(_SUSPENDED.licenses[0], sku_id=_OTHER.sku_id))
    world = _world(a_person(licenses=both, plans=(UserPlan(plan, "Suspended"),)), "Suspended")
    world.directory.put_sku(_OTHER)

    assert await _told(world) == [
        text("subscription-suspended", "alone", licenses=(_E3,)),
        text("subscription-suspended", "person-alone", user=UPN, licenses=(_OTHER.label,)),
        text("already-active", "suspended-alone", user=UPN, licenses=(_E3,)),
    ]


@pytest.mark.parametrize("others", [True, False])
async def test_a_deleted_subscription_is_named_while_the_mailbox_answers(*, others: bool) -> None:
    """It may not for long, and nobody can pay for that subscription any more."""
    told = await _told(_world(a_person(), "Deleted", others=others))

    deleted = (
        text("subscription-suspended", "deleted", licenses=(_E3,), others=(_OTHER.label,))
        if others
        else text("subscription-suspended", "deleted-alone", licenses=(_E3,))
    )
    assert told == [deleted, text("already-active", "answers", user=UPN)]


async def test_a_mailbox_that_is_silent_with_a_deleted_subscription_has_that_cause() -> None:
    """It is no name that clashes, and no mailbox on its way."""
    world = _world(a_person(), "Deleted")
    world.directory._mailbox_at[USER_ID] = NOW + 99 * DAY

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert record.outcome is not None
    assert record.outcome.text == text(
        "mailbox-not-seen", "subscription-deleted", user=UPN, licenses=(_E3,)
    )
    warned = [(item.text.code, item.text.variant) for item in record.warnings]
    assert warned == [("subscription-suspended", "deleted-alone"), ("mailbox-not-answering", "")]


async def test_who_comes_back_with_a_deleted_subscription_is_told_why_no_mailbox_came() -> None:
    """The licence is on the object, and nothing hangs on it any more."""
    world = _world(a_person(deleted_at=NOW - DAY), "Deleted")
    world.directory.mailbox_delay = 9 * DAY

    told = await _told(world)
    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert text("subscription-suspended", "deleted-alone", licenses=(_E3,)) in told
    assert code_of(record) is Code.MAILBOX_NOT_SEEN
    assert record.outcome is not None
    assert record.outcome.text == text(
        "mailbox-not-seen", "came-without-subscription", hours=24, licenses=(_E3,)
    )


@pytest.mark.parametrize("status", ["Suspended", "LockedOut"])
async def test_who_comes_back_with_an_unpaid_subscription_is_told_why_no_mailbox_came(
    status: str,
) -> None:
    """It is not lost with it, and answers when the subscription is paid for."""
    world = _world(a_person(deleted_at=NOW - DAY), status)
    world.directory.mailbox_delay = 9 * DAY

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert record.outcome is not None
    assert record.outcome.text == text("mailbox-not-seen", "came-unpaid", hours=24, licenses=(_E3,))


async def test_one_unpaid_licence_of_two_is_no_cause() -> None:
    """The other one carries the mailbox."""
    both = (*a_person().licenses, replace(a_person().licenses[0], sku_id=_OTHER.sku_id))
    world = _world(a_person(deleted_at=NOW - DAY, licenses=both), "Suspended", others=True)
    world.directory.mailbox_delay = 9 * DAY

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert record.outcome is not None
    assert record.outcome.text == text("mailbox-not-seen", hours=24)


async def test_a_licence_that_works_beside_a_deleted_one_carries_the_mailbox() -> None:
    """Then the mailbox does not hang on the deleted one."""
    both = (*a_person().licenses, replace(a_person().licenses[0], sku_id=_OTHER.sku_id))
    world = _world(a_person(licenses=both), "Deleted", others=True)

    assert await _told(world) == [text("already-active", "answers", user=UPN)]


_UNLISTED = replace(_SUSPENDED, licenses=(AssignedLicense("gone"),), license_states=())


@_KINDS
@pytest.mark.parametrize("status", ["Suspended", "LockedOut"])
async def test_one_that_the_tenant_lists_no_more_is_not_paid_for_either(
    kind: RestoreKind, status: str
) -> None:
    """What the person has of it is what counts: nothing is lost, and no clock runs."""
    world = _world(replace(_UNLISTED, plans=(UserPlan(EXCHANGE_PLAN_ID, status),)))

    told = await _told(world, kind)
    ended = await world.restore(ask(kind))

    idle = text("already-active", "suspended-alone", user=UPN, licenses=("gone",))
    assert told == [text("subscription-suspended", "alone", licenses=("gone",)), idle]
    assert ended.outcome is not None
    assert ended.outcome.text == idle


async def test_beside_one_that_the_tenant_lists_no_more_another_is_given_as_the_fix_says() -> None:
    """With kind `license`; kind `mailbox` says so."""
    world = _world(_UNLISTED, others=True)
    named = LicenseChoice((_OTHER.sku_id,))

    told = (await check(ask(RestoreKind.MAILBOX, license=named), world.deps)).findings
    ended = await world.restore(ask(RestoreKind.LICENSE, license=named))

    assert text("license-not-used", "active", user=UPN) in [item.text for item in told]
    assert ended.outcome is not None
    assert ended.outcome.text == text("license-restored", "added")
