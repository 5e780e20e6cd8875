"""What a check and a restore say of licences: one test for each rule that others could mistake."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.evidence.audit_records import AuditRecord, LicenseContent
from shared.domain.licensing.groups import Group, GroupStanding
from shared.domain.licensing.skus import Sku
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, LicenseState, Person, UserPlan
from shared.domain.preflight import Preflight
from shared.domain.records.progress import WaitingFor
from shared.domain.requests.request import (
    TIMER_ROLES,
    Door,
    LicenseChoice,
    RequestedBy,
    RestoreKind,
)
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.errors import NotSentError, ThrottledError
from shared.restore.preflight import check
from tests.builders import (
    ENTERPRISEPACK_ID,
    EXCHANGE_PLAN_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_person,
    a_sku,
    an_observation,
    because,
)
from tests.fakes import refusals
from tests.reading import said
from tests.unit.world.people import DAY, UNLICENSED, ask, world_with
from tests.unit.world.world import World, code_of

E3 = AssignedLicense(ENTERPRISEPACK_ID)
P1_ID = "4b9405b0-7788-4568-add1-99614e613b69"
KIOSK_ID = "80b2d799-d2ba-4d2a-8842-fb0d0f3a4b82"
ARCHIVE_ID = "ee02fd1b-340e-4a4b-b355-4a514e4c8943"
GROUP_ID = "0f0f0f0f-0000-4000-8000-00000000000f"
MIGRATION_ID = "946ce899-873d-44bb-9d8b-671870cbfdbf"
P1_PLAN = "9aaf7827-d63c-4b61-89c3-182f06f82e5c"
KIOSK_PLAN = "4a82b400-a79f-41a4-b4e2-e94f5787b113"
ARCHIVE_PLAN = "176a09a6-7ec5-4039-ac02-b2791c6ba793"
E3_ROW = LicenseState(ENTERPRISEPACK_ID, GROUP_ID, "Error", "CountViolation")
OF_GROUP = {ENTERPRISEPACK_ID: GROUP_ID}
LOST_AT = NOW - 2 * DAY

HELPDESK = RequestedBy(Door.HTTP, "Helpdesk", "d00d", (Role.REQUEST,))
GUARD = RequestedBy(Door.TIMER, "guard", "g", TIMER_ROLES)


def p1(**fields: object) -> Sku:
    """Exchange Online Plan 1, a smaller mailbox than E3's."""
    return a_sku(
        sku_id=P1_ID, part_number="EXCHANGESTANDARD", plan_ids=(P1_PLAN,), free_seats=4, **fields
    )


def world_of(person: Person = UNLICENSED, *licenses: AssignedLicense, **seen: Any) -> World:
    """A person who was observed with these licences two days ago; E3 if none is said."""
    world = world_with(person)
    world.directory.put_sku(p1())
    world.storage.observations.kept[USER_ID] = an_observation(
        USER_ID, *(licenses or (E3,)), lost_at=LOST_AT, **seen
    )
    return world


async def told(
    world: World,
    kind: RestoreKind = RestoreKind.MAILBOX,
    by: RequestedBy = HELPDESK,
    **fields: object,
) -> Preflight:
    """The check of such a request by this caller."""
    return await check(ask(kind, **fields), world.deps, by)


def codes(preflight: Preflight, severity: str) -> list[str]:
    """The codes of this severity, in order."""
    return [item.code for item in preflight.findings if item.severity == severity]


async def test_a_licence_may_be_named_that_the_person_had() -> None:
    """And no other: not by a caller without Override."""
    world = world_of()

    own = await told(world, license=LicenseChoice((ENTERPRISEPACK_ID,)))
    other = await told(world, license=LicenseChoice((P1_ID,)))

    assert codes(own, "block") == []
    assert codes(other, "block") == ["license-not-allowed"]
    assert "Exchange Online (Plan 1)" in said(other.findings[0]).message
    assert "ALLOWED_SKU_IDS" in said(other.findings[0]).fix


