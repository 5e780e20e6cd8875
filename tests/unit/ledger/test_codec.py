"""The codec: what is stored is what comes back, and another release's text is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.domain.lists.losses import ListedLoss, LossCase
from shared.domain.observations.observation import Observation
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.window import NO_WINDOW
from shared.errors import UnreadableTextError
from shared.ledger.tables.codec import ENTRIES, OBSERVATIONS, RECORDS, Codec
from tests.builders import NOW, a_person, a_record, a_request
from tests.unit.ledger.strategies import entries, losses, observations, patient, records

LOSSES = Codec(ListedLoss)
A_LOSS = ListedLoss(
    "an-id", "person@contoso.com", LossCase.DELETED_USER, NO_WINDOW, NOW, deleted_at=NOW
)


@patient
@given(records)
@example(a_record())
@example(a_record(person=a_person(), request=a_request(license_removed_at=NOW)))
def test_any_record_comes_back_as_it_was(record: Record) -> None:
    """Every field, enum, instant and nested value, and as the same classes."""
    text = RECORDS.encode(record)

    assert record == RECORDS.decode(text)
    assert repr(record.status) == repr(RECORDS.decode(text).status)


@patient
@given(entries)
def test_any_journal_entry_comes_back_as_it_was(entry: JournalEntry) -> None:
    """The audit trail is exact."""
    assert entry == ENTRIES.decode(ENTRIES.encode(entry))


@patient
@given(observations)
def test_any_observation_comes_back_as_it_was(observation: Observation) -> None:
    """So is the knowledge from before a loss."""
    assert observation == OBSERVATIONS.decode(OBSERVATIONS.encode(observation))


@patient
@given(st.text(st.characters(exclude_categories=())))
@example("\ud800")
@example("\udc00 x \ud800")
@example("\x00\ufffe\uffff\u2028😀")
def test_any_text_is_kept_and_can_be_sent(text: str) -> None:
    """Even half a surrogate pair, which UTF-8 cannot carry as itself."""
    # A pair in two halves is one character to JSON, so it can only come back whole.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    stored = RECORDS.encode(a_record(request=None, received=text))

    assert stored.encode()
    assert RECORDS.decode(stored).received == text


def test_instants_keep_their_microsecond_and_come_back_aware() -> None:
    """An instant of another zone is the same instant in UTC."""
    moment = datetime(2026, 11, 22, 13, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))

    back = RECORDS.decode(RECORDS.encode(a_record(updated_at=moment))).updated_at

    assert back == datetime(2026, 11, 22, 12, 0, 0, 1, tzinfo=UTC)
    assert back.utcoffset() == timedelta(0)


def test_an_instant_without_a_zone_is_not_stored() -> None:
    """It would come back as a guess."""
    with pytest.raises(ValueError, match="time zone"):
        RECORDS.encode(a_record(updated_at=NOW.replace(tzinfo=None)))


def test_a_value_of_the_wrong_type_is_not_stored() -> None:
    """It could not be read back, so it is refused while the old text still stands."""
    with pytest.raises(ValueError, match="attempts"):
        RECORDS.encode(a_record(attempts="three"))


def test_the_text_says_its_version() -> None:
    """Version 1, beside the value."""
    stored = json.loads(RECORDS.encode(a_record()))

    assert stored["v"] == 1
    assert sorted(stored) == ["body", "v"]


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused_by_its_number(version: object) -> None:
    """Whoever reads the log knows which release wrote the row."""
    stored = json.loads(RECORDS.encode(a_record())) | {"v": version}

    with pytest.raises(UnreadableTextError, match=f"version {version!r}; this release reads"):
        RECORDS.decode(json.dumps(stored))


@pytest.mark.parametrize("text", ["", "x", "[]", "1", "null", "{}", '{"v":1}', '{"v":1,"body":3}'])
def test_a_text_that_is_no_record_is_refused(text: str) -> None:
    """By one error, whatever is wrong."""
    with pytest.raises(UnreadableTextError):
        RECORDS.decode(text)


def test_a_damaged_field_is_named_and_not_shown() -> None:
    """The message says where, never what: it goes to the log."""
    stored = json.loads(RECORDS.encode(a_record()))
    stored["body"]["created_at"] = "a secret"

    with pytest.raises(UnreadableTextError, match="created_at") as refused:
        RECORDS.decode(json.dumps(stored))

    assert "a secret" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_fields_may_be_added_within_a_version() -> None:
    """A release one step older or newer still reads the row."""
    stored = json.loads(RECORDS.encode(a_record(attempts=3)))
    del stored["body"]["waits"]
    stored["body"]["invented_later"] = True

    assert replace(a_record(), attempts=3) == RECORDS.decode(json.dumps(stored))


@patient
@given(losses)
@example(replace(A_LOSS, display_name="\ud800"))
@example(replace(A_LOSS, display_name="T10:20:30+"))
def test_one_of_many_comes_back_as_it_was(loss: ListedLoss) -> None:
    """By the quick way, too: every field, and any name."""
    text = LOSSES.encode_one_of_many(loss)

    assert text.encode()
    assert LOSSES.decode(text) == LOSSES.decode(LOSSES.encode(loss)) == loss


@pytest.mark.parametrize("microsecond", [0, 1, 120_000])
def test_an_instant_of_another_zone_is_stored_in_utc_by_the_quick_way(microsecond: int) -> None:
    """Of the same instant there is one text."""
    moment = datetime(2026, 11, 22, 13, 0, 0, microsecond, tzinfo=timezone(timedelta(hours=1)))

    back = LOSSES.decode(LOSSES.encode_one_of_many(replace(A_LOSS, deleted_at=moment))).deleted_at

    assert back == moment
    assert back is not None
    assert back.utcoffset() == timedelta(0)


@pytest.mark.parametrize("microsecond", [0, 1, 120_000])
def test_an_instant_without_a_zone_is_not_stored_by_the_quick_way(microsecond: int) -> None:
    """It would come back as a guess."""
    moment = NOW.replace(tzinfo=None, microsecond=microsecond)

    with pytest.raises(ValueError, match="time zone"):
        LOSSES.encode_one_of_many(replace(A_LOSS, deleted_at=moment))


def test_a_value_of_the_wrong_type_is_not_stored_by_the_quick_way() -> None:
    """It could not be read back."""
    with pytest.raises(ValueError, match="deleted_at"):
        LOSSES.encode_one_of_many(replace(A_LOSS, deleted_at="yesterday"))  # type: ignore[arg-type]
