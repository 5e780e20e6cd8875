"""ListLosses, GetCapacity and ListLicenses over HTTP: who may ask, the documents, the links."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import azure.functions as func
import pytest

from functions.http.licenses import list_licenses_
from functions.http.losses import get_capacity_, list_losses_
from shared.domain.snapshot import Policy
from shared.errors import ThrottledError
from tests.builders import (
    ENTERPRISEPACK_ID,
    NOW,
    UPN,
    USER_ID,
    a_deleted_person,
    a_sku,
    because,
)
from tests.fakes import refusals
from tests.unit.functions.doors import opened, principal
from tests.unit.world.world import World

READER = principal("Restore.Read")
ASKER = principal("Restore.Request")
CAPACITY = "https://host.example/api/losses/capacity"


async def losses_raw(headers: dict[str, str] | None = None, **params: str) -> func.HttpResponse:
    """The list of losses, for a caller who may read."""
    url = "https://host.example:444/api/losses?code=secret"
    given = READER if headers is None else headers
    request = func.HttpRequest("GET", url, body=b"", headers=given, params=params)
    reply: func.HttpResponse = await list_losses_(request)
    return reply


async def losses(
    headers: dict[str, str] | None = None, **params: str
) -> tuple[func.HttpResponse, dict[str, Any]]:
    """The same, and what is in it."""
    reply = await losses_raw(headers, **params)
    return reply, json.loads(reply.get_body())


async def licenses(
    headers: dict[str, str] | None = None, **params: str
) -> tuple[func.HttpResponse, dict[str, Any]]:
    """The list of licences, for a caller who may ask for a restore."""
    url = "https://host.example/api/licenses"
    given = ASKER if headers is None else headers
    request = func.HttpRequest("GET", url, body=b"", headers=given, params=params)
    reply = await list_licenses_(request)
    return reply, json.loads(reply.get_body())


async def test_the_document_of_a_loss(rooted: World) -> None:
    """Every field, the window as in a restore, and no link at the end of the list."""
    rooted.put(a_deleted_person(synced=True, mail=None, user_type="Member"))

    reply, body = await losses()

    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert body == {
        "value": [
            {
                "id": USER_ID,
                "userPrincipalName": UPN,
                "displayName": "Megan Bowen",
                "mail": None,
                "userType": "Member",
                "onPremisesSyncEnabled": True,
                "case": "deleted-user",
                "lostAt": None,
                "deletedAt": "2026-11-20T12:00:00Z",
                "window": {
                    "verdict": "open",
                    "startedAt": "2026-11-20T12:00:00Z",
                    "endsAt": "2026-12-20T12:00:00Z",
                    "daysLeft": 28.0,
                    "evidence": "deletedDateTime",
                },
                "licenses": [
                    {
                        "skuId": ENTERPRISEPACK_ID,
                        "skuPartNumber": "ENTERPRISEPACK",
                        "name": "Office 365 E3",
                        "fromGroup": None,
                    }
                ],
            }
        ]
    }


async def test_a_loss_as_a_line_of_csv(rooted: World) -> None:
    """With a mark for Excel, one header line, and no formula; the next page is in a header."""
    rooted.put(
        a_deleted_person(display_name="=cmd|' /C calc'!A0"),
        a_deleted_person(id=f"{0:08x}{USER_ID[8:]}", deleted_at=NOW - timedelta(days=1)),
    )

    reply = await losses_raw({**READER, "accept": "text/csv"}, top="1")

    lines = reply.get_body().decode("utf-8-sig").split("\r\n")
    assert reply.get_body().startswith(b"\xef\xbb\xbf")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert lines[0] == (
        "id,userPrincipalName,displayName,mail,case,lostAt,deletedAt,verdict,daysLeft,"
        "windowEndsAt,evidence,licenses"
    )
    assert lines[1] == (
        f"{USER_ID},{UPN},'=cmd|' /C calc'!A0,{UPN},deleted-user,,2026-11-20T12:00:00Z,open,28.0,"
        "2026-12-20T12:00:00Z,deletedDateTime,ENTERPRISEPACK"
    )
    assert lines[2:] == [""]
    assert reply.headers["Link"].startswith("<https://host.example:444/api/losses?top=1&skipToken=")
    assert reply.headers["Link"].endswith('>; rel="next"')


async def test_the_seats_that_all_of_them_need(rooted: World) -> None:
    """Needed, free, short, and the first window of those who need one."""
    rooted.directory.put_sku(a_sku(free_seats=1))
    rooted.put(*(a_deleted_person(id=f"{n:08x}{USER_ID[8:]}") for n in range(3)))

    reply = await get_capacity_(func.HttpRequest("GET", CAPACITY, body=b"", headers=READER))

    assert json.loads(reply.get_body()) == {
        "value": [
            {
                "skuId": ENTERPRISEPACK_ID,
                "skuPartNumber": "ENTERPRISEPACK",
                "name": "Office 365 E3",
                "needed": 4,
                "free": 1,
                "short": 3,
                "firstWindowEndsAt": "2026-12-20T12:00:00Z",
            }
        ]
    }


async def test_the_next_link_is_ours_and_asks_the_same(rooted: World) -> None:
    """Absolute, on the caller's host, without the key, with every filter."""
    rooted.put(*(a_deleted_person(id=f"{n:08x}{USER_ID[8:]}") for n in range(3)))

    _, first = await losses(search="megan", closingWithinDays="30", top="2")
    link = urlsplit(first["nextLink"])
    query = dict(parse_qsl(link.query))
    _, second = await losses(**query)

    assert first["nextLink"].startswith("https://host.example:444/api/losses?")
    assert query.keys() == {"search", "closingWithinDays", "top", "skipToken"}
    assert (query["search"], query["closingWithinDays"], query["top"]) == ("megan", "30", "2")
    ids = [row["id"] for row in first["value"] + second["value"]]
    assert len(ids) == len(set(ids)) == 4
    assert "nextLink" not in second