async def test_the_settings_and_the_role_allow_any_person_any_licence() -> None:
    """By ALLOWED_SKU_IDS for all callers, by Override for those who have it."""
    allowing = World(Policy(allowed_sku_ids=(P1_ID,)))
    allowing.put(UNLICENSED)
    allowing.directory.put_sku(p1())
    world = world_of()
    boss = replace(HELPDESK, roles=(Role.OVERRIDE, Role.REQUEST))
    named = LicenseChoice((P1_ID,))

    by_setting = await told(allowing, license=named)
    by_role = await told(world, by=boss, license=named)

    assert "license-not-allowed" not in codes(by_setting, "block")
    assert codes(by_role, "block") == []
    assert "license-smaller" in codes(by_role, "warn")


async def test_the_choices_are_those_that_the_caller_may_name() -> None:
    """Without any, the fix says who can; the words of the settings' owner are in it."""
    nothing = world_with(UNLICENSED)
    nothing.directory.license_hints = {USER_ID: [LOST_AT]}
    some = World(Policy(allowed_sku_ids=(ENTERPRISEPACK_ID,)))
    some.put(UNLICENSED)
    some.directory.license_hints = {USER_ID: [LOST_AT]}

    without, with_choice = await told(nothing), await told(some)

    [block] = [item for item in without.findings if item.code == "license-unknown"]
    assert block.text.variant == "no-choice"
    [block] = [item for item in with_choice.findings if item.code == "license-unknown"]
    assert block.text.variant == "choices"
    assert "Office 365 E3 (ENTERPRISEPACK)" in said(block).fix


@pytest.mark.parametrize(
    ("sku_id", "plan", "variant"),
    [(KIOSK_ID, KIOSK_PLAN, "unknown"), (ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, None)],
    ids=["kiosk", "plan 2"],
)
async def test_a_small_default_is_warned_of(sku_id: str, plan: str, variant: str | None) -> None:
    """A quota stays small; the largest plan can be no smaller than what was lost."""
    world = World(Policy(default_sku_ids=(sku_id,), allowed_sku_ids=(ENTERPRISEPACK_ID,)))
    world.put(UNLICENSED)
    world.directory.put_sku(a_sku(sku_id=sku_id, part_number="A_DEFAULT", plan_ids=(plan,)))
    world.directory.license_hints = {USER_ID: [LOST_AT]}

    found = [item for item in (await told(world)).findings if item.code == "license-smaller"]

    assert [item.text.variant for item in found] == ([] if variant is None else [variant])
    assert all(item.text.param("others") == (a_sku().label,) for item in found)


async def test_a_suspended_subscription_loses_nothing() -> None:
    """The cause is told, what renewing does, and what else has seats that may be named."""
    plans = (UserPlan(EXCHANGE_PLAN_ID, "Suspended"),)
    world = world_with(a_person(plans=plans), policy=Policy(allowed_sku_ids=(P1_ID,)))
    world.directory.put_sku(a_sku(capability_status="Suspended", free_seats=0))
    world.directory.put_sku(p1())

    record = await world.restore(ask(RestoreKind.MAILBOX))
    preflight = await told(world)

    assert code_of(record) is Code.ALREADY_ACTIVE
    assert record.outcome is not None
    assert record.outcome.text.variant == "suspended"
    assert "Exchange Online (Plan 1)" in said(record.outcome).fix
    assert codes(preflight, "warn") == ["subscription-suspended"]
    assert [item.code for item in record.warnings] == ["subscription-suspended"]


async def test_a_lost_licence_of_a_suspended_subscription() -> None:
    """Not called full: buying a seat would not help."""
    world = world_of()
    world.directory.put_sku(a_sku(capability_status="Suspended", free_seats=0))

    preflight = await told(world)

    assert codes(preflight, "block") == []
    assert codes(preflight, "warn") == ["subscription-suspended"]


