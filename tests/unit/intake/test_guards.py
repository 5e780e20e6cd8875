"""Guards from outside: every fault at once, and a list that can be followed."""

import json
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.guards.guard import GuardAct, GuardOrder
from shared.domain.requests.request import RestoreKind
from shared.errors import BodyTooLargeError, InvalidRequestError
from shared.intake.guards import GuardQuery, next_guard_query, parse_guard, parse_guard_query
from tests.reading import said

MINIMAL: dict[str, Any] = {"user": "megan@contoso.com", "kind": "mailbox", "act": "at-once"}
IDS = st.text("0123456789abcdef", min_size=32, max_size=32)


def parse(body: object) -> GuardOrder:
    """The order in a body."""
    return parse_guard(json.dumps(body).encode())


def faults(body: object) -> dict[str, str]:
    """What is wrong with a body, by pointer."""
    with pytest.raises(InvalidRequestError) as caught:
        parse(body)
    return {fault.pointer: said(fault).message for fault in caught.value.faults}


def query_faults(**given_: str) -> list[str]:
    """Where the faults of a query are."""
    with pytest.raises(InvalidRequestError) as caught:
        parse_guard_query(given_)
    return sorted(fault.pointer for fault in caught.value.faults)


def test_an_order_is_read_field_by_field() -> None:
    """Remarks may be left out, and a null counts as left out."""
    full = {**MINIMAL, "kind": "user", "act": "when-closing", "reason": "r\nr", "ticket": "t"}

    assert parse(MINIMAL) == GuardOrder(
        "megan@contoso.com", RestoreKind.MAILBOX, GuardAct.AT_ONCE, None, None
    )
    assert parse({**MINIMAL, "user": " x ", "reason": None}).user == "x"
    assert parse(full) == GuardOrder(
        "megan@contoso.com", RestoreKind.USER, GuardAct.WHEN_CLOSING, "r\nr", "t"
    )


def test_every_fault_is_named_at_once() -> None:
    """A missing, a wrong, an unknown and a too long field in one answer."""
    found = faults({"user": "", "act": "later", "Reason": "x", "ticket": "x" * 129})

    assert sorted(found) == ["/Reason", "/act", "/kind", "/ticket", "/user"]
    assert found["/kind"] == "is required; one of: mailbox, user, license"
    assert found["/act"] == "must be one of: at-once, when-closing"
    assert "reason" in found["/Reason"]


@pytest.mark.parametrize(
    "field", ["acceptUnknownWindow", "allowSynced", "idempotencyKey", "notBefore", "license"]
)
def test_a_guard_orders_no_override(field: str) -> None:
    """It has no more rights than a plain request, and its keys are its own."""
    assert list(faults({**MINIMAL, field: True})) == [f"/{field}"]


@pytest.mark.parametrize("body", [[], "x", None, 1])
def test_a_body_is_an_object(body: object) -> None:
    """All else is one fault at the root."""
    assert list(faults(body)) == [""]


def test_a_name_written_twice_is_told() -> None:
    """Nobody guesses which of them was meant."""
    text = b'{"user": "a@b.c", "user": "d@b.c", "kind": "user", "act": "at-once"}'

    with pytest.raises(InvalidRequestError) as refused:
        parse_guard(text)
    assert "more than once" in said(refused.value).message


def test_a_large_body_is_not_read() -> None:
    """64 KiB, as at every door."""
    with pytest.raises(BodyTooLargeError):
        parse_guard(b" " * (64 * 1024 + 1))


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_an_order_or_a_fault(body: bytes) -> None:
    """Nothing but the one error ever comes out."""
    with suppress(InvalidRequestError):
        assert parse_guard(body).user


@given(st.integers(1, 100), IDS)
def test_the_next_link_asks_for_the_same_list(top: int, after: str) -> None:
    """The place comes back as it went in."""
    query = dict(parse_qsl(next_guard_query(top, after)))

    assert parse_guard_query(query) == GuardQuery(top, after)


def test_wrong_lists_are_refused() -> None:
    """With every fault; a key of the host and empty parameters are none."""
    assert parse_guard_query({"code": "k", "top": "", "skipToken": ""}) == GuardQuery(25, "")
    assert query_faults(top="0", skipToken="x", user="y") == ["/skipToken", "/top", "/user"]
    assert query_faults(top="101") == ["/top"]
