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
from shared.intake.wire.trail import parse_erasure, parse_trail_query

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
    user=st.none() | st.from_regex(r"[a-zæøå][a-z0-9.]{0,29}(@[a-zæ]{1,9}\.dk)?", fullmatch=True),
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


ID = "6fd2c87f-b296-42f0-b197-1e91e994b900"
GUARD = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("requestedBy", value) for value in ("ada@contoso.com", "Ada", "x (Ada)", ID[:-1])),
        *(("batch", value) for value in ("leavers-1", ID, GUARD[:-1])),
        ("user", "Ada Linden <ada@contoso.com>"),
        ("user", "CONTOSO\\ada"),
        ("user", "ada@contoso.com, dan@contoso.com"),
        ("user", "ada\u200b@contoso.com"),
        ("user", "a" * 321),
    ],
)
def test_a_value_that_no_restore_can_have_is_a_fault(name: str, value: str) -> None:
    """An empty list would say that there is none."""
    assert pointers(**{name: value}) == [f"/{name}"]


@pytest.mark.parametrize("form", ["{}", "{{{}}}", " {} ", "ada@contoso.com ({})"])
def test_an_id_is_taken_as_it_is_copied(form: str) -> None:
    """In braces as PowerShell writes it, with blanks, or as a cell of the list in CSV has it."""
    assert parse_list_query({"requestedBy": form.format(ID.upper())}).requested_by == ID
    assert parse_list_query({"requestedBy": "guard (" + GUARD + ")"}).requested_by == GUARD
    assert parse_list_query({"batch": f" {GUARD.upper()}"}).batch == GUARD


def test_a_person_may_stand_in_braces() -> None:
    """Which is how some programs write an object id."""
    assert parse_list_query({"user": f"{{{ID}}}"}).user == ID
    assert parse_list_query({"user": " ada@contoso.com "}).user == "ada@contoso.com"
    assert parse_list_query({"user": " "}).user is None


@pytest.mark.parametrize("to", ["2026-11-01T00:00:00Z", "2026-10-31T23:59:59Z"])
def test_both_lists_refuse_a_span_that_holds_no_time(to: str) -> None:
    """Whoever exchanges the two ends would be told that nothing has happened."""
    given_ = {"from": "2026-11-01T00:00:00Z", "to": to}

    assert pointers(**given_) == ["/to"]
    with pytest.raises(InvalidRequestError) as caught:
        parse_trail_query(given_)
    assert [fault.pointer for fault in caught.value.faults] == ["/to"]


def test_a_filter_by_outcome_is_not_taken_for_a_key() -> None:
    """The host has a parameter `code` of its own, and everything would be listed."""
    assert pointers(code="user-not-found") == ["/code"]
    assert parse_list_query({"code": "a-key-of-the-host"}) == ListQuery()


@pytest.mark.parametrize(
    ("user_id", "variant"), [(f"{{{ID}}}", "person-in-braces"), ("ada", "no-object-id")]
)
def test_whom_an_erasure_means_is_an_id_without_braces(user_id: str, variant: str) -> None:
    """What is wrong with it is said, since what an erasure removes does not come back."""
    with pytest.raises(InvalidRequestError) as caught:
        parse_erasure(user_id, {})
    assert [fault.text.variant for fault in caught.value.faults] == [variant]


def test_times_of_both_lists_may_have_lost_their_plus() -> None:
    """As an address that nobody encoded gives it: a blank before the offset."""
    given_ = {"from": "2026-11-01T00:00:00 01:00", "to": "2026-12-01T00:00:00 01:00"}
    until = datetime(2026, 11, 30, 23, tzinfo=UTC)

    for query in (parse_list_query(given_), parse_trail_query(given_)):
        assert (query.since, query.until) == (datetime(2026, 10, 31, 23, tzinfo=UTC), until)