async def test_an_archive_lost_alone_is_told() -> None:
    """The mailbox is well; the archive has 30 days of its own."""
    world = world_with(a_person())
    archive = a_sku(sku_id=ARCHIVE_ID, part_number="ARCHIVE", plan_ids=(ARCHIVE_PLAN,))
    world.directory.put_sku(archive)
    world.directory.put_sku(replace(a_sku(), plan_ids=(P1_PLAN,)))
    seen = an_observation(USER_ID, E3, AssignedLicense(ARCHIVE_ID), seen_at=LOST_AT)
    world.storage.observations.kept[USER_ID] = seen

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.ALREADY_ACTIVE
    [warning] = [item for item in record.warnings if item.code == "archive-lost"]
    until = instant(LOST_AT + 30 * DAY)
    assert warning.text == text(
        "archive-lost", licenses=(archive.label,), at=instant(LOST_AT), until=until
    )
    world.clock.advance(28 * DAY - timedelta(microseconds=1))
    assert "archive-lost" in codes(await told(world), "warn")
    world.clock.advance(timedelta(microseconds=1))
    assert "archive-lost" not in codes(await told(world), "warn")


@pytest.mark.parametrize("answers", ["log", "closed log", "no archives"])
async def test_an_archive_lost_alone_may_be_known_by_the_log(answers: str) -> None:
    """Where nobody observed; the log is not asked where the tenant has no such licence."""
    world = world_with(a_person())
    archive = a_sku(sku_id=ARCHIVE_ID, part_number="ARCHIVE", plan_ids=(ARCHIVE_PLAN,))
    if answers != "no archives":
        world.directory.put_sku(archive)
    world.directory.put_sku(replace(a_sku(), plan_ids=(P1_PLAN,)))
    world.directory.shows_audit = answers != "closed log"
    before = LicenseContent((E3, AssignedLicense(ARCHIVE_ID)))
    changed = AuditRecord(USER_ID, LOST_AT, before=before, after=LicenseContent((E3,)))
    world.directory.audit_records.append(changed)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.ALREADY_ACTIVE
    told_of = [item.text for item in record.warnings]
    if answers == "log":
        at, until = instant(LOST_AT), instant(LOST_AT + 30 * DAY)
        assert told_of == [text("archive-lost", licenses=(archive.label,), at=at, until=until)]
    else:
        assert told_of == []


async def test_a_mailbox_with_an_archive_of_its_own_has_lost_none() -> None:
    """Plan 2 brings one."""
    world = world_with(a_person())
    archive = a_sku(sku_id=ARCHIVE_ID, part_number="ARCHIVE", plan_ids=(ARCHIVE_PLAN,))
    world.directory.put_sku(archive)
    seen = an_observation(USER_ID, E3, AssignedLicense(ARCHIVE_ID), seen_at=LOST_AT)
    world.storage.observations.kept[USER_ID] = seen

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert "archive-lost" not in [item.code for item in record.warnings]


@pytest.mark.parametrize("purpose", ["shared", "room", "equipment"])
async def test_a_shared_mailbox_gets_no_licence_and_is_told_what_it_lost(purpose: str) -> None:
    """Whatever takes its time to answer: the last purpose that was read counts."""
    world = world_of(UNLICENSED, purpose=purpose)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.ALREADY_ACTIVE
    assert world.directory.assigned[USER_ID] == 0
    [warning] = [item for item in record.warnings if item.code == "shared-unlicensed"]
    assert warning.text.param("licenses") == ("Office 365 E3 (ENTERPRISEPACK)",)


async def test_the_archive_of_a_shared_mailbox_is_not_promised_once_it_is_over() -> None:
    """The licence went more than 30 days ago: that is told, and that the archive is over."""
    world = world_of(UNLICENSED, purpose="shared")
    world.clock.advance(28 * DAY)
    record = await world.restore(ask(RestoreKind.MAILBOX))

    [warning] = [item for item in record.warnings if item.code == "shared-unlicensed"]
    assert warning.text.variant == "over"
    assert "that is over" in said(warning).fix


