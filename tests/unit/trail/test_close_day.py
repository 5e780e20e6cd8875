"""Closing a day while other hosts write: each change after an end is in some day's heads."""

from datetime import timedelta

import pytest

from shared.audit_trail.close_day import close_day
from shared.domain.audit_trail.days import Day
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.errors import StorageUnavailableError
from tests.builders import a_request
from tests.unit.world.world import World

DAY = timedelta(days=1)


async def next_day(world: World) -> Day:
    """The next day, closed."""
    world.clock.advance(DAY)
    day = await close_day(world.deps)
    assert day is not None
    return day


def entries_of(record: Record, day: Day) -> int:
    """How many entries of this restore the day proves."""
    return max((one.head.number for one in day.heads if one.restore_id == record.id), default=0)


async def change(world: World, record: Record) -> None:
    """Write to the journal of a restore that has ended."""
    stored = await world.storage.ledger.read(record.id)
    assert stored is not None
    entry = JournalEntry(world.clock.now(), "callback-failed")
    await world.storage.ledger.write(stored, stored.record, entry)


async def test_a_change_that_was_noted_and_arrives_late_is_in_a_later_day() -> None:
    """Its host was slow between the two writes, and the day was closed in between."""
    world = World()
    record = await world.restore(a_request(user="nobody@contoso.com"))
    before = entries_of(record, await next_day(world))
    world.storage.ledger.fail_next("write", StorageUnavailableError("not yet"))
    with pytest.raises(StorageUnavailableError):
        await change(world, record)
    noted = dict(world.storage.ledger.changed)

    between = entries_of(record, await next_day(world))
    kept = dict(world.storage.ledger.changed)
    # The write of that host arrives now; what it had noted is not noted again.
    await change(world, record)
    world.storage.ledger.changed = dict(kept)
    after = entries_of(record, await next_day(world))

    assert (before, between, after) == (before, before, before + 1)
    assert kept == noted != {}
    assert world.storage.ledger.changed == {}
