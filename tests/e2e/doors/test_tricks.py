"""Tricks with headers, paths and names, over the wire: each is answered, and none gets anywhere."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from multidict import CIMultiDict

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import DOMAIN, a_deleted_user, a_user, fresh_key
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import in_base64
from tests.e2e.stage.world import World

_KEY = "Idempotency-Key"
_BOSS = [{"typ": "oid", "val": "boss"}, {"typ": "roles", "val": "Restore.Admin"}]
_FORGED = {"X-MS-CLIENT-PRINCIPAL": in_base64(json.dumps({"claims": _BOSS}))}


@pytest.fixture(scope="module")
def unguarded(stage: Stage) -> Iterator[Host]:
    """Give a host set up for Entra ID on a platform that authenticates nobody."""
    with stage.start_another_host(AUTH_MODE="entra") as host:
        yield host


async def test_forged_principal_is_nobody_without_platform_authentication(
    caller: Caller, unguarded: Host
) -> None:
    """Anybody can write the header where the platform does not: 401, and the setting is named."""
    url = f"{unguarded.url}/api/restores"

    replies = [
        await caller.send("GET", url, headers=_FORGED),
        await caller.send("POST", url, headers=_FORGED, json={"kind": "user", "user": "a@b.c"}),
        await caller.send("POST", f"{url}/{'0' * 32}/retry", headers=_FORGED),
    ]

    assert [reply.status for reply in replies] == [401] * 3
    assert all("WEBSITE_AUTH_ENABLED" in reply.body["detail"] for reply in replies)


async def test_forged_principal_gives_a_key_holder_no_role(caller: Caller, world: World) -> None:
    """With function keys the header is worth nothing: no override, no administration."""
    user = await world.add(a_deleted_user())
    restore_id = await caller.start(kind="user", user=user["id"], dryRun=True)
    await caller.end_of(restore_id)

    retry = await caller.send("POST", caller.url(f"/restores/{restore_id}/retry"), headers=_FORGED)
    override = await caller.post(
        {"kind": "user", "user": user["id"], "allowSynced": True}, headers=_FORGED
    )

    assert (retry.status, retry.body["code"]) == (403, "role-missing")
    assert (override.status, override.body["code"]) == (403, "role-missing")


async def test_two_key_headers_are_one_key(caller: Caller, world: World) -> None:
    """The platform joins them with a comma: that is a key of its own, each time the same."""
    user = await world.add(a_deleted_user())
    one, two = fresh_key(), fresh_key()
    both = CIMultiDict([(_KEY, one), (_KEY, two)])
    request = {"kind": "user", "user": user["id"]}

    first = await caller.post(request, headers=both)
    again = await caller.post(request, headers=both)
    alone = await caller.post(request, headers={_KEY: one})
    await caller.come_through(first.body["id"], alone.body["id"])

    assert first.body["id"] == again.body["id"]
    assert alone.body["id"] != first.body["id"]
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("key", ["k" * 129, "k" * 6000, "a\tb", "\u00ad"])
async def test_key_header_that_is_no_key_is_400(caller: Caller, key: str) -> None:
    """Too long or not visible: refused by name, and nothing begins."""
    reply = await caller.post({"kind": "user", "user": "a@b.example"}, headers={_KEY: key})

    assert (reply.status, reply.body["code"]) == (400, "invalid-request")
    assert any(_KEY in fault["message"] for fault in reply.body["errors"])


@pytest.mark.parametrize("key", ["", " "])
async def test_a_key_header_without_a_key_is_none(caller: Caller, world: World, key: str) -> None:
    """As a flow sends it whose variable is empty: the request begins."""
    user = await world.add(a_deleted_user())

    reply = await caller.post({"kind": "user", "user": user["id"]}, headers={_KEY: key})
    await caller.come_through(reply.body["id"])

    assert reply.status == 202
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("key", ["größe", "鍵", "😀", "'", "../..", "a/b\\c#d?e%00"])
async def test_any_visible_key_is_a_key(caller: Caller, world: World, key: str) -> None:
    """Letters of any script and marks of any kind: in the body it means one restore for ever."""
    user = await world.add(a_deleted_user())
    request = {"kind": "user", "user": user["id"], "idempotencyKey": f"{fresh_key()}{key}"}

    ended = await caller.restore(**request)
    again = await caller.post(request)

    assert (again.status, again.body["id"]) == (200, ended["id"])
    assert await world.effects(user) == {"restore": 1}


_PATHS = ["..", "%2e%2e%2f", "%2f", "%00", "%0d%0aX-A:%20b", "%ff", "'", "x" * 6000, "%E2%80%AE"]


@pytest.mark.parametrize("path", _PATHS)
@pytest.mark.parametrize("change", ["cancel", "retry"])
async def test_change_of_a_strange_id_is_refused(caller: Caller, path: str, change: str) -> None:
    """No id that is none reaches the ledger; what is answered is of ours, and no failure."""
    reply = await caller.send("POST", caller.url(f"/restores/{path}/{change}"))

    # An address without its middle part, which `..` makes, is none of the service's.
    assert reply.status in {403, 404}
    assert "X-A" not in reply.headers


@pytest.mark.parametrize(
    "query",
    ["skipToken=..", "skipToken=%00", "skipToken=" + "A" * 4000, "top=1%00", "status='%20or%20''"],
)
async def test_strange_query_is_400(caller: Caller, query: str) -> None:
    """A list is asked for by what a list has, or not at all."""
    for path in ("/restores", "/losses"):
        reply = await caller.send("GET", caller.url(f"{path}?{query}"))

        assert (reply.status, reply.body["code"]) == (400, "invalid-request"), path


_NAMES = [
    "'",
    "''",
    "x' or 'a' eq 'a",
    "x') or startswith(userPrincipalName,'p",
    f"') or endsWith(userPrincipalName,'@{DOMAIN}') or mail eq ('",
    "%27%20or%20%27a%27%20eq%20%27a",
    "x'&$filter=id ne null&$top=999",
    "x'/*",
    "p;o#q?r&s=t+u",
    "*",
    "person%",
    "../../users",
    "me",
    "$count",
    "\\'",
    "{id}",
    "\u2019 or \u20191\u2019 eq \u20191",
    "%00",
    "p" * 320,
]


@pytest.mark.parametrize("name", _NAMES)
async def test_name_that_is_a_filter_finds_nobody(caller: Caller, world: World, name: str) -> None:
    """The directory holds it against names, letter by letter, and has nobody who is called so."""
    lost, active = await world.add(a_deleted_user()), await world.add(a_user())

    ended = await caller.restore(kind="user", user=name, idempotencyKey=fresh_key())

    assert ended["outcome"]["code"] == "user-not-found", ended
    assert await world.effects(lost) == await world.effects(active) == {}


@pytest.mark.parametrize("name", ["o'brien''s", "a+b&c=d#e", "größe", "x_%_y"])
async def test_strange_name_that_somebody_has_finds_just_them(
    caller: Caller, world: World, name: str
) -> None:
    """A quote is a letter of the name, and not the end of it."""
    lost = await world.add(a_deleted_user(userPrincipalName=f"{name}@{DOMAIN}"))
    other = await world.add(a_deleted_user())

    ended = await caller.restore(
        kind="user", user=lost["userPrincipalName"], idempotencyKey=fresh_key()
    )
    listed = await caller.send("GET", caller.url(f"/restores?user={quote(ended['user']['id'])}"))

    assert ended["outcome"]["code"] == "user-restored", ended
    assert [restore["id"] for restore in listed.body["value"]] == [ended["id"]]
    assert await world.effects(lost) == {"restore": 1}
    assert await world.effects(other) == {}
