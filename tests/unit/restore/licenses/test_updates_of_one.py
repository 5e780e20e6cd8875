"""When one person's records "Update user" are asked for: where they may decide, no oftener."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person
from shared.domain.requests.request import LicenseChoice, RestoreKind
from shared.domain.snapshot import Policy
from shared.restore.reading.doubts import LOG_LOOKS
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    USER_ID,
    a_deleted_person,
    a_request,
    a_sku,
    an_observation,
)
from tests.unit.world.people import DAY, UNLICENSED
from tests.unit.world.world import World, code_of

NAMED = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))
GONE = a_deleted_person(licenses=(), license_states=(), plans=())
WITH = LicenseContent((AssignedLicense(ENTERPRISEPACK_ID),))
UPDATE = AuditRecord(
    USER_ID,
    NOW - 2 * DAY - timedelta(hours=1),
    Activity.UPDATE_USER,
    before=WITH,
    after=LicenseContent(()),
    by_group=False,
)
P1 = a_sku(
    sku_id="4b9405b0-7788-4568-add1-99614e613b69",
    part_number="EXCHANGESTANDARD",
    plan_ids=("9aaf7827-d63c-4b61-89c3-182f06f82e5c",),
)


def world_of(person: Person, *records: AuditRecord, policy: Policy | None = None) -> World:
    """A world with this person, and these records in its log."""
    world = World(policy or Policy())
    world.put(person)
    world.directory.audit_records += records
    return world


def asked(world: World) -> int:
    """How often the log was asked for one person's records."""
    return len([call for call in world.directory.calls if call.startswith("updates_of")])


@pytest.mark.parametrize(("person", "code"), [(UNLICENSED, "mailbox"), (GONE, "mailbox")])
async def test_a_log_without_changes_of_licences_may_still_tell(person: Person, code: str) -> None:
    """Somebody of whom no other record is there: when it went, and what."""
    world = world_of(person, UPDATE)

    record = await world.restore(a_request())

    assert code_of(record) is Code.MAILBOX_RESTORED, code
    assert record.window is not None
    assert record.window.started_at == UPDATE.at
    assert asked(world) == 1


async def test_nothing_anywhere_is_asked_for_at_the_first_look_and_the_last() -> None:
    """Between them only the log that all share is looked at again."""
    world = world_of(UNLICENSED)

    record = await world.restore(a_request(kind=RestoreKind.LICENSE, license=NAMED))

    assert code_of(record) is Code.WINDOW_UNKNOWN
    assert record.waits >= len(LOG_LOOKS) - 1
    assert asked(world) == 2


async def test_the_wait_for_the_log_says_until_when_it_lasts() -> None:
    """Then it is decided by what is known; the next look alone would promise no end."""
    world = world_of(UNLICENSED)
    record = await world.accept(a_request(kind=RestoreKind.LICENSE, license=NAMED))

    waiting = (await world.run(record.id)).waiting

    assert waiting is not None
    assert waiting.gives_up_at == record.created_at + LOG_LOOKS[-1]
    assert waiting.until < waiting.gives_up_at


@pytest.mark.parametrize("kind", ["user", "guest", "observed", "closed log"])
async def test_where_nothing_can_be_learnt_nobody_asks(kind: str) -> None:
    """Each request counts against five in ten seconds."""
    person = replace(GONE, user_type="Guest") if kind == "guest" else GONE
    world = world_of(person, UPDATE)
    if kind == "observed":
        seen = an_observation(USER_ID, AssignedLicense(ENTERPRISEPACK_ID), purpose="shared")
        world.storage.observations.kept[USER_ID] = seen
    world.directory.shows_audit = kind != "closed log"

    await world.restore(a_request(kind=RestoreKind.USER if kind == "user" else RestoreKind.MAILBOX))

    assert asked(world) == 0


@pytest.mark.parametrize("default", [(), (P1.sku_id,)], ids=["no default", "a default"])
async def test_a_mailbox_that_still_answers_gets_the_licence_that_went(
    default: tuple[str, ...],
) -> None:
    """The window is proven by the mailbox; which licence it was only the log knows."""
    world = world_of(UNLICENSED, UPDATE, policy=Policy(default_sku_ids=default))
    world.directory.put_sku(P1)
    world.directory.lingering.add(USER_ID)
    world.directory.license_hints[USER_ID] = [UPDATE.at]

    record = await world.restore(a_request())

    assert code_of(record) is Code.LICENSE_RESTORED
    given = world.directory.person(USER_ID).licenses
    assert [one.sku_id for one in given] == [ENTERPRISEPACK_ID]
