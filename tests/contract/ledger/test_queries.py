"""Test that every query of the ledger is answered by the only index, that of the keys.

Table storage keeps the rows of a table in the order of PartitionKey and RowKey. A query that names
a partition, or two ends, reads what lies between; any other one reads the whole table, so it would
grow with every restore that was ever done.
Source: Microsoft, "Design Azure Table storage for queries"; "Query timeout and pagination".
"""

import ast
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from infra.local.landscape import Azurite
from infra.local.preflight import ROOT
from shared.domain.audit_trail.query import TrailPart, TrailPlace, TrailQuery
from shared.domain.events.subscription import EventType
from shared.domain.limits import Open
from shared.domain.lists.losses import LossPlace
from shared.domain.lists.restores import ListPlace
from shared.ledger.connections import StorageSettings
from shared.ledger.storage import Storage, open_storage
from tests.builders import NOW
from tests.contract.ledger.proxies.listening import Listener, listening
from tests.contract.ledger.storages import a_new_record, an_entry, an_id
from tests.contract.ledger.test_batches import a_batch

type Call = Callable[[Storage], Awaitable[object]]

_LEDGER = ROOT / "shared" / "ledger"

# What is deliberately not by keys alone, what is missing or too much, and why it does not grow.
EXCEPTIONS = {
    "TableUnfinished.due": (
        {"no first PartitionKey", "no last PartitionKey", "column dueAt"},
        "the table holds what is unfinished, and not one old restore",
    ),
    "TableDays.before": (
        {"no first PartitionKey"},
        "what lies before the keep time is removed, save what waited for days before it ended",
    ),
    "TableDays.oldest_day": (
        {"no last PartitionKey"},
        "one row is asked for, and the first one matches",
    ),
    "TableObservations._are_none": (
        {"no last PartitionKey"},
        "one row is asked for, and any one matches",
    ),
    "TableAuditCursors.remove_before": (
        {"no first PartitionKey"},
        "all that lies before is removed; a generation's name begins with its time",
    ),
    "TableDateIndex.between": (
        {"column at"},
        "it leaves out rows of the first and of the last day, and of no other",
    ),
    "TableTrail._entries": (
        {"no last PartitionKey", "column at"},
        "an export reads all of the trail; what lies before its place is not read again",
    ),
    "TableTrail.created_since": (
        {"no last PartitionKey"},
        "restores are accepted until today: what comes after the day is all that is asked for",
    ),
    "TableSubscriptions._read_to": (
        {"column event"},
        "subscriptions are few, and one partition holds nothing else",
    ),
}


async def _all(rows: AsyncIterator[object]) -> list[object]:
    return [row async for row in rows]


async def _insert_and_remove(storage: Storage) -> None:
    record = a_new_record()
    await storage.ledger.insert(record, an_entry())
    await storage.ledger.remove(record.id)


async def _insert_and_erase(storage: Storage) -> None:
    record = a_new_record()
    await storage.ledger.insert(record, an_entry())
    stored = await storage.ledger.read(record.id)
    assert stored is not None
    await storage.ledger.erase(stored, stored.record, lambda entry: entry)


async def _pages_of_the_trail(storage: Storage) -> None:
    await storage.trail.page(TrailQuery(since=NOW, until=NOW), 30)
    place = TrailPlace(TrailPart.ENTRIES, f"{an_id()}-000001")
    await storage.trail.page(TrailQuery(place=place, since=NOW, until=NOW), 30)


# A call of the port for each place in the adapters that sends a query.
CALLS: dict[str, Call] = {
    "TableLedger.journal": lambda at: at.ledger.journal(an_id()),
    "TableLedger._left": _insert_and_erase,
    "TableLedger._remove": _insert_and_remove,
    "TableUnfinished.due": lambda at: _all(at.unfinished.due(NOW)),
    "TableDays.before": lambda at: _all(at.days.before(NOW)),
    "TableDays.page": lambda at: at.days.page(ListPlace(NOW, an_id()), 30),
    "TableDays.oldest_day": lambda at: at.days.oldest_day(),
    "TableThrottles.read": lambda at: at.throttles.read(),
    "TableNames.find": lambda at: at.watch.names.find(an_id()),
    "TableAuditCursors.of_user": lambda at: at.audit_cursors.of_user(an_id(), an_id(), NOW),
    "TableAuditCursors.remove_before": lambda at: at.audit_cursors.remove_before("0"),
    "TableObservations._are_none": lambda at: at.watch.observations.many(
        an_id() for _ in range(500)
    ),
    "TableSeatQueue.first": lambda at: at.seats.first(an_id(), 30),
    "TableGuards.page": lambda at: at.guards.page(an_id(), 30),
    "TableDateIndex.between": lambda at: _all(at.watch.losses.between(NOW, NOW)),
    "TableBatches.before": lambda at: _all(at.batches.before(NOW)),
    "TableBatches.remove": lambda at: at.batches.remove(a_batch().id, "day-20261122"),
    "TableSubscriptions._read_to": lambda at: _all(at.subscriptions.to(EventType.FINISHED)),
    "TableSubscriptions.all": lambda at: _all(at.subscriptions.all()),
    "TableSubscriptions.of": lambda at: _all(at.subscriptions.of(an_id())),
    "TableAuditCursors.signs": lambda at: _all(at.audit_cursors.signs(an_id())),
    "TableCallers.names": lambda at: at.callers.names(an_id(), Open.RESTORE, 30),
    "TableLossList.after": lambda at: at.loss_list.after(LossPlace.ending_at(NOW), 30),
    "TableLossList.before": lambda at: at.loss_list.before(LossPlace.ending_at(NOW), 30),
    "TableLossList.needs_after": lambda at: _all(
        at.loss_list.needs_after(LossPlace.ending_at(NOW))
    ),
    "by_page": lambda at: at.loss_list.glance(an_id() for _ in range(30)),
    "TableTrail._entries": _pages_of_the_trail,
    "TableTrail.changed": lambda at: _all(at.trail.changed()),
    "TableTrail.created_since": lambda at: _all(at.trail.created_since(NOW)),
}


