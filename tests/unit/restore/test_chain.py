"""The chain of a journal: what its hashes hold, and what may be taken out."""

from dataclasses import replace
from typing import Any

import pytest

from shared.domain.decision import StepName
from shared.domain.records.chain import (
    canonical,
    chained,
    digest_of,
    link_hash,
    plain_params,
    without_personal,
)
from shared.domain.records.links import Head, Link
from shared.domain.records.progress import JournalEntry
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.text import text
from shared.ledger.records_and_journals import fresh_salt
from shared.ledger.tables.codec import ENTRIES
from tests.builders import NOW, a_record

BY = RequestedBy(Door.HTTP, "Adele Vance", "oid-1")
DETAIL = text("journal", "claimed", worker="w", why=text("a", names=("x", text("b"))), n=1.5)


def a_chain() -> list[JournalEntry]:
    """Three entries, as they are written."""
    entries = (
        JournalEntry(NOW, "accepted", by=BY),
        JournalEntry(NOW, "attempting", DETAIL, "request-1", StepName.RESTORE_USER),
        JournalEntry(NOW, "done", text("journal", "attempt", count=1)),
    )
    return [entry for entry, _ in chained(a_record(), Head(), entries, fresh_salt)]


def link_of(entry: JournalEntry) -> Link:
    """The link of an entry that was written."""
    assert entry.link is not None
    return entry.link


def test_each_entry_has_the_hash_of_the_one_before() -> None:
    """And its own is that of what it says."""
    chain = a_chain()
    links = [link_of(entry) for entry in chain]

    assert [link.number for link in links] == [1, 2, 3]
    assert [link.previous_hash for link in links] == [None, links[0].hash, links[1].hash]
    assert [link.hash for link in links] == [link_hash(entry) for entry in chain]


@pytest.mark.parametrize(
    "change",
    [
        {"at": NOW.replace(microsecond=1)},
        {"event": "settled"},
        {"graph_request_id": "request-2"},
        {"step": StepName.ASSIGN_LICENSE},
        {"by": BY},
        {"detail": text("journal", "attempt")},
        {"detail": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_entry_has_another_hash(change: dict[str, Any]) -> None:
    """Whatever was changed in it."""
    entry = a_chain()[1]

    assert link_hash(replace(entry, **change)) != link_of(entry).hash


@pytest.mark.parametrize("field", ["number", "attempt", "evidence", "previous_hash", "restore_id"])
def test_a_changed_place_has_another_hash(field: str) -> None:
    """An entry that was moved to another place, or to another restore."""
    entry = a_chain()[1]
    there: Any = {field: 7}
    moved = replace(entry, link=replace(link_of(entry), **there))

    assert link_hash(moved) != link_of(entry).hash


def test_the_digests_are_of_the_name_and_the_parameters() -> None:
    """Each under a salt of its own."""
    first, second, _ = a_chain()
    name, params = link_of(first).name, link_of(second).params

    assert name is not None
    assert params is not None
    assert name.salt is not None
    assert params.salt is not None
    assert name.salt != params.salt
    assert name.digest == digest_of(name.salt, "Adele Vance")
    assert params.digest == digest_of(params.salt, plain_params(DETAIL.params))


def test_what_is_erased_leaves_no_trace_and_the_hash_stands() -> None:
    """Neither name, parameters nor salts are left."""
    for entry in a_chain():
        erased = without_personal(entry)

        assert link_hash(erased) == link_of(entry).hash
        assert erased.detail is None or erased.detail.params == ()
        assert erased.by is None or erased.by.name is None
        seals = [seal for seal in (link_of(erased).name, link_of(erased).params) if seal]
        assert all(seal.is_erased for seal in seals)


def test_the_hash_stands_after_storage() -> None:
    """What was written and read again has the same hash, half a character included."""
    odd = JournalEntry(NOW, "x", text("journal", "claimed", worker="\ud83d ä", n=2.0, m=3))
    ((entry, head),) = chained(a_record(), Head(), [odd], fresh_salt)
    read = ENTRIES.decode(ENTRIES.encode(entry))

    seal = link_of(read).params
    assert link_hash(read) == head.hash
    assert read.detail is not None
    assert seal is not None
    assert seal.salt is not None
    assert digest_of(seal.salt, plain_params(read.detail.params)) == seal.digest


def test_what_is_hashed_is_written_in_one_way() -> None:
    """Keys sorted, no blanks, nothing but ASCII."""
    assert canonical({"b": "ä", "a": [1, None]}) == b'{"a":[1,null],"b":"\\u00e4"}'
