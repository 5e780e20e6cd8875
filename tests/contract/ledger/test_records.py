"""The Ledger port: in memory and on Azure Tables, the same answers."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from shared.domain.records.record import Record
from shared.errors import LeaseLostError
from shared.ports.ledger import StoredRecord
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, a_new_record, an_entry, an_id

MINUTE = timedelta(minutes=1)


async def opened(storage: Ports, record: Record | None = None) -> StoredRecord:
    """Return a record as it was just inserted."""
    record = record or a_new_record()
    assert await storage.ledger.insert(record, an_entry())
    stored = await storage.ledger.read(record.id)
    assert stored is not None
    return stored


async def test_a_record_is_read_as_it_was_inserted(storage: Ports) -> None:
    """Insert and read give the same record and journal."""
    record = a_new_record()

    assert await storage.ledger.insert(record, an_entry())

    stored = await storage.ledger.read(record.id)
    assert stored is not None
    assert record == stored.record
    assert (an_entry(),) == await storage.ledger.journal(record.id)


async def test_an_id_is_taken_once(storage: Ports) -> None:
    """The second insert says False and leaves record and journal alone."""
    stored = await opened(storage)
    other = replace(stored.record, attempts=7)

    assert not await storage.ledger.insert(other, an_entry("again"))

    assert stored == await storage.ledger.read(stored.record.id)
    assert (an_entry(),) == await storage.ledger.journal(stored.record.id)


async def test_the_same_record_inserted_again_is_not_taken_for_the_first(storage: Ports) -> None:
    """Equal content does not make a second writer the winner."""
    stored = await opened(storage)

    assert not await storage.ledger.insert(stored.record, an_entry())


async def test_nothing_is_read_where_nothing_is(storage: Ports) -> None:
    """An unknown id has no record and an empty journal."""
    nowhere = an_id()

    assert await storage.ledger.read(nowhere) is None
    assert await storage.ledger.journal(nowhere) == ()


async def test_a_write_replaces_the_record_and_appends_in_order(storage: Ports) -> None:
    """Entries come back in the order of their writing, over several writes."""
    first = await opened(storage)
    claimed = first.record.claim("worker-1", NOW, MINUTE)

    second = await storage.ledger.write(first, claimed, an_entry("claimed"), an_entry("looked"))
    third = await storage.ledger.write(second, claimed.renew(NOW + MINUTE, MINUTE))
    await storage.ledger.write(third, claimed, an_entry("released"))

    assert (await storage.ledger.read(claimed.id) or first).record == claimed
    events = [entry.event for entry in await storage.ledger.journal(claimed.id)]
    assert events == ["accepted", "claimed", "looked", "released"]


async def test_every_write_changes_the_etag(storage: Ports) -> None:
    """Even one that writes the same content; and the next read shows the last one."""
    stored = await opened(storage)
    etags = [stored.etag]
    for _ in range(3):
        stored = await storage.ledger.write(stored, stored.record, an_entry("again"))
        etags.append(stored.etag)

    assert all(one != next_ for one, next_ in pairwise(etags))
    assert stored == await storage.ledger.read(stored.record.id)


async def test_a_stale_write_writes_neither_record_nor_journal(storage: Ports) -> None:
    """The transaction as a whole is refused when the record changed."""
    stale = await opened(storage)
    fresh = await storage.ledger.write(stale, replace(stale.record, attempts=2), an_entry("won"))

    with pytest.raises(LeaseLostError):
        await storage.ledger.write(stale, replace(stale.record, attempts=3), an_entry("lost"))

    assert fresh == await storage.ledger.read(stale.record.id)
    events = [entry.event for entry in await storage.ledger.journal(stale.record.id)]
    assert events == ["accepted", "won"]


async def test_a_write_to_a_removed_record_leaves_nothing(storage: Ports) -> None:
    """A worker that comes back after the cleanup does not raise the dead."""
    stored = await opened(storage)
    await storage.ledger.remove(stored.record.id)

    with pytest.raises(LeaseLostError):
        await storage.ledger.write(stored, stored.record, an_entry("late"))

    assert await storage.ledger.read(stored.record.id) is None
    assert await storage.ledger.journal(stored.record.id) == ()


async def test_a_write_with_an_etag_that_never_was_is_refused(storage: Ports) -> None:
    """Only what came from the ledger is a claim."""
    stored = await opened(storage)

    with pytest.raises(LeaseLostError):
        await storage.ledger.write(replace(stored, etag="made up"), stored.record)


@pytest.mark.parametrize("rivals", [2, 20])
async def test_of_many_inserts_one_wins(storage: Ports, rivals: int) -> None:
    """Equal or not, one insert is told True, and its record and its only entry are there."""
    record = a_new_record()
    inserts = [
        storage.ledger.insert(replace(record, attempts=1 + rival // 2), an_entry(f"by {rival}"))
        for rival in range(rivals)
    ]

    won = await asyncio.gather(*inserts)

    assert won.count(True) == 1
    winner = won.index(True)
    stored = await storage.ledger.read(record.id)
    assert stored is not None
    assert stored.record.attempts == 1 + winner // 2
    assert (an_entry(f"by {winner}"),) == await storage.ledger.journal(record.id)


@pytest.mark.parametrize("rivals", [2, 20])
async def test_of_many_writers_one_wins(storage: Ports, rivals: int) -> None:
    """One claim goes through, the others lose their lease, and the journal names the winner."""
    stored = await opened(storage)
    claims = [
        storage.ledger.write(
            stored, stored.record.claim(f"worker-{rival}", NOW, MINUTE), an_entry(f"by {rival}")
        )
        for rival in range(rivals)
    ]

    answers = await asyncio.gather(*claims, return_exceptions=True)

    winners = [answer for answer in answers if isinstance(answer, StoredRecord)]
    assert len(winners) == 1
    assert all(isinstance(answer, StoredRecord | LeaseLostError) for answer in answers)
    assert winners[0] == await storage.ledger.read(stored.record.id)
    events = [entry.event for entry in await storage.ledger.journal(stored.record.id)]
    assert events == ["accepted", f"by {answers.index(winners[0])}"]


@pytest.mark.parametrize(
    "character",
    ["a", "ä", "漢", "😀", "\x00", "\x01", '"', "\\", "<", "\u2028", "\ufffe", "\ud800"],
)
async def test_a_message_of_64_kib_is_kept_to_the_letter(storage: Ports, character: str) -> None:
    """Whatever a queue message can hold survives, astral and control characters too."""
    body = character * (65_536 // len(character.encode("utf-8", "surrogatepass")))
    record = replace(a_new_record(), request=None, received=body)

    stored = await opened(storage, record)

    assert record == stored.record


async def test_a_long_journal_is_removed_with_its_record(storage: Ports) -> None:
    """More entries than one transaction takes; and removing again is fine."""
    stored = await opened(storage)
    for number in range(4):
        entries = [an_entry(f"{number}-{at}") for at in range(60)]
        stored = await storage.ledger.write(stored, stored.record, *entries)
    assert len(await storage.ledger.journal(stored.record.id)) == 241

    await storage.ledger.remove(stored.record.id)
    await storage.ledger.remove(stored.record.id)

    assert await storage.ledger.read(stored.record.id) is None
    assert await storage.ledger.journal(stored.record.id) == ()
    assert await storage.ledger.insert(stored.record, an_entry())


async def test_two_may_remove_at_once(storage: Ports) -> None:
    """Two cleanups that meet do not disturb each other."""
    stored = await opened(storage)
    await storage.ledger.write(stored, stored.record, *[an_entry()] * 50)

    await asyncio.gather(*(storage.ledger.remove(stored.record.id) for _ in range(3)))

    assert await storage.ledger.read(stored.record.id) is None
    assert await storage.ledger.journal(stored.record.id) == ()