@pytest.mark.parametrize("kind", [RestoreKind.MAILBOX, RestoreKind.USER])
async def test_a_deleted_shared_mailbox_is_told_of_its_licence_as_well(kind: RestoreKind) -> None:
    """It went before the deletion, and does not come back with the user."""
    world = world_of(a_deleted_person(licenses=()), purpose="shared")

    record = await world.restore(ask(kind))

    assert world.directory.restored[USER_ID] == 1
    assert world.directory.assigned[USER_ID] == 0
    [warning] = [item for item in record.warnings if item.code == "shared-unlicensed"]
    assert warning.text.param("licenses") == ("Office 365 E3 (ENTERPRISEPACK)",)


@pytest.mark.parametrize("call", ["changes_since", "updates_of"])
@pytest.mark.parametrize("is_busy", [True, False], ids=["busy", "broken"])
async def test_of_a_shared_mailbox_nobody_waits_for_the_log(call: str, *, is_busy: bool) -> None:
    """What it would say is a warning: the answer stands without it."""
    world = world_with(UNLICENSED)
    world.directory.purposes[USER_ID] = "shared"
    world.directory.license_hints[USER_ID] = [LOST_AT]
    why = because("429" if is_busy else "500")
    error = ThrottledError(why, timedelta(minutes=1)) if is_busy else NotSentError(why)
    world.directory.fail_next(call, error)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.ALREADY_ACTIVE
    assert not any(item.waiting for item in world.storage.ledger.history[record.id])


async def test_a_shared_mailbox_gets_a_licence_that_is_named() -> None:
    """Over 50 GB it needs one."""
    world = world_of(UNLICENSED, purpose="shared")

    named = LicenseChoice((ENTERPRISEPACK_ID,))
    record = await world.restore(
        ask(RestoreKind.MAILBOX, license=named, license_removed_at=LOST_AT)
    )

    assert world.directory.assigned[USER_ID] == 1
    assert "shared-unlicensed" not in [item.code for item in record.warnings]


async def test_a_move_to_another_tenant_gives_nothing_unasked() -> None:
    """Named, it is given, with the warning."""
    moved = replace(UNLICENSED, licenses=(AssignedLicense(MIGRATION_ID),))
    world = world_of(moved)

    unasked = await told(world)
    named = await told(world, license=LicenseChoice((ENTERPRISEPACK_ID,)))

    assert codes(unasked, "block") == ["license-unknown"]
    assert unasked.findings[0].text.variant == "moved"
    assert codes(named, "block") == []
    warned = text("moved-to-another-tenant", user=UPN)
    assert warned in [item.text for item in unasked.findings]
    assert warned in [item.text for item in named.findings]


async def test_a_mailbox_that_may_be_on_premises() -> None:
    """A request warns and goes on; a guard, behind which nobody is, does not."""
    world = world_of(replace(UNLICENSED, synced=True))

    by_request, by_guard = await told(world), await told(world, by=GUARD)

    assert (codes(by_request, "block"), codes(by_request, "warn")) == (
        [],
        ["mailbox-may-be-on-premises"],
    )
    assert codes(by_guard, "block") == ["license-unknown"]
    warned = text("mailbox-may-be-on-premises", user=UPN)
    assert warned in [item.text for item in by_guard.findings]


async def test_a_mailbox_that_was_seen_in_the_cloud_is_not_on_premises() -> None:
    """Then the licence is a licence like any other."""
    world = world_of(replace(UNLICENSED, synced=True), purpose="user")

    by_guard = await told(world, by=GUARD)

    assert (codes(by_guard, "block"), codes(by_guard, "warn")) == ([], [])