@pytest.fixture
async def heard(azurite: Azurite) -> AsyncIterator[tuple[Storage, Listener]]:
    """Give the ports, and whoever hears what they ask."""
    async with listening(azurite.connection_string) as subscriber:
        storage = open_storage(StorageSettings(subscriber.connection_string))
        await storage.ensure()
        subscriber.taken()
        yield storage, subscriber
        await storage.close()


@pytest.mark.parametrize("place", CALLS)
async def test_every_query_is_by_keys(place: str, heard: tuple[Storage, Listener]) -> None:
    """It names a partition or both ends, and no other column; else it is an exception, just so."""
    storage, subscriber = heard
    await CALLS[place](storage)

    queries = [asked for asked in subscriber.taken() if asked.filter is not None]
    assert queries
    excepted, _ = EXCEPTIONS.get(place, (set(), ""))
    lacking = [set(_lacks(asked.filter or "")) for asked in queries]
    assert all(lacks <= excepted for lacks in lacking), queries
    assert set().union(*lacking) == excepted


@pytest.mark.parametrize("place", ["TableDays.oldest_day", "TableObservations._are_none"])
async def test_the_first_row_is_asked_for_alone(
    place: str, heard: tuple[Storage, Listener]
) -> None:
    """That is why these queries may go without an end. Where there is one, others may follow."""
    storage, subscriber = heard
    await CALLS[place](storage)

    first, *_ = subscriber.taken()
    assert first.top == 1


def test_every_place_that_sends_a_query_is_heard() -> None:
    """A query that is added to the ledger is added here, too."""
    places = {place for path in _LEDGER.rglob("*.py") for place in _places(path, "pages")}

    assert places == CALLS.keys()
    assert EXCEPTIONS.keys() <= places


@pytest.mark.parametrize("name", ["query_entities", "list_entities"])
def test_no_query_goes_past_the_one_place(name: str) -> None:
    """`Rows.pages` alone asks the SDK for more than one row."""
    paths = [*(ROOT / "shared").rglob("*.py"), *(ROOT / "functions").rglob("*.py")]
    places = {place for path in paths for place in _places(path, name)}

    assert places <= {"Rows.pages"}


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("PartitionKey eq 'a'", set()),
        ("PartitionKey eq 'it''s and' and RowKey gt 'b'", set()),
        ("PartitionKey ge 'a' and PartitionKey lt 'b'", set()),
        ("PartitionKey ge 'a'", {"no last PartitionKey"}),
        ("RowKey eq 'a'", {"no first PartitionKey", "no last PartitionKey"}),
        ("PartitionKey eq 'a' and n eq 1", {"column n"}),
        ("PartitionKey eq 'a' or RowKey eq 'b'", {"not a chain of conditions"}),
        ("", {"not a chain of conditions"}),
    ],
)
def test_a_query_that_is_not_by_keys_is_known(text: str, lacks: set[str]) -> None:
    """What an index can make of a filter."""
    assert set(_lacks(text)) == lacks


_CONDITION = r"(\w+) (eq|ge|gt|le|lt|ne) ('(?:[^']|'')*'|[^' ]+)"


def _lacks(text: str) -> Iterator[str]:
    """What keeps the index from answering this filter."""
    if not re.fullmatch(rf"{_CONDITION}(?: and {_CONDITION})*", text):
        yield "not a chain of conditions"
        return
    conditions = [(name, operator) for name, operator, _ in re.findall(_CONDITION, text)]
    operators = {operator for name, operator in conditions if name == "PartitionKey"}
    if not operators & {"eq", "ge", "gt"}:
        yield "no first PartitionKey"
    if not operators & {"eq", "le", "lt"}:
        yield "no last PartitionKey"
    for name, _ in conditions:
        if name not in {"PartitionKey", "RowKey"}:
            yield f"column {name}"


def _places(path: Path, method: str) -> Iterator[str]:
    """Every function that calls a method of this name, as Class.function."""
    for owner in ast.parse(path.read_text(encoding="utf-8")).body:
        for part in getattr(owner, "body", []) if isinstance(owner, ast.ClassDef) else [owner]:
            calls = (node for node in ast.walk(part) if isinstance(node, ast.Call))
            names = {node.func.attr for node in calls if isinstance(node.func, ast.Attribute)}
            if method in names:
                name = getattr(part, "name", "?")
                yield f"{owner.name}.{name}" if isinstance(owner, ast.ClassDef) else name
