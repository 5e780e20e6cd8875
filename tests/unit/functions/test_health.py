"""GetHealth: anonymous and shallow, or deep for an Admin."""

import json

import azure.functions as func
import pytest

from functions.http.health import get_health
from shared import __version__
from shared.bootstrap import Intake, Root
from shared.settings import read_settings
from tests.builders import NOW
from tests.fakes.clock import ManualClock
from tests.unit.functions.doors import WorldRoot, principal, serving
from tests.unit.world.world import World


class ClosedRoot(Root):
    """A root that must not be asked for anything."""

    async def intake(self) -> Intake:
        """Fail: the shallow health asks nobody."""
        raise AssertionError("the shallow health asked for storage")


class KeysRoot(WorldRoot):
    """A root of a deployment with function keys."""

    async def intake(self) -> Intake:
        """The storage half, with AUTH_MODE=keys."""
        env = {"AzureWebJobsStorage": "UseDevelopmentStorage=true", "AUTH_MODE": "keys"}
        return Intake(self.world.deps, read_settings(env))


async def ask(
    root: Root, *, deep: str | None = None, roles: str = ""
) -> tuple[int, dict[str, object]]:
    """The answer of a service with this root."""
    request = func.HttpRequest(
        method="GET",
        url="https://host/api/health",
        params={} if deep is None else {"deep": deep},
        headers=principal(*roles.split()),
        body=b"",
    )
    with serving(root):
        answer = await get_health(request)
    return answer.status_code, json.loads(answer.get_body())


@pytest.mark.parametrize("deep", [None, "", "0", "false"])
async def test_without_deep_nobody_is_asked(deep: str | None) -> None:
    """No settings, no storage, no Graph: the process lives, and that is the answer."""
    status, body = await ask(ClosedRoot(ManualClock(NOW)), deep=deep)

    assert (status, body) == (200, {"status": "ok", "version": __version__})


@pytest.mark.parametrize("deep", ["1", "true"])
async def test_an_admin_sees_the_whole_picture(deep: str) -> None:
    """200 although there is something to correct: the answer says what."""
    status, body = await ask(WorldRoot(World()), deep=deep, roles="Restore.Admin")

    assert status == 200
    assert body["status"] == "degraded"
    assert {"version", "storage", "queues", "sweep", "graph", "problems"} <= set(body)


async def test_others_are_told_which_role_is_missing() -> None:
    """The picture names permissions and queues: not for everybody."""
    roles = "Restore.Read Restore.Request Restore.Override"
    status, body = await ask(WorldRoot(World()), deep="1", roles=roles)

    assert (status, body["code"]) == (403, "role-missing")


async def test_a_nameless_caller_is_never_an_admin() -> None:
    """With function keys the route is open, and a header proves nothing."""
    status, body = await ask(KeysRoot(World()), deep="1", roles="Restore.Admin")

    assert (status, body["code"]) == (403, "role-missing")
