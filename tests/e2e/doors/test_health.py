"""The health and the status through the real host: whom they answer, and what they see."""

import base64
import json

import aiohttp

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

CLAIMS = {"claims": [{"typ": "oid", "val": "c0ffee"}, {"typ": "roles", "val": "Restore.Admin"}]}
ADMIN = {"X-MS-CLIENT-PRINCIPAL": base64.b64encode(json.dumps(CLAIMS).encode()).decode()}


async def test_with_function_keys_nobody_sees_the_status(caller: Caller) -> None:
    """The header proves nothing there; the health stays open to all."""
    health = await caller.send("GET", caller.url("/health"))
    status = await caller.send("GET", caller.url("/status"), headers=ADMIN)

    assert (health.status, health.body["status"]) == (200, "ok")
    assert (status.status, status.body["code"]) == (403, "role-missing")


async def test_an_admin_sees_token_graph_storage_queues_and_timers(
    http: aiohttp.ClientSession, stage: Stage, world: World
) -> None:
    """Permissions come from the identity's own token, the heartbeat from the sweep."""
    await world.sweep()
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        url = f"{host.url}/api/status"
        async with http.get(url, headers=ADMIN) as answer, http.get(url) as nobody:
            status, anonymous, body = answer.status, nobody.status, await answer.json()

    assert (status, anonymous) == (200, 401)
    checks = {check["name"]: check["status"] for check in body["checks"]}
    names = ("storage", "sweep", "token", "graph", "permissions restore", "settings")
    assert {name: checks.get(name) for name in names} == dict.fromkeys(names, "ok")
    assert {"queue restore-requests", "queue restore-work"} <= checks.keys()
