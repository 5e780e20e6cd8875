"""StartRestore takes the caller's trace along."""

import json

import azure.functions as func

from functions.http.restores.start_and_read import start_restore
from tests.builders import UPN
from tests.unit.functions.doors import opened, principal
from tests.unit.world.world import World

TRACE = "0af7651916cd43dd8448eb211c80319c"


async def test_the_caller_s_traceparent_goes_into_the_restore() -> None:
    """From there it reaches every call to Graph, whichever worker makes it."""
    world = World()
    request = func.HttpRequest(
        method="POST",
        url="https://host/api/restores",
        headers={
            **principal("Restore.Request"),
            "content-type": "application/json",
            "traceparent": f"00-{TRACE}-b7ad6b7169203331-01",
        },
        body=json.dumps({"kind": "mailbox", "user": UPN}).encode(),
    )

    with opened(world):
        answer = await start_restore(request)

    restore_id = json.loads(answer.get_body())["id"]
    assert (await world.record(restore_id)).trace == TRACE
