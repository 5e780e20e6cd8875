"""The list of deleted users over the wire: what is asked, what is asked instead, where it leads."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from shared.domain.lists.deleted_users import ReadingMode, SoftDeletedUser, Span
from shared.errors import AnsweredError, OutcomeUnknownError
from shared.graph.deleted_users import GraphRecycleBin
from shared.ports.deleted_users import BinPage, BinRequest
from tests.unit.graph.wire import HOST, USER_ID, Wire, ok, page, refused

NOW = datetime(2026, 11, 22, 12, 0, 0, 500_000, tzinfo=UTC)
SPAN = Span(NOW - timedelta(days=30), NOW - timedelta(days=27))
BASE = f"https://{HOST}/v1.0/directory/deletedItems"
UNSUPPORTED = refused(400, "Request_UnsupportedQuery")
SELECTED = (
    "id,userPrincipalName,displayName,mail,proxyAddresses,deletedDateTime,onPremisesSyncEnabled,"
    "assignedLicenses,userType"
)


async def read(wire: Wire, asked: BinRequest) -> BinPage:
    """The page over this wire."""
    return await GraphRecycleBin(wire.client()).page(asked)


async def test_sorting_is_an_advanced_query() -> None:
    """Header and count, else Graph refuses; only what is shown is selected."""
    wire = Wire(page())

    found = await read(wire, BinRequest(999))

    [sent] = wire.sent
    assert sent.url.path == "/v1.0/directory/deletedItems/graph.user"
    assert dict(sent.url.params) == {
        "$count": "true",
        "$orderby": "deletedDateTime",
        "$select": SELECTED,
        "$top": "999",
    }
    assert sent.headers["consistencylevel"] == "eventual"
    assert found == BinPage((), ReadingMode.SORTED, None)


async def test_the_filter_has_documented_comparisons_and_loses_no_second() -> None:
    """`ge` and `le` in whole seconds, the later end rounded up."""
    wire = Wire(page())

    found = await read(wire, BinRequest(10, deleted_within=SPAN))

    assert wire.sent[0].url.params["$filter"] == (
        "deletedDateTime ge 2026-10-23T12:00:00Z and deletedDateTime le 2026-10-26T12:00:01Z"
    )
    assert found.reading is ReadingMode.FILTERED


@pytest.mark.parametrize(
    ("span", "refusals", "readings"),
    [
        (SPAN, 1, ["fs", "s"]),
        (SPAN, 2, ["fs", "s", ""]),
        (None, 1, ["s", ""]),
    ],
)
async def test_what_graph_refuses_is_not_asked_again_but_less(
    span: Span | None, refusals: int, readings: list[str]
) -> None:
    """First without the filter, then without the order; the page says how it was read."""
    wire = Wire(*[UNSUPPORTED] * refusals, page())

    found = await read(wire, BinRequest(10, deleted_within=span))

    asked = [
        ("f" if "$filter" in sent.url.params else "")
        + ("s" if "$orderby" in sent.url.params else "")
        for sent in wire.sent
    ]
    assert asked == readings
    assert found.reading is {"s": ReadingMode.SORTED, "": ReadingMode.PLAIN}[readings[-1]]


async def test_no_order_needs_no_index() -> None:
    """The plain list is the directory's own, which lags less."""
    wire = Wire(page())

    await read(wire, BinRequest(10, reading=ReadingMode.PLAIN))

    assert "consistencylevel" not in wire.sent[0].headers
    assert set(wire.sent[0].url.params) == {"$select", "$top"}


@pytest.mark.parametrize(
    "answer",
    [refused(403, "Authorization_RequestDenied"), httpx.Response(400, text="<html>")],
    ids=["403", "a proxy's page"],
)
async def test_other_refusals_are_not_about_the_query(answer: httpx.Response) -> None:
    """Nothing else is tried."""
    wire = Wire(answer)

    with pytest.raises(AnsweredError):
        await read(wire, BinRequest(10, deleted_within=SPAN))

    assert len(wire.sent) == 1


async def test_a_place_keeps_its_reading() -> None:
    """A token of one query means nothing to another: a refusal is the end of it."""
    wire = Wire(UNSUPPORTED)

    with pytest.raises(AnsweredError):
        await read(wire, BinRequest(10, reading=ReadingMode.SORTED, skip_token="x"))

    assert len(wire.sent) == 1


@pytest.mark.parametrize(
    "token",
    [
        "RFNwdAIAAQAAABk6-_~.",
        "a+b/c==",
        "x&$top=1&$filter=id eq 'x'",
        "https://evil.example/v1.0/users",
        "../../users?$select=id#",
        "{baseurl}%2F%00{+x}",
        "@evil.example/",
    ],
)
async def test_a_token_is_a_value_and_nothing_else(token: str) -> None:
    """Host, path and every other option stay as they are."""
    wire = Wire(page())

    await read(wire, BinRequest(7, reading=ReadingMode.SORTED, skip_token=token))

    [sent] = wire.sent
    assert (sent.url.scheme, sent.url.host) == ("https", HOST)
    assert sent.url.path == "/v1.0/directory/deletedItems/graph.user"
    assert sorted(sent.url.params.multi_items()) == [
        ("$count", "true"),
        ("$orderby", "deletedDateTime"),
        ("$select", SELECTED),
        ("$skiptoken", token),
        ("$top", "7"),
    ]


@pytest.mark.parametrize(
    ("link", "token"),
    [
        (f"{BASE}/graph.user?$top=2&$skiptoken=RFNw-_.~", "RFNw-_.~"),
        (f"{BASE}/graph.user?%24skiptoken=a%2Bb%3D&$top=2", "a+b="),
        (f"{BASE}/graph.user?$skiptoken=a+b", "a+b"),
        (f"{BASE}/graph.user?$skipToken=x", "x"),
    ],
)
async def test_of_a_link_only_the_token_is_kept(link: str, token: str) -> None:
    """However Graph writes it."""
    assert (await read(Wire(page(next_link=link)), BinRequest(2))).next == token


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/v1.0/x?$skiptoken=a",
        f"{BASE}/graph.user?$skip=2",
        f"{BASE}?$skiptoken=",
    ],
)
async def test_a_link_that_leads_elsewhere_or_nowhere_is_unreadable(link: str) -> None:
    """A list that ends early in silence would hide people."""
    with pytest.raises(OutcomeUnknownError):
        await read(Wire(page(next_link=link)), BinRequest(2))


async def test_a_row_takes_the_name_apart() -> None:
    """The id in front of the name goes; what Graph leaves out is unknown, not guessed."""
    wire = Wire(page({"id": USER_ID.upper(), "userPrincipalName": _mangled("megan@contoso.com")}))

    found = await read(wire, BinRequest(2))

    assert found.users == (SoftDeletedUser(USER_ID, "megan@contoso.com"),)


@pytest.mark.parametrize(
    "body", [{}, {"value": None}, {"value": [{"id": USER_ID}]}, {"value": [{"mail": "x"}]}]
)
async def test_a_page_without_sense_is_unreadable(body: dict[str, Any]) -> None:
    """An empty list would say that nobody is deleted."""
    answer = ok(body)

    with pytest.raises(OutcomeUnknownError):
        await read(Wire(answer), BinRequest(2))


def _mangled(name: str) -> str:
    return USER_ID.replace("-", "") + name
