"""Keys: each caller's are its own, and no text leads out of its space."""

from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.requests.keys import (
    KeySpace,
    id_without_key,
    keys_of,
    keys_of_batch,
    order_of,
    restore_id_for_message,
)
from shared.domain.requests.request import Door, RequestedBy
from tests.builders import NOW, a_request

TEXTS = st.text(max_size=20) | st.sampled_from(["", "caller", "messages", '", "', "a\nb", "0"])
ANN = RequestedBy(Door.HTTP, "Ann", "a")
SPACES = {
    "a caller": keys_of(ANN),
    "another caller": keys_of(RequestedBy(Door.HTTP, "Ann", "b")),
    "function keys": keys_of(RequestedBy(Door.HTTP)),
    "messages": keys_of(RequestedBy(Door.QUEUE, "Ann")),
    "events": keys_of(RequestedBy(Door.QUEUE, "Ann"), "/hr"),
    "other events": keys_of(RequestedBy(Door.QUEUE, "Ann"), "/crm"),
    "events of an empty source": keys_of(RequestedBy(Door.QUEUE, "Ann"), ""),
    "a guard": keys_of(RequestedBy(Door.TIMER, "guard", "a")),
    "a batch": keys_of_batch("a", NOW),
}


@pytest.mark.parametrize("pair", list(combinations(SPACES, 2)), ids=" and ".join)
def test_one_key_of_two_callers_is_two(pair: tuple[str, str]) -> None:
    """Restores, batches and marks have nothing in common, whoever has which id."""
    one, other = (SPACES[name] for name in pair)

    assert one.restore_id("k") != other.restore_id("k")
    assert one.batch_id("k") != other.batch_id("k")
    assert one.mark("k") != other.mark("k")


def test_one_caller_has_one_space_whatever_name_and_door() -> None:
    """A caller is its id; the name may change, and a batch is sent by the same caller."""
    assert keys_of(ANN) == keys_of(RequestedBy(Door.BATCH, None, "a"))
    assert keys_of(RequestedBy(Door.HTTP)) == keys_of(RequestedBy(Door.BATCH))
    assert keys_of(RequestedBy(Door.QUEUE, "x")) == keys_of(RequestedBy(Door.QUEUE, "y"))


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_ids_are_as_different_as_spaces_and_keys(
    name: str, key: str, other_name: str, other_key: str
) -> None:
    """No text in a name or key reaches into another space; and no key shows in an id."""
    ids = {
        KeySpace("caller", name).restore_id(key),
        KeySpace("caller", other_name).restore_id(other_key),
    }

    assert ((name, key) == (other_name, other_key)) == (len(ids) == 1)
    assert all(len(item) == 32 and int(item, 16) >= 0 for item in ids)


@given(TEXTS)
def test_the_ways_to_an_id_never_meet(text: str) -> None:
    """By key, of a batch, of a message, and without a key: whatever text a caller chooses."""
    keys, at = KeySpace("message", text), datetime(2026, 1, 1, tzinfo=UTC)
    ids = {
        keys.restore_id(text),
        keys.batch_id(text),
        restore_id_for_message(text),
        id_without_key(text, at),
    }

    assert len(ids) == 4


def test_an_order_without_a_key_has_a_mark_alone() -> None:
    """Equal requests of one caller share it, by key or without."""
    keyless, keyed = order_of(a_request(), ANN), order_of(a_request(idempotency_key="k"), ANN)

    assert keyless.restore_id is None
    assert keyed.restore_id == keys_of(ANN).restore_id("k")
    assert keyless.mark == keyed.mark
    assert keyless.mark != order_of(a_request(reason="r"), ANN).mark
