"""Checks of many people whose licences only the records "Update user" tell of."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.evidence.log_memory import REMEMBERED_FOR, LogMemory
from shared.domain.person import AssignedLicense
from shared.errors import DirectoryUnavailableError
from shared.ports.deps import Deps
from shared.restore.preflight import LOG_PATIENCE, check
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_request
from tests.unit.world.people import DAY, MAILBOX, UNLICENSED
from tests.unit.world.world import World

REMOVED = AuditRecord(
    USER_ID,
    NOW - 2 * DAY,
    Activity.UPDATE_USER,
    before=LicenseContent((AssignedLicense(ENTERPRISEPACK_ID),)),
    after=LicenseContent(()),
    by_group=False,
)
PEOPLE = [f"8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d{number:02}" for number in range(20, 60)]


def a_world() -> World:
    """Forty people who lost the licence, more than the log may be asked about at once."""
    world = World()
    for user_id in PEOPLE:
        world.put(replace(UNLICENSED, id=user_id))
        world.directory.audit_records.append(replace(REMOVED, user_id=user_id))
    return world


def asked_for(world: World) -> int:
    """How often the log was asked for one person's records."""
    return len([call for call in world.directory.calls if call.startswith("updates_of")])


async def checked(user_ids: list[str], world: World, deps: Deps) -> bool:
    """Whether all of them are answered, in the patience of one caller."""
    checking = asyncio.gather(*(check(a_request(user=one), deps) for one in user_ids))
    while not checking.done():
        if world.clock.is_waited_for:
            world.clock.advance(timedelta(seconds=1))
        await asyncio.sleep(0)
    try:
        found = await checking
    except DirectoryUnavailableError:
        return False
    assert [one.window.evidence for one in found if one.window] == ["audit"] * len(user_ids)
    return True


async def test_whoever_comes_back_with_the_same_list_is_answered_in_the_end() -> None:
    """503 says when to come back, and that leads on: the log is asked once for each of them."""
    world = a_world()
    deps = world.deps
    tries = 1

    while not await checked(PEOPLE, world, deps):
        tries += 1
        assert tries < len(PEOPLE)
        world.clock.advance(LOG_PATIENCE)

    assert 1 < tries
    assert asked_for(world) == len(PEOPLE)


async def test_the_same_person_many_times_is_one_question() -> None:
    """A list may name somebody twice, and a second check may follow the first."""
    world = a_world()
    deps = world.deps

    assert await checked(PEOPLE[:1], world, deps)
    assert await checked(PEOPLE[:1] * 40, world, deps)

    assert asked_for(world) == 1


async def test_what_was_read_is_believed_for_some_minutes_by_checks_alone() -> None:
    """A restore reads for itself, and a later check reads anew."""
    world = World()
    world.put(UNLICENSED)
    world.directory.audit_records.append(REMOVED)
    deps = world.deps

    await check(MAILBOX, deps)
    await world.restore(MAILBOX)
    assert asked_for(world) == 2
    world.put(UNLICENSED)
    world.clock.advance(REMEMBERED_FOR)
    await check(MAILBOX, deps)

    assert asked_for(world) == 3


@pytest.mark.parametrize("people", [1, 2_000, 5_000])
def test_the_memory_is_bounded(people: int) -> None:
    """However many are checked; those read last are remembered."""
    memory = LogMemory()
    for number in range(people):
        memory.keep(str(number), (), NOW)

    kept = [number for number in range(people) if memory.of(str(number), NOW) is not None]

    assert kept == list(range(people))[-2_000:]
