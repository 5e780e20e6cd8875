"""The query of the list of losses: every fault at once, and tokens that choose a place."""

import base64
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.lists.losses import LossCase, LossPlace, LossQuery
from shared.errors import InvalidRequestError
from shared.intake.losses import next_loss_query, parse_loss_query

MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2286, 1, 1), timezones=st.just(UTC))
PLACES = st.builds(LossPlace, st.just(0), MOMENTS, st.uuids().map(str)) | st.builds(
    LossPlace, st.sampled_from([1, 2]), st.none(), st.uuids().map(str)
)
SEARCHES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=320).filter(
    str.isprintable
)


def pointers(**given_: str) -> list[str]:
    """Where the faults are."""
    with pytest.raises(InvalidRequestError) as caught:
        parse_loss_query(given_)
    return sorted(fault.pointer for fault in caught.value.faults)


def token_of(text: str) -> str:
    """A token with this inside."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_list_without_parameters_is_everything() -> None:
    """100 at a time; a key of the host and empty parameters are no filters."""
    everything = LossQuery(search=None, closing_within=None, top=100)

    assert parse_loss_query({}) == everything
    blank = {
        "code": "k",
        "search": " ",
        "case": "",
        "top": "",
        "skipToken": "",
        "closingWithinDays": "",
    }
    assert parse_loss_query(blank) == everything


@given(
    search=st.none() | SEARCHES,
    case=st.none() | st.sampled_from(LossCase),
    within=st.none() | st.timedeltas(timedelta(0), timedelta(days=9999)),
    top=st.integers(1, 999),
    place=PLACES,
)
def test_the_next_link_asks_for_the_same_list(
    search: str | None, case: LossCase | None, within: timedelta | None, top: int, place: LossPlace
) -> None:
    """Filters and place come back from a query string as they went in."""
    query = LossQuery(search, case, within, top)

    text = next_loss_query(query, place)

    found = parse_loss_query(dict(parse_qsl(text)))
    assert found == LossQuery(search, case, within, top, place)


@pytest.mark.parametrize(
    "days",
    ["-1", "x", "1,5", "1e4", "1e99", ".5", "5.", "9999.1", "10000", "٣", "NaN", "inf", "0x1"],
)
def test_days_are_a_number(days: str) -> None:
    """Anything else is refused."""
    assert pointers(closingWithinDays=days) == ["/closingWithinDays"]


@pytest.mark.parametrize(("days", "hours"), [("0", 0), ("0.5", 12), ("3", 72), ("030", 720)])
def test_days_may_have_a_fraction(days: str, hours: int) -> None:
    """Half a day is twelve hours."""
    found = parse_loss_query({"closingWithinDays": days})

    assert found.closing_within == timedelta(hours=hours)


@pytest.mark.parametrize(
    "days", [10 / 3, 1e-05, 9999.0, 5e-324], ids=["a third", "tiny", "most", "least"]
)
def test_days_are_taken_as_programs_write_them(days: float) -> None:
    """Every number that the description allows, with all its digits or with an exponent."""
    for text in (repr(days), json.dumps(days), f"{days:.6e}"):
        found = parse_loss_query({"closingWithinDays": text})

        assert found.closing_within is not None
        assert abs(found.closing_within - timedelta(days=days)) < timedelta(seconds=1)


@pytest.mark.parametrize("top", ["0", "1000", "-1", "1.0", "x", " 5", "٣", "9999"])
def test_top_is_a_number_from_1_to_999(top: str) -> None:
    """Anything else is refused."""
    assert pointers(top=top) == ["/top"]


def test_an_object_id_may_stand_in_braces() -> None:
    """Which is how some programs write it; nobody is called so."""
    object_id = "6fd2c87f-b296-42f0-b197-1e91e994b900"

    assert parse_loss_query({"search": f" {{{object_id}}} "}).search == object_id


@pytest.mark.parametrize("search", ["a\nb", "a\x00", "\ud800", "a" * 321])
def test_a_search_is_printable_and_short(search: str) -> None:
    """What nobody can be called is refused, not searched for in vain."""
    assert pointers(search=search) == ["/search"]


@pytest.mark.parametrize(
    "token",
    [
        "x",
        "====",
        "ä",
        "A" * 101,
        "https://graph.microsoft.com/v1.0/users",
        token_of("https://evil.example/v1.0/users"),
        token_of("0.1."),
        token_of("0..8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"),
        token_of("1.1.8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"),
        token_of("3..8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"),
        token_of("0.x.8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"),
        token_of("0.12345678901234567.8d1f6f0e-4c5b-4a37-9f0a-0b6a5f6c2d11"),
        token_of("0.1.8D1F6F0E-4C5B-4A37-9F0A-0B6A5F6C2D11"),
        token_of("0.1.a' or 'a"),
    ],
)
def test_a_token_of_another_make_is_refused(token: str) -> None:
    """Not base64, not a place, a link, too long: each a fault with its pointer."""
    assert pointers(skipToken=token) == ["/skipToken"]


@given(
    st.text(min_size=1)
    | st.text()
    .map(lambda text: "0.1." + text)
    .map(lambda text: base64.urlsafe_b64encode(text.encode(errors="replace")).decode())
)
def test_any_token_is_a_place_or_a_fault(token: str) -> None:
    """Nothing but the one error ever comes out."""
    with suppress(InvalidRequestError):
        parse_loss_query({"skipToken": token})


def test_every_fault_is_named_at_once() -> None:
    """A typo is not ignored in silence."""
    given_ = {
        "Search": "x",
        "search": "a\n",
        "case": "active",
        "closingWithinDays": "x",
        "top": "0",
        "skipToken": "x",
    }

    assert pointers(**given_) == [
        "/Search",
        "/case",
        "/closingWithinDays",
        "/search",
        "/skipToken",
        "/top",
    ]
