"""How texts, keys and versions lie in a row."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.records.links import Head
from shared.ledger.tables.entity import (
    CHUNK,
    Version,
    etag_of,
    join,
    key,
    split,
    stamp,
    stamp_key,
    text_of,
)
from tests.builders import NOW
from tests.unit.ledger.strategies import patient

PROPERTY_LIMIT = 32 * 1024
ENTITY_LIMIT = 1024 * 1024


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as table storage counts it."""
    return len(text.encode("utf-16-le")) // 2


@patient
@given(st.text(), st.integers(0, 4000))
def test_a_split_text_is_whole_again(text: str, times: int) -> None:
    """Whatever its length and characters."""
    assert text * times == join(split(text * times))


@pytest.mark.parametrize("character", ["a", "漢", "😀"])
def test_no_property_and_no_entity_is_too_long(character: str) -> None:
    """A record with a body of 64 KiB stays below both limits, astral characters counted twice."""
    properties = split(character * 200_000)

    assert max(units(value) for value in properties.values()) <= PROPERTY_LIMIT
    assert 2 * sum(units(value) for value in properties.values()) <= ENTITY_LIMIT
    assert len(properties) < 252


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_the_edges_of_a_chunk_lose_nothing(length: int) -> None:
    """One more or one less than a chunk."""
    assert join(split("x" * length)) == "x" * length


def test_other_columns_are_not_part_of_the_text() -> None:
    """Join takes doc0, doc1, ... and stops at the first that is missing."""
    row = {"doc0": "a", "doc1": "b", "doc3": "d", "doc": "x", "status": "queued"}

    assert join(row) == "ab"


@patient
@given(st.text(st.characters(exclude_categories=()), max_size=600))
def test_every_key_is_one_that_storage_takes(text: str) -> None:
    """Nothing forbidden is left in it, it is not empty and not too long."""
    result = key(text)

    assert 0 < len(result) <= 512
    assert result.isascii()
    assert result.isprintable()
    assert not set(result) & set("/\\#?%+ '")


@patient
@given(st.text(), st.text())
def test_two_texts_never_share_a_key(one: str, other: str) -> None:
    """Not even when one looks like the other, encoded."""
    assert (one == other) == (key(one) == key(other))
    assert one == key(one) or key(key(one)) != key(one)


def test_usual_ids_are_their_own_keys() -> None:
    """People who look into the table find what they search for."""
    for text in ("0123abcdef", "8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11", "a.b_c@contoso.com"):
        assert text == key(text)


@patient
@given(st.text(), st.integers(0, 10**9))
def test_a_version_survives_its_way_through_the_caller(etag: str, length: int) -> None:
    """Whatever the ETag looks like."""
    for head in (Head(length), Head(length, "a" * 64, NOW)):
        assert Version(etag, head) == Version.parse(str(Version(etag, head)))


@pytest.mark.parametrize(
    "text", ["", "W/etag", ";etag", "1;;etag", "x;;;etag", "-1;;;etag", "²;;;etag"]
)
def test_a_text_that_was_no_version_is_none(text: str) -> None:
    """It is not taken for one by accident."""
    assert Version.parse(text) is None


def test_an_etag_is_demanded() -> None:
    """Nothing is ever written on an ETag that was not there."""
    assert etag_of({"etag": "W/1"}) == "W/1"
    for none in (None, ""):
        with pytest.raises(TypeError):
            etag_of({"etag": none})


def test_a_text_column_that_is_missing_is_empty() -> None:
    """Or is of another type."""
    assert text_of({"a": "b", "c": 1}, "a") == "b"
    assert text_of({"a": "b", "c": 1}, "c") == ""


@patient
@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2))
def test_stamps_sort_as_time_does(moments: list[datetime]) -> None:
    """To the microsecond, so that storage can compare them as text."""
    assert [stamp(moment) for moment in sorted(moments)] == sorted(map(stamp, moments))
    assert [datetime.fromisoformat(stamp(moment)) for moment in moments] == moments


def test_stamps_are_in_utc() -> None:
    """An instant has one stamp, whatever zone it is given in."""
    moment = datetime(2026, 11, 22, 12, tzinfo=UTC)

    assert stamp(moment) == "2026-11-22T12:00:00.000000+00:00"
    assert stamp(moment.astimezone(timezone(timedelta(hours=-8)))) == stamp(moment)


@given(st.datetimes(timezones=st.timezones()))
def test_a_stamp_in_a_key_is_what_a_key_makes_of_it(moment: datetime) -> None:
    """Rows that were filed by `key` are found where they are."""
    assert stamp_key(moment) == key(stamp(moment))