async def test_a_licence_is_a_row(rooted: World) -> None:
    """Value and title of a drop-down, and the seats; the whole list at once."""
    reply, body = await licenses()

    assert reply.status_code == 200
    assert [(row["skuId"], row["skuPartNumber"], row["freeSeats"]) for row in body["value"]] == [
        (ENTERPRISEPACK_ID, "ENTERPRISEPACK", 5)
    ]
    assert body.keys() == {"value"}
    assert rooted.directory.calls == ["skus"]


@pytest.mark.parametrize(
    ("roles", "policy", "allowed"),
    [
        (("Restore.Request",), Policy(), False),
        (("Restore.Request", "Restore.Override"), Policy(), True),
        (("Restore.Request",), Policy(allowed_sku_ids=(ENTERPRISEPACK_ID,)), True),
        (("Restore.Request",), Policy(default_sku_ids=(ENTERPRISEPACK_ID,)), True),
        (("Restore.Read", "Restore.Request"), Policy(allowed_sku_ids=("another",)), False),
    ],
    ids=["nothing", "role", "allowed", "default", "another"],
)
async def test_a_licence_says_whether_it_may_be_named(
    roles: tuple[str, ...],
    policy: Policy,
    allowed: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """By whoever asks, for anybody; and what the product is called."""
    with opened(World(policy)):
        _, body = await licenses(principal(*roles))

    [row] = body["value"]
    assert (row["name"], row["allowed"]) == ("Office 365 E3", allowed)


@pytest.mark.parametrize(
    ("headers", "params", "status", "code"),
    [
        ({}, {}, 401, "not-signed-in"),
        (principal("Restore.Request"), {}, 403, "role-missing"),
        (principal("Restore.Admin", "Restore.Override"), {}, 403, "role-missing"),
        (READER, {"top": "1000", "closingWithinDays": "-1"}, 400, "invalid-request"),
        (READER, {"skipToken": "aHR0cHM6Ly9ldmlsLmV4YW1wbGU"}, 400, "invalid-request"),
    ],
    ids=["nobody", "requester", "admin", "parameters", "token"],
)
async def test_who_is_deleted_is_not_for_everybody(
    rooted: World, headers: dict[str, str], params: dict[str, str], status: int, code: str
) -> None:
    """The lists are Restore.Read's; nothing is asked of Graph before that is settled."""
    reply, problem = await losses(headers, **params)

    assert (reply.status_code, problem["code"]) == (status, code)
    assert reply.mimetype == "application/problem+json"
    assert rooted.directory.calls == []


@pytest.mark.parametrize(
    ("role", "status"), [("Restore.Request", 200), ("Restore.Read", 403)], ids=["may", "may not"]
)
@pytest.mark.usefixtures("rooted")
async def test_whoever_may_start_a_restore_may_see_the_licences(role: str, status: int) -> None:
    """A maker needs the drop-down; whoever only reads names no licence."""
    reply, _ = await licenses(principal(role))

    assert reply.status_code == status


@pytest.mark.parametrize(
    ("headers", "params", "status", "code"),
    [
        ({}, {}, 401, "not-signed-in"),
        (principal("Restore.Admin"), {}, 403, "role-missing"),
        (ASKER, {"search": "E3"}, 400, "invalid-request"),
    ],
    ids=["nobody", "admin", "parameter"],
)
async def test_what_may_not_be_asked_of_the_licences(
    rooted: World, headers: dict[str, str], params: dict[str, str], status: int, code: str
) -> None:
    """A typo is not ignored in silence."""
    reply, problem = await licenses(headers, **params)

    assert (reply.status_code, problem["code"]) == (status, code)
    assert rooted.directory.calls == []


@pytest.mark.parametrize("ask", [losses, licenses], ids=["losses", "licences"])
@pytest.mark.parametrize(
    ("error", "code", "wait"),
    [
        (refusals.denied(), "directory-unavailable", "60"),
        (refusals.bad_request("No."), "directory-unavailable", "60"),
        (ThrottledError(because("429"), timedelta(seconds=40)), "directory-unavailable", "40"),
        (ThrottledError(because("429"), None), "directory-unavailable", "10"),
    ],
    ids=["403", "400", "429 with", "429 without"],
)
async def test_a_graph_that_does_not_answer_is_503(
    rooted: World, ask: Any, error: Exception, code: str, wait: str
) -> None:
    """Each with a code of its own and with when to come back."""
    rooted.directory.fail_next("page", error)
    rooted.directory.fail_next("skus", error)

    reply, problem = await ask()

    assert (reply.status_code, problem["code"]) == (503, code)
    assert reply.headers["Retry-After"] == wait
