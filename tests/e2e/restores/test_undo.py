"""Undo through the real host: what a restore did is taken back, and every door says so."""

import json
from collections.abc import AsyncIterator, Iterator

import pytest

from infra.local.landscape import Host
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import (
    Json,
    a_deleted_unlicensed_user,
    a_deleted_user,
    a_user,
    an_unlicensed_user,
)
from tests.e2e.stage.signed_in import Person
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World

_ENTRA = {"AUTH_MODE": "entra", "WEBSITE_AUTH_ENABLED": "true"}
_EVERY = ("Read", "Request", "Override", "Admin")
_PROJECT_SKU_ID = "53818b1b-4a27-454b-8896-0dba576410e6"


@pytest.fixture(scope="module")
def entra(stage: Stage) -> Iterator[Host]:
    """Give a second host on the same storage, where restores may be undone."""
    with stage.start_another_host(**_ENTRA, UNDO="true") as host:
        yield host


@pytest.fixture
def admin(caller: Caller, entra: Host) -> Person:
    """Give somebody who may undo."""
    return Person(caller, entra, "boss", *(f"Restore.{role}" for role in _EVERY))


async def restored(caller: Caller, world: World, admin: Person, **request: object) -> Json:
    """A restore that came through, once reads do not lag behind it any more."""
    reply = await admin.post("", request)
    assert reply.status == 202, reply
    (ended,) = await caller.come_through(reply.body["id"])
    assert ended["status"] == "succeeded", ended
    await world.pass_time(600)
    return ended


async def undone(caller: Caller, admin: Person, restore_id: str) -> Json:
    """The undo of a restore, at its end."""
    reply = await admin.post(f"/{restore_id}/undo", {"reason": "a slip"})
    assert reply.status == 202, reply
    assert reply.headers["Location"].endswith(reply.body["id"])
    (ended,) = await caller.come_through(reply.body["id"])
    return ended


async def trail(caller: Caller) -> AsyncIterator[Json]:
    """Every line of the trail, page by page."""
    url = caller.url("/trail")
    while url:
        page = await caller.send("GET", url)
        for line in page.body.splitlines():
            yield json.loads(line)
        url = page.headers.get("Link", "").partition("<")[2].partition(">")[0]


async def test_a_restored_user_is_deleted_again(
    caller: Caller, world: World, admin: Person, storage: Storage
) -> None:
    """Once, and every door tells of it: the restore, the lists, the journal, events, the export."""
    user = await world.add(a_deleted_user())
    restore = await restored(caller, world, admin, kind="user", user=user["id"])

    undo = await undone(caller, admin, restore["id"])
    again = await admin.post(f"/{restore['id']}/undo", {})

    assert (undo["kind"], undo["undoes"], undo["reason"]) == ("undo", restore["id"], "a slip")
    assert (undo["status"], undo["outcome"]["code"]) == ("succeeded", "undone")
    assert undo["plan"] == ["delete-user", "verify-user"]
    assert [step["status"] for step in undo["steps"]] == ["done", "done"]
    assert (again.status, again.body["id"]) == (200, undo["id"])
    assert (await world.user(user))["deletedDateTime"]
    assert await world.effects(user) == {"restore": 1, "delete": 1}
    shown = (await caller.get(restore["id"])).body
    assert shown == {**restore, "undoneBy": undo["id"], "updatedAt": shown["updatedAt"]}
    listed = await caller.send("GET", caller.url(f"/restores?user={user['id']}"))
    assert [(one["id"], one["undoneBy"]) for one in listed.body["value"]] == [
        (undo["id"], None),
        (restore["id"], undo["id"]),
    ]
    journal = await caller.send("GET", caller.url(f"/restores/{restore['id']}/journal"))
    last = journal.body["value"][-1]
    assert (last["what"], last["by"]["id"]) == ("undone", "boss")
    assert undo["id"] in last["detail"]
    (told,) = await storage.results(lambda event: event["subject"] == undo["id"])
    assert (told["data"]["undoes"], told["data"]["outcome"]["code"]) == (restore["id"], "undone")
    lines = [line async for line in trail(caller)]
    assert [line["restoreId"] for line in lines if line["what"] == "undone"] == [restore["id"]]


async def test_a_restored_user_who_was_taken_back_is_no_loss(
    caller: Caller, world: World, admin: Person
) -> None:
    """The service itself took the mailbox away: the list of losses leaves the person out."""
    user = await world.add(a_deleted_user())
    restore = await restored(caller, world, admin, kind="user", user=user["id"])
    await undone(caller, admin, restore["id"])
    await world.observe()

    losses = await caller.send("GET", caller.url("/losses"))

    assert [loss for loss in losses.body["value"] if loss["id"] == user["id"]] == []


async def test_a_licence_is_taken_off_again(caller: Caller, world: World, admin: Person) -> None:
    """And the user stays active."""
    user = await world.add(an_unlicensed_user())
    restore = await restored(caller, world, admin, kind="license", user=user["id"], **NAMED)

    undo = await undone(caller, admin, restore["id"])

    now = await world.user(user)
    assert undo["outcome"]["code"] == "undone"
    assert undo["plan"] == ["remove-license", "verify-user"]
    assert (now["licenseAssignmentStates"], now.get("deletedDateTime")) == ([], None)
    assert await world.effects(user) == {"assignLicense": 2}