async def test_a_mailbox_behind_an_access_policy_may_be_a_shared_one() -> None:
    """With the permission there, a 403 is about this mailbox: nothing is inferred."""
    denied = refusals.denied()
    world = world_of()
    world.grants.permissions = frozenset({"MailboxSettings.Read"})
    world.directory.fail_next("mailbox", denied)
    world.directory.fail_next("mailbox", denied)

    unasked = await told(world)
    named = await told(world, license=LicenseChoice((ENTERPRISEPACK_ID,)))

    assert codes(unasked, "block") == ["license-unknown"]
    assert unasked.findings[0].text.variant == "purpose"
    assert codes(named, "block") == []


async def test_without_the_permission_to_look_it_goes_on() -> None:
    """Then nobody said that this mailbox is another's."""
    world = world_of()
    world.grants.permissions = frozenset()
    world.directory.fail_next("mailbox", refusals.denied())

    assert codes(await told(world), "block") == []


async def test_kind_user_says_that_the_licence_is_gone() -> None:
    """Nothing to do for the user, and the mailbox dies."""
    world = world_of()

    lost = await world.restore(ask(RestoreKind.USER))
    never = await world_with(UNLICENSED).restore(ask(RestoreKind.USER))

    assert code_of(lost) is Code.ALREADY_ACTIVE
    assert [item.code for item in lost.warnings] == ["license-missing"]
    assert [item.code for item in never.warnings] == []


async def test_everything_that_went_comes_back_if_asked_for() -> None:
    """Also what has nothing to do with a mailbox."""
    teams = a_sku(sku_id=KIOSK_ID, part_number="TEAMS", plan_ids=("57ff2da0",))
    world = world_of(UNLICENSED, E3, AssignedLicense(KIOSK_ID))
    world.directory.put_sku(teams)

    part = await told(world)
    record = await world.restore(ask(RestoreKind.LICENSE, license=LicenseChoice(all_lost=True)))

    assert "license-left-out" in codes(part, "warn")
    assert code_of(record) is Code.LICENSE_RESTORED
    held = {item.sku_id for item in world.directory.person(USER_ID).licenses}
    assert held == {ENTERPRISEPACK_ID, KIOSK_ID}


async def test_a_group_that_lacks_a_seat_is_waited_for() -> None:
    """It gives the licence by itself: nothing is sent, and the mailbox is looked for."""
    world = world_of(replace(UNLICENSED, license_states=(E3_ROW,)), groups=OF_GROUP)
    world.directory.put_sku(a_sku(free_seats=0))
    world.directory.put_group(Group(GROUP_ID, "Sales", GroupStanding.ACTIVE, licenses=(E3,)))
    record = await world.accept(ask(RestoreKind.LICENSE))

    waiting = await world.run(record.id)
    assert waiting.waiting is not None
    assert waiting.waiting.reason is WaitingFor.SEAT
    assert "Sales" in said(waiting.waiting).message
    given = replace(E3_ROW, state="Active", error=None)
    world.put(a_person(license_states=(given,)))
    ended = await world.finish(record.id)

    assert code_of(ended) is Code.LICENSE_RESTORED
    assert world.directory.assigned[USER_ID] == 0


async def test_a_group_that_never_gets_a_seat_ends_with_the_window() -> None:
    """As no-seat, not as a wait of months."""
    world = world_of(replace(UNLICENSED, license_states=(E3_ROW,)), groups=OF_GROUP)
    world.directory.put_group(Group(GROUP_ID, "Sales", GroupStanding.ACTIVE, licenses=(E3,)))
    record = await world.accept(ask(RestoreKind.LICENSE))
    await world.run(record.id)
    world.clock.advance(29 * DAY)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.NO_SEAT
    assert world.directory.assigned[USER_ID] == 0


async def test_a_named_licence_overrides_the_group() -> None:
    """The caller's word: a direct one, at once."""
    world = world_of(replace(UNLICENSED, license_states=(E3_ROW,)), groups=OF_GROUP)

    record = await world.restore(
        ask(RestoreKind.LICENSE, license=LicenseChoice((ENTERPRISEPACK_ID,)))
    )

    assert code_of(record) is Code.LICENSE_RESTORED
    assert world.directory.assigned[USER_ID] == 1
