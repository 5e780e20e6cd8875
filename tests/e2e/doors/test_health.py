"""The deep health through the real host: whom it answers, and what it sees."""

import base64
import json

import aiohttp

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

CLAIMS = {"claims": [{"typ": "oid", "val": "c0ffee"}, {"typ": "roles", "val": "Restore.Admin"}]}
ADMIN = {"X-MS-CLIENT-PRINCIPAL": base64.b64encode(json.dumps(CLAIMS).encode()).decode()}
NEEDED = {
    *("User.Read.All", "User.DeleteRestore.All", "LicenseAssignment.Read.All"),
    *("LicenseAssignment.ReadWrite.All", "MailboxSettings.Read", "AuditLog.Read.All"),
    "RoleManagement.Read.Directory",
}


async def test_with_function_keys_nobody_sees_the_deep_health(caller: Caller) -> None:
    """The header proves nothing there; the shallow answer stays open to all."""
    shallow = await caller.send("GET", caller.url("/health"))
    deep = await caller.send("GET", caller.url("/health?deep=1"), headers=ADMIN)

    assert (shallow.status, shallow.body["status"]) == (200, "ok")
    assert (deep.status, deep.body["code"]) == (403, "role-missing")


async def test_an_admin_sees_token_storage_queues_and_sweep(
    http: aiohttp.ClientSession, stage: Stage, world: World
) -> None:
    """Permissions come from the identity's own token, the heartbeat from the sweep."""
    await world.sweep()
    with stage.start_another_host(AUTH_MODE="entra", WEBSITE_AUTH_ENABLED="true") as host:
        url = f"{host.url}/api/health?deep=1"
        async with http.get(url, headers=ADMIN) as answer, http.get(url) as nobody:
            status, anonymous, body = answer.status, nobody.status, await answer.json()

    assert (status, anonymous) == (200, 401)
    assert body["storage"] == {"reachable": True}
    assert body["sweep"]["secondsAgo"] < 900
    assert {queue["name"] for queue in body["queues"]} >= {"restore-requests", "restore-work"}
    assert set(body["graph"]["held"]) >= NEEDED
    assert body["graph"]["missing"] == []
