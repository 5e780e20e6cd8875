"""Taking a restore back over HTTP: accepted once, told like a restore, refused with a reason."""

import json
from collections.abc import Mapping

import azure.functions as func
import pytest

from shared.domain.records.record import Record
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.functions.askers import ENTRA, call, service
from tests.unit.functions.doors import principal
from tests.unit.world.world import World

ADMIN = {**principal("Restore.Admin"), "content-type": "application/json"}
ON = {**ENTRA, "UNDO": "true"}


def a_world() -> World:
    """A world with one deleted user."""
    world = World()
    world.put(a_deleted_person())
    return world


async def post(
    restore_id: str, body: object, headers: Mapping[str, str] = ADMIN
) -> func.HttpResponse:
    """The answer to an undo of this restore."""
    return await call("UndoRestore", headers, body, {"restoreId": restore_id})


async def restored(world: World) -> Record:
    """A restore that has come through, with the lag of reads over."""
    return await world.restore(a_request(user=USER_ID))


async def test_an_undo_is_a_restore_of_its_own() -> None:
    """202 with its address and what it undoes; the same again is the same, and 200 at its end."""
    world = a_world()
    with service(world, ON):
        original = await restored(world)
        first = await post(original.id, {"reason": "a slip"})
        again = await post(original.id, {})
        document = json.loads(first.get_body())
        await world.finish(document["id"])
        ended = await post(original.id, {"reason": "late"})
        shown = await call(
            "GetRestore", principal("Restore.Read"), None, {"restoreId": original.id}
        )

    assert (first.status_code, again.status_code, ended.status_code) == (202, 202, 200)
    assert first.headers["Location"].endswith(document["id"])
    assert (document["kind"], document["undoes"]) == ("undo", original.id)
    assert (document["reason"], document["user"]["id"]) == ("a slip", USER_ID)
    assert json.loads(ended.get_body())["outcome"]["code"] == "undone"
    assert json.loads(shown.get_body())["undoneBy"] == document["id"]


@pytest.mark.parametrize(
    ("settings", "restore_id", "body", "status", "code"),
    [
        (ENTRA, "", {}, 409, "not-undoable"),
        (ON, "0" * 32, {}, 404, "restore-not-found"),
        (ON, "", {"raeson": "x"}, 400, "invalid-request"),
        (ON, "", {"reason": "x" * 1025}, 400, "invalid-request"),
    ],
    ids=["turned off", "no such restore", "a typo", "too long"],
)
async def test_what_is_not_undone(
    settings: Mapping[str, str], restore_id: str, body: object, status: int, code: str
) -> None:
    """A problem document, and nothing begun."""
    world = a_world()
    with service(world, settings):
        original = await restored(world)
        answer = await post(restore_id or original.id, body)

    assert (answer.status_code, json.loads(answer.get_body())["code"]) == (status, code)
    assert world.directory.deleted_again[USER_ID] == 0
