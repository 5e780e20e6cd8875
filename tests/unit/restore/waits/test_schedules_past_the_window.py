"""Requests for a later time: refused at once where the window is known to have ended by then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.outcomes import Code, Status
from shared.domain.person import AssignedLicense, Person
from shared.restore.preflight import check
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_deleted_person, a_request
from tests.reading import said
from tests.unit.world.people import DAY, NAMED, UNLICENSED
from tests.unit.world.world import World, code_of

GONE = a_deleted_person(licenses=(), license_states=(), plans=(), deleted_at=NOW - 3 * DAY)
REMOVED = AuditRecord(
    USER_ID,
    NOW - 20 * DAY,
    Activity.UPDATE_USER,
    before=LicenseContent((AssignedLicense(ENTERPRISEPACK_ID),)),
    after=LicenseContent(()),
    by_group=False,
)


def world_of(person: Person) -> World:
    """A world with somebody whose licence went twenty days ago, as the log tells."""
    world = World()
    world.put(person)
    world.directory.audit_records += [REMOVED, replace(REMOVED, user_id="x", at=NOW - 31 * DAY)]
    return world


@pytest.mark.parametrize("person", [UNLICENSED, GONE], ids=["active", "deleted"])
@pytest.mark.parametrize("later", [10 * DAY, 15 * DAY, 29 * DAY], ids=["end", "15", "29"])
async def test_a_window_that_ends_before_is_refused_at_once(
    person: Person, later: timedelta
) -> None:
    """Of a licence, too: the time until then is not one in which somebody failed to look."""
    world = world_of(person)
    request = a_request(user=USER_ID, license=NAMED, not_before=NOW + later)

    told = await check(request, world.deps)
    ended = await world.run((await world.accept(request)).id)

    assert told.block is not None
    assert told.block.code == "window-closed"
    assert "notBefore" in said(told.block).fix
    assert told.window is not None
    assert (told.window.verdict, told.window.ends_at) == ("open", NOW + 10 * DAY)
    assert (ended.status, code_of(ended)) == (Status.REFUSED, Code.WINDOW_CLOSED)
    assert world.effects() == []


@pytest.mark.parametrize("person", [UNLICENSED, GONE], ids=["active", "deleted"])
async def test_a_window_that_ends_afterwards_is_waited_for(person: Person) -> None:
    """A second before the end is early enough; the check shows the window as of then."""
    world = world_of(person)
    request = a_request(
        user=USER_ID, license=NAMED, not_before=NOW + 10 * DAY - timedelta(seconds=1)
    )

    told = await check(request, world.deps)
    waiting = await world.run((await world.accept(request)).id)

    assert told.is_restorable
    assert told.window is not None
    assert (told.window.verdict, told.window.ends_at) == ("closing", NOW + 10 * DAY)
    assert waiting.status is Status.WAITING
