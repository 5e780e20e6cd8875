"""The TrailEntries and Proofs ports: in memory, and on Azure Tables and Blobs."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from azure.data.tables import UpdateMode
from azure.data.tables.aio import TableClient
from azure.storage.blob.aio import ContainerClient

from infra.local.landscape import Azurite
from shared.domain.audit_trail.days import RestoreHead
from shared.domain.audit_trail.items import TrailEntry
from shared.domain.audit_trail.query import TrailPart, TrailPlace, TrailQuery
from shared.domain.outcomes import Code, outcome
from shared.domain.records.links import Link
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.errors import UnreadableTextError
from shared.ledger.storage import Storage
from shared.ledger.trail_store.proofs import BlobProofs
from shared.ports.ledger import StoredRecord
from shared.ports.trail import ChangeNote
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, a_new_record, an_entry, an_id

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def behind(restore_id: str, number: int = 0) -> TrailQuery:
    """The entries of this restore, and of those that come behind it."""
    return TrailQuery(place=TrailPlace(TrailPart.ENTRIES, f"{restore_id}-{number:06d}"))


async def told(storage: Ports, entries: int = 3) -> Record:
    """A restore that has so many entries, an hour apart."""
    record = a_new_record()
    assert await storage.ledger.insert(record, an_entry("1"))
    for number in range(1, entries):
        entry = replace(an_entry(f"{number + 1}"), at=NOW + number * HOUR)
        await storage.ledger.write(await stored_in(storage, record), record, entry)
    return record


async def stored_in(storage: Ports, record: Record) -> StoredRecord:
    """The record as it lies there."""
    stored = await storage.ledger.read(record.id)
    assert stored is not None
    return stored


def links_of(entries: tuple[TrailEntry, ...]) -> list[Link]:
    """The links of these entries, each of which can be read and has one."""
    links = [one.link for one in entries if isinstance(one, JournalEntry) and one.link is not None]
    assert len(links) == len(entries)
    return links


def numbers(entries: tuple[TrailEntry, ...], record: Record) -> list[int]:
    """The numbers of this restore's entries among these."""
    return [link.number for link in links_of(entries) if link.restore_id == record.id]


async def test_entries_come_by_restore_and_number(storage: Ports) -> None:
    """With their links, as the journal has them; no entry twice, none left out."""
    record = await told(storage)

    page = await storage.trail.page(behind(record.id), 3)

    assert page == await storage.ledger.journal(record.id)
    assert numbers(page, record) == [1, 2, 3]


async def test_a_page_ends_at_its_limit_and_the_next_goes_on(storage: Ports) -> None:
    """Behind the last entry of the page before."""
    record = await told(storage, entries=5)

    first = await storage.trail.page(behind(record.id), 2)
    second = await storage.trail.page(behind(record.id, 2), 2)
    third = await storage.trail.page(behind(record.id, 4), 1)

    assert [numbers(page, record) for page in (first, second, third)] == [[1, 2], [3, 4], [5]]


async def test_restores_follow_each_other(storage: Ports) -> None:
    """All of one before the first of the next, by their ids."""
    records = sorted([await told(storage, entries=2) for _ in range(3)], key=lambda it: it.id)

    page = await storage.trail.page(behind(records[0].id), 1_000)

    ours = {record.id for record in records}
    places = [(link.restore_id, link.number) for link in links_of(page)]
    assert places == sorted(places)
    mine = [place for place in places if place[0] in ours]
    assert mine == [(record.id, number) for record in records for number in (1, 2)]


@pytest.mark.parametrize(
    ("since", "until", "left"),
    [
        (NOW + HOUR, None, [2, 3]),
        (NOW + HOUR + timedelta(microseconds=1), None, [3]),
        (None, NOW + HOUR, [1]),
        (None, NOW + HOUR + timedelta(microseconds=1), [1, 2]),
        (NOW + HOUR, NOW + 2 * HOUR, [2]),
        (NOW + DAY, None, []),
    ],
)
async def test_from_is_inclusive_and_to_is_not(
    storage: Ports, since: datetime | None, until: datetime | None, left: list[int]
) -> None:
    """To the microsecond, on both sides."""
    record = await told(storage)

    query = replace(behind(record.id), since=since, until=until)
    page = await storage.trail.page(query, 1_000)

    assert numbers(page, record) == left


async def test_the_end_of_a_journal_is_told(storage: Ports) -> None:
    """As the ledger has it, and whether the restore may go on; of one that is not there, none."""
    record = await told(storage)
    going = await storage.trail.head(record.id)
    stored = await stored_in(storage, record)
    claimed = record.claim("worker", NOW, HOUR)
    await storage.ledger.write(
        stored, claimed.settle(outcome(Code.CANCELLED), NOW), an_entry("settled")
    )
    ended = await storage.trail.head(record.id)

    assert going == RestoreHead(record.id, stored.head, is_open=True)
    assert ended == RestoreHead(record.id, (await stored_in(storage, record)).head, is_open=False)
    assert await storage.trail.head(an_id()) is None


