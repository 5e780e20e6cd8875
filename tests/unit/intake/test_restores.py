"""The query of a list: every fault at once, and a token that leads back to its place."""

from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.lists.restores import ListPlace, ListQuery
from shared.domain.outcomes import Status
from shared.errors import InvalidRequestError
from shared.intake.restores import next_query, parse_list_query
from shared.intake.wire.trail import parse_trail_query

MOMENTS = st.datetimes(
    datetime(1970, 1, 1),
    datetime(2286, 1, 1),
    timezones=st.just(UTC),
)
IDS = st.just("") | st.text("0123456789abcdef", min_size=32, max_size=32)


def pointers(**given_: str) -> list[str]:
    """Where the faults are."""
    with pytest.raises(InvalidRequestError) as caught:
        parse_list_query(given_)
    return sorted(fault.pointer for fault in caught.value.faults)


def test_a_list_without_parameters_is_everything() -> None:
    """25 at a time; a key of the host and empty parameters are no filters."""
    assert parse_list_query({}) == ListQuery(top=25)
    assert parse_list_query({"code": "k", "status": "", "top": ""}) == ListQuery()


@given(
    status=st.none() | st.sampled_from(Status),
    user=st.none() | st.text(min_size=1),
    top=st.integers(1, 100),
    place=st.builds(ListPlace, MOMENTS, IDS),
)
def test_the_next_link_asks_for_the_same_list(
    status: Status | None, user: str | None, top: int, place: ListPlace
) -> None:
    """Filters and place come back from a query string as they went in."""
    query = ListQuery(status, user, top)

    text = next_query(query, place)

    expected = ListQuery(status, user, top, place)
    assert parse_list_query(dict(parse_qsl(text))) == expected


@pytest.mark.parametrize("top", ["0", "101", "-1", "1.0", "x", " 5", "٣", "1000"])
def test_top_is_a_number_from_1_to_100(top: str) -> None:
    """Anything else is refused."""
    assert pointers(top=top) == ["/top"]


@pytest.mark.parametrize("token", ["x", "====", "MTIz", "ä", "A" * 101, "\n", "MTIzLXh4"])
def test_a_token_of_another_make_is_refused(token: str) -> None:
    """Not base64, not a place, too long: each a fault with its pointer."""
    assert pointers(skipToken=token) == ["/skipToken"]


@given(st.text(min_size=1))
def test_any_token_is_a_place_or_a_fault(token: str) -> None:
    """Nothing but the one error ever comes out."""
    with suppress(InvalidRequestError):
        assert parse_list_query({"skipToken": token}).place is not None


def test_every_fault_is_named_at_once() -> None:
    """A typo is not ignored in silence."""
    assert pointers(Status="failed", status="fail", top="0") == ["/Status", "/status", "/top"]


def test_times_of_both_lists_may_have_lost_their_plus() -> None:
    """As an address that nobody encoded gives it: a blank before the offset."""
    given_ = {"from": "2026-11-01T00:00:00 01:00", "to": "2026-12-01T00:00:00 01:00"}
    until = datetime(2026, 11, 30, 23, tzinfo=UTC)

    for query in (parse_list_query(given_), parse_trail_query(given_)):
        assert (query.since, query.until) == (datetime(2026, 10, 31, 23, tzinfo=UTC), until)