async def test_both_are_taken_back_the_last_first(
    caller: Caller, world: World, admin: Person
) -> None:
    """The licence off, then the user deleted: as it was before the restore."""
    user = await world.add(a_deleted_unlicensed_user())
    restore = await restored(caller, world, admin, kind="mailbox", user=user["id"], **NAMED)

    undo = await undone(caller, admin, restore["id"])

    now = await world.user(user)
    assert undo["outcome"]["code"] == "undone"
    assert undo["plan"] == ["remove-license", "delete-user", "verify-user"]
    assert now["licenseAssignmentStates"] == []
    assert now["deletedDateTime"]
    assert await world.effects(user) == {"restore": 1, "assignLicense": 2, "delete": 1}


async def test_nothing_is_taken_back_where_the_world_moved_on(
    caller: Caller, world: World, admin: Person
) -> None:
    """Signed in since, another licence since, deleted by somebody since: each in its own words."""
    users = [await world.add(a_deleted_user()) for _ in range(3)]
    done = [await restored(caller, world, admin, kind="user", user=user["id"]) for user in users]
    seen = {"lastSuccessfulSignInDateTime": done[-1]["finishedAt"]}
    await world.patch(users[0], signInActivity=seen)
    rows = (await world.user(users[1]))["licenseAssignmentStates"]
    another = {**rows[0], "skuId": _PROJECT_SKU_ID}
    await world.patch(users[1], licenseAssignmentStates=[*rows, another])
    await world.delete(users[2])
    before = [await world.user(user) for user in users]

    ends = [await undone(caller, admin, restore["id"]) for restore in done]

    assert [(end["status"], end["outcome"]["code"]) for end in ends] == [
        ("refused", "undo-refused")
    ] * 3
    assert len({end["outcome"]["message"] for end in ends}) == 3
    assert [await world.user(user) for user in users] == before
    for restore, user in zip(done, users, strict=True):
        assert (await caller.get(restore["id"])).body["undoneBy"] is None
        assert (await world.effects(user)).get("delete", 0) == 0


async def test_another_restore_since_stands(caller: Caller, world: World, admin: Person) -> None:
    """Lost again and brought back again: the first restore is not the one to take back."""
    user = await world.add(a_deleted_user())
    first = await restored(caller, world, admin, kind="user", user=user["id"])
    await world.delete(user)
    second = await restored(caller, world, admin, kind="user", user=user["id"])

    end = await undone(caller, admin, first["id"])

    assert end["outcome"]["code"] == "undo-refused"
    assert second["id"] in end["outcome"]["message"]
    assert not (await world.user(user)).get("deletedDateTime")


async def test_what_graph_cannot_put_back_is_told_as_steps(
    caller: Caller, world: World, admin: Person
) -> None:
    """The new name and the dropped address: the text says what a person does by hand."""
    user = await world.add(a_deleted_user())
    holder = await world.add(a_user())
    old = user["userPrincipalName"]
    shared = f"SMTP:{old}"
    await world.patch(
        holder, proxyAddresses=[f"SMTP:{holder['userPrincipalName']}", shared.lower()]
    )
    new = f"again.{old}"
    restore = await restored(
        caller,
        world,
        admin,
        kind="user",
        user=user["id"],
        onAddressConflict="drop",
        onUpnConflict="always",
        newUserPrincipalName=new,
    )

    undo = await undone(caller, admin, restore["id"])

    assert undo["outcome"]["code"] == "undone"
    told = f"{undo['outcome']['message']} {undo['outcome']['fix']}"
    assert new in told
    assert old in told
    dropped = [one for one in restore["warnings"] if one["code"] == "addresses-dropped"]
    assert len(dropped) == 1


async def test_what_cannot_be_undone_says_why(caller: Caller, world: World, admin: Person) -> None:
    """A restore that changed nothing, one under way, an undo; and with function keys nobody may."""
    user = await world.add(a_deleted_user())
    checked = (await admin.post("", {"kind": "user", "user": user["id"], "dryRun": True})).body
    await caller.end_of(checked["id"])
    later = {"kind": "user", "user": user["id"], "notBefore": "2999-01-01T00:00:00Z"}
    assert (await admin.post("", later)).status == 400
    restore = await restored(caller, world, admin, kind="user", user=user["id"])
    undo = await undone(caller, admin, restore["id"])

    replies = [
        await admin.post(f"/{checked['id']}/undo", {}),
        await admin.post(f"/{undo['id']}/undo", {}),
        await admin.post(f"/{'0' * 32}/undo", {}),
        await caller.send("POST", caller.url(f"/restores/{restore['id']}/undo"), json={}),
    ]

    assert [(reply.status, reply.body["code"]) for reply in replies] == [
        (409, "not-undoable"),
        (409, "not-undoable"),
        (404, "restore-not-found"),
        (403, "role-missing"),
    ]


async def test_undoing_is_off_by_default(caller: Caller, world: World, stage: Stage) -> None:
    """Without `UNDO=true` an Admin is told that it is turned off, and nothing is begun."""
    user = await world.add(a_deleted_user())
    restore = await caller.restore(kind="user", user=user["id"])
    with stage.start_another_host(**_ENTRA) as host:
        boss = Person(caller, host, "boss", "Restore.Admin", "Restore.Read")
        reply = await boss.post(f"/{restore['id']}/undo", {"reason": "a slip"})

    assert (reply.status, reply.body["code"]) == (409, "not-undoable")
    assert "UNDO" in reply.body["fix"]
    assert (await world.effects(user)) == {"restore": 1}
