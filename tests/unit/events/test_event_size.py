"""Events cut to size: whatever is in them, they fit, and they say what is missing."""

import json
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.event_size import LARGEST, message
from tests.unit.ledger.strategies import patient_few

BIG = "x" * LARGEST

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
field_names = st.sampled_from(["id", "steps", "outcome", "received", "warnings", "user", "reason"])


def an_event(**data: object) -> dict[str, object]:
    """Return an event with this data."""
    return {"specversion": "1.0", "id": "1", "subject": "abc", "data": {"id": "abc"} | data}


def data_of(text: str) -> dict[str, object]:
    """Return the data of a message."""
    data = json.loads(text)["data"]
    assert isinstance(data, dict)
    return data


def test_an_event_that_fits_is_left_alone() -> None:
    """Nothing is marked, nothing is missing."""
    event = an_event(steps=[{"name": "a", "detail": "b"}])

    assert json.loads(message(event)) == event


@patient_few
@given(
    st.dictionaries(field_names, json_values),
    field_names,
    st.sampled_from("x<漢😀\x00\ufffe\ud800"),
)
def test_every_event_fits(data: dict[str, object], field: str, character: str) -> None:
    """Whatever its data is, and whichever field is far too long."""
    text = message(an_event(**data | {field: character * 60_000}))

    assert len(escape(text).encode()) <= LARGEST
    assert json.loads(text)["subject"] == "abc"


@pytest.mark.parametrize(
    ("data", "trimmed", "left"),
    [
        ({"received": BIG, "reason": "r"}, ["received"], {"reason": "r"}),
        (
            {"steps": [{"name": "a", "detail": BIG}, "odd"]},
            ["steps.detail"],
            {"steps": [{"name": "a"}, "odd"]},
        ),
        ({"steps": [{"name": BIG, "detail": "d"}]}, ["steps.detail", "steps"], {}),
        ({"steps": {"odd": BIG}}, ["steps"], {}),
        ({"warnings": [BIG], "reason": "r"}, ["warnings"], {"reason": "r"}),
        ({"reason": BIG, "status": "failed"}, ["reason"], {"status": "failed"}),
        (
            {"outcome": {"code": "c", "message": BIG}},
            ["outcome"],
            {"outcome": {"code": "c", "message": f"{'x' * 256}…"}},
        ),
    ],
)
def test_only_what_must_go_goes_and_is_named(
    data: dict[str, object], trimmed: list[str], left: dict[str, object]
) -> None:
    """In the stated order, no further than needed."""
    assert data_of(message(an_event(**data))) == {"id": "abc", "trimmed": trimmed} | left


def test_the_verdict_stays_to_the_last() -> None:
    """When something else is too long, id, status and code are what is left."""
    event = an_event(status="failed", user=BIG, outcome={"code": "no-seat", "message": "m"})

    data = data_of(message(event))

    assert data.pop("trimmed")
    assert data == {"id": "abc", "status": "failed", "outcome": {"code": "no-seat"}}


@pytest.mark.parametrize("event", [{"id": BIG, "data": {}}, {"data": BIG}])
def test_attributes_too_long_are_a_fault(event: dict[str, object]) -> None:
    """They are the service's own, and never that long."""
    with pytest.raises(ValueError, match="longer than a queue message"):
        message(event)
