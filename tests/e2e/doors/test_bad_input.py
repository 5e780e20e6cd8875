"""HTTP requests that cannot be served: all that is wrong is said, and nothing begins."""

from typing import Any

import pytest

from tests.e2e.stage.caller import Caller, Reply
from tests.e2e.stage.people import a_deleted_user
from tests.e2e.stage.world import World

_JSON = {"Content-Type": "application/json"}


async def _post_raw(caller: Caller, body: bytes, content_type: str = "application/json") -> Reply:
    headers = {"Content-Type": content_type}
    return await caller.send("POST", caller.url("/restores"), headers=headers, data=body)


def _assert_problem(reply: Reply, status: int, code: str) -> None:
    assert (reply.status, reply.body["status"], reply.body["code"]) == (status, status, code)
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert {"type", "title", "status", "detail", "code", "fix", "errors"} <= set(reply.body)


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"{", b"nonsense", b"[]", b'"text"', b"null", b"\xff\xfe", b'{"user": NaN}'],
)
async def test_body_that_is_no_json_object_is_400(caller: Caller, body: bytes) -> None:
    """Whatever arrives in place of a JSON object is answered with 400 and the reason."""
    reply = await _post_raw(caller, body)

    _assert_problem(reply, 400, "invalid-request")
    assert reply.body["errors"]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"usr": "x"}, "/usr"),
        ({"version": 1}, "/version"),
        ({"requestedBy": "me"}, "/requestedBy"),
        ({"license": {"skuId": "x", "skuPartNumbers": ["A"]}}, "/license/skuId"),
        ({"kind": "mailboxes"}, "/kind"),
        ({"user": ""}, "/user"),
        ({"user": 7}, "/user"),
        ({"idempotencyKey": "k" * 129}, "/idempotencyKey"),
        ({"idempotencyKey": "a\u0000b"}, "/idempotencyKey"),
        ({"dryRun": "true"}, "/dryRun"),
        ({"notBefore": "2026-05-01T08:00:00"}, "/notBefore"),
        ({"licenseRemovedAt": "yesterday"}, "/licenseRemovedAt"),
        ({"onUpnConflict": "rename"}, "/newUserPrincipalName"),
        ({"reason": "r" * 1025}, "/reason"),
        ({"ticket": "t" * 129}, "/ticket"),
        ({"callbackUrl": "http://plain.example"}, "/callbackUrl"),
        ({"a/b~c": 1}, "/a~1b~0c"),
    ],
)
async def test_fault_is_pointed_at(caller: Caller, change: dict[str, Any], pointer: str) -> None:
    """One wrong field is refused by name, with its JSON pointer."""
    reply = await caller.post({"kind": "user", "user": "somebody@contoso.example", **change})

    _assert_problem(reply, 400, "invalid-request")
    assert [error["pointer"] for error in reply.body["errors"]] == [pointer]
    assert all(error["message"] for error in reply.body["errors"])


async def test_all_faults_are_reported_at_once(caller: Caller) -> None:
    """A request with several faults is answered with every one of them."""
    reply = await caller.post({"kind": "room", "usr": "x", "license": {"skuIds": ["no guid"]}})

    _assert_problem(reply, 400, "invalid-request")
    pointers = {error["pointer"] for error in reply.body["errors"]}
    assert pointers == {"/kind", "/usr", "/user", "/license/skuIds/0"}


async def test_largest_body_is_taken_and_one_byte_more_is_413(caller: Caller, world: World) -> None:
    """A request has at most 64 KiB, to the byte."""
    user = await world.add(a_deleted_user())
    request = b'{"kind": "user", "user": "%s"}' % user["id"].encode()

    whole = await _post_raw(caller, request.ljust(65_536))
    too_large = await _post_raw(caller, request.ljust(65_537))

    assert whole.status == 202
    _assert_problem(too_large, 413, "body-too-large")
    await caller.end_of(whole.body["id"])


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
async def test_other_content_type_is_415(caller: Caller, content_type: str) -> None:
    """A body that is declared to be no JSON is refused unread."""
    body = b'{"kind": "user", "user": "somebody@contoso.example"}'

    reply = await _post_raw(caller, body, content_type)

    _assert_problem(reply, 415, "wrong-content-type")


@pytest.mark.parametrize(
    "strange",
    [
        "0" * 32,
        "unknown",
        "%2e%2e",
        "%2e%2e%2f%2e%2e",
        "'%20or%20'1'%20eq%20'1",
        "%22%27%60",
        "A" * 32,
        "0" * 31,
        "f" * 6000,
        "%00",
        "%F0%9F%98%80",
        "a%2Fb",
        "a%5Cb%23%3F",
    ],
)
async def test_unknown_or_strange_id_is_404(caller: Caller, strange: str) -> None:
    """No id, however it is written, does anything but not exist."""
    reply = await caller.get(strange)

    _assert_problem(reply, 404, "restore-not-found")


@pytest.mark.parametrize("name", ["nobody@contoso.example", "o'brien@contoso.example", "a b", "%"])
async def test_user_who_does_not_exist_is_a_refused_restore(caller: Caller, name: str) -> None:
    """A name that nobody has is a business answer, not an error; quotes do no harm."""
    (ended,) = await caller.come_through(await caller.start(kind="mailbox", user=name))

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "user-not-found")
    assert ended["user"] == name


async def test_health_asks_for_nothing(caller: Caller, world: World) -> None:
    """Health answers at once, with the version, and asks nobody outside."""
    reply = await caller.send("GET", caller.url("/health"))

    assert (reply.status, reply.body["status"]) == (200, "ok")
    assert reply.body["version"]
    assert await world.graph_calls() == {}