@pytest.mark.parametrize(
    ("text", "status", "is_open"), [("{}", "cancelled", False), ("", "x", True)]
)
async def test_the_end_is_told_beside_a_record_of_another_release(
    account: str,
    real_storage: Storage,
    text: str,
    status: str,
    is_open: bool,  # noqa: FBT001 - told by the row
) -> None:
    """Whatever its document is; in a status that nobody here knows it may go on."""
    record = await told(real_storage)
    head = (await stored_in(real_storage, record)).head

    await hurt_row(account, record.id, {"doc0": text, "status": status})

    with pytest.raises(UnreadableTextError):
        await real_storage.ledger.read(record.id)
    assert await real_storage.trail.head(record.id) == RestoreHead(record.id, head, is_open)


@pytest.mark.parametrize("column", [{"journalLength": "x"}, {"headAt": "yesterday"}])
async def test_an_end_that_is_damaged_is_no_end(
    account: str, real_storage: Storage, column: dict[str, str]
) -> None:
    """Neither the trail nor the ledger takes it for one."""
    record = await told(real_storage)

    await hurt_row(account, record.id, column)

    with pytest.raises(UnreadableTextError, match=record.id):
        await real_storage.trail.head(record.id)
    with pytest.raises(UnreadableTextError, match=record.id):
        await real_storage.ledger.read(record.id)


async def hurt_row(account: str, restore_id: str, columns: dict[str, str]) -> None:
    """Write other columns into the row of a record, past the service."""
    async with TableClient.from_connection_string(account, "restores") as table:
        keys = {"PartitionKey": restore_id, "RowKey": "record"}
        await table.update_entity(keys | columns, UpdateMode.MERGE)


async def test_only_a_change_after_the_end_is_noted(storage: Ports) -> None:
    """One that is under way is in the days' heads anyhow."""
    record = await told(storage)
    noted_before = await noted(storage, record)
    ended = record.cancel(NOW)
    await storage.ledger.write(await stored_in(storage, record), ended, an_entry("cancelled"))
    at_its_end = await noted(storage, record)
    await storage.ledger.write(await stored_in(storage, record), ended, an_entry("undone"))

    assert (noted_before, at_its_end) == ([], [])
    assert len(await noted(storage, record)) == 1


async def test_a_note_is_taken_back_unless_it_is_newer(storage: Ports) -> None:
    """A change between the day's heads and the settling is in the next day's."""
    record = await told(storage)
    ended = record.cancel(NOW)
    for event in ("cancelled", "undone"):
        await storage.ledger.write(await stored_in(storage, record), ended, an_entry(event))
    (old,) = await noted(storage, record)
    await storage.ledger.write(await stored_in(storage, record), ended, an_entry("erased"))
    (new,) = await noted(storage, record)

    await storage.trail.settle(old)
    kept = await noted(storage, record)
    await storage.trail.settle(new)
    await storage.trail.settle(new)

    assert old.version != new.version
    assert new.number == (await stored_in(storage, record)).head.number
    assert kept == [new]
    assert await noted(storage, record) == []


async def noted(storage: Ports, record: Record) -> list[ChangeNote]:
    """The notes of this restore as changed."""
    return [note async for note in storage.trail.changed() if note.restore_id == record.id]


async def test_restores_are_told_from_their_day_on(storage: Ports) -> None:
    """By the UTC day on which they were accepted, whatever the hour; None: all."""
    night = NOW.replace(hour=23, minute=59)
    record = a_new_record()
    await storage.days.note(record.id, night)

    async def is_told(since: datetime | None) -> bool:
        found = storage.trail.created_since(since)
        return record.id in [it async for it in found]

    assert await is_told(None)
    assert await is_told(night + timedelta(seconds=59))
    assert await is_told(night - DAY)
    assert not await is_told(night + timedelta(minutes=1))


async def test_a_blob_is_kept_once(storage: Ports) -> None:
    """The second is refused, whatever it says, and the first stays."""
    name = f"days/{an_id()}"
    assert await storage.proofs.read(name) is None
    assert await storage.proofs.keep(name, b"first")

    assert not await storage.proofs.keep(name, b"second")
    assert not await storage.proofs.keep(name, b"first")

    assert await storage.proofs.read(name) == b"first"


async def test_of_two_at_once_one_keeps_it(storage: Ports) -> None:
    """And what can be read is the winner's."""
    name = f"days/{an_id()}"
    contents = [f"{number}".encode() for number in range(5)]

    kept = await asyncio.gather(*(storage.proofs.keep(name, content) for content in contents))

    assert kept.count(True) == 1
    assert await storage.proofs.read(name) == contents[kept.index(True)]


async def test_the_first_blobs_of_all_may_be_kept_at_once(azurite: Azurite) -> None:
    """Each finds no container, and makes it."""
    text = azurite.connection_string
    async with ContainerClient.from_connection_string(text, f"c{an_id()}") as container:
        proofs = BlobProofs(lambda: container)

        kept = await asyncio.gather(*(proofs.keep(f"{number}", b"x") for number in range(5)))

        assert kept == [True] * 5


async def test_names_come_in_their_order(storage: Ports) -> None:
    """Those that begin so, and no others."""
    start = f"days/{an_id()}"
    for name in ("-2026-11-30", "-2026-11-09", "-2026-12-01"):
        assert await storage.proofs.keep(f"{start}{name}", b"{}")
    assert await storage.proofs.keep(f"erasures/{an_id()}", b"{}")

    found = [name async for name in storage.proofs.names(start)]

    days = ("-2026-11-09", "-2026-11-30", "-2026-12-01")
    assert found == [f"{start}{day}" for day in days]
