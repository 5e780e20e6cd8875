"""Closing a day while other hosts write: each change after an end is in some day's heads."""

import json
from datetime import timedelta

import pytest

from shared.audit_trail.close_day import close_day
from shared.domain.audit_trail.days import Day, day_blob, decode_day, encode_day
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.errors import StorageUnavailableError, UnreadableTextError
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


def named(day: Day) -> set[str]:
    """The restores whose ends the day proves."""
    return {one.restore_id for one in day.heads}


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


async def test_a_record_of_another_release_puts_off_no_day() -> None:
    """Its journal is proven like all others: the end of it is told beside what cannot be read."""
    world = World()
    readable = await world.restore(a_request(user="nobody@contoso.com"))
    other = await world.restore(a_request(user="somebody@contoso.com"))
    entries = len(await world.storage.ledger.journal(other.id))
    world.storage.ledger.reads = lambda restore_id: restore_id != other.id

    day = await next_day(world)

    assert named(day) == {readable.id, other.id}
    assert entries_of(other, day) == entries


async def test_a_record_of_another_release_that_goes_on_is_in_each_day() -> None:
    """Nobody can read that it has ended, and somebody of that release may write to it."""
    world = World()
    other = await world.accept(a_request(user="somebody@contoso.com"))
    world.storage.ledger.reads = lambda restore_id: restore_id != other.id

    days = [await next_day(world), await next_day(world)]

    assert [named(day) for day in days] == [{other.id}, {other.id}]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"number":"1"}', b"\xff", b"[" * 10_000])
async def test_a_day_follows_on_the_last_that_can_be_read(content: bytes) -> None:
    """Whatever lies in the blob of the day before; what was to be in that day is in the next."""
    world = World()
    first = await next_day(world)
    record = await world.restore(a_request(user="nobody@contoso.com"))
    damaged = await next_day(world)
    world.storage.proofs.blobs[day_blob(damaged.name)] = content

    third = await next_day(world)

    assert (third.number, third.previous_hash) == (first.number + 1, first.hash)
    assert named(third) == named(damaged) == {record.id}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("number", None), ("day", 1), ("at", "yesterday"), ("at", "2026-05-01T08:00:00")),
        *(("keepDays", "90"), ("heads", {}), ("heads", ["x"]), ("heads", [{"restoreId": "x"}])),
        *(("previousHash", 1), ("hash", None)),
    ],
)
async def test_a_day_with_a_damaged_field_is_no_day(field: str, value: object) -> None:
    """Nothing is made of half a day."""
    plain = json.loads(encode_day(await next_day(World())))

    with pytest.raises(UnreadableTextError):
        decode_day(json.dumps({**plain, field: value}).encode())


async def test_a_journal_whose_end_is_damaged_keeps_the_end_that_a_day_has() -> None:
    """All others are proven; its own last proven end stands again, and it is asked for each day."""
    world = World()
    damaged = await world.accept(a_request(user="somebody@contoso.com"))
    first = await next_day(world)
    readable = await world.restore(a_request(user="nobody@contoso.com"))
    world.storage.ledger.ends = lambda restore_id: restore_id != damaged.id

    days = [await next_day(world), await next_day(world)]

    assert [entries_of(damaged, day) for day in days] == [entries_of(damaged, first)] * 2
    assert entries_of(readable, days[0]) > 0


async def test_a_change_whose_end_is_damaged_stays_noted() -> None:
    """No day has it: the note is not taken back, and brings the restore up each day."""
    world = World()
    damaged = await world.restore(a_request(user="nobody@contoso.com"))
    first = await next_day(world)
    await change(world, damaged)
    world.storage.ledger.ends = lambda restore_id: restore_id != damaged.id

    days = [await next_day(world), await next_day(world)]

    assert [entries_of(damaged, day) for day in days] == [entries_of(damaged, first)] * 2
    assert set(world.storage.ledger.changed) == {damaged.id}


async def test_what_has_no_end_in_any_day_is_in_none() -> None:
    """Nothing is made up: the check of the trail finds its entries without a head."""
    world = World()
    damaged = await world.restore(a_request(user="nobody@contoso.com"))
    world.storage.ledger.ends = lambda restore_id: restore_id != damaged.id

    assert named(await next_day(world)) == set()
