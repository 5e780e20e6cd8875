"""GetMe and GetStatus: for whom, and what is in the answer."""

import pytest

from functions.http.me_and_status import get_me, get_status
from shared.bootstrap import Intake
from shared.settings.all_settings import read_settings
from tests.unit.functions.doors import ENTRA, WorldRoot, content, principal, request, serving
from tests.unit.world.world import World

KEYS = {"AzureWebJobsStorage": "UseDevelopmentStorage=true", "AUTH_MODE": "keys"}
DOUBTFUL = '{"extensions": {"queues": {"messageEncoding": "none"}}}'


class OtherRoot(WorldRoot):
    """A root of a deployment with other settings."""

    def __init__(self, world: World, env: dict[str, str], host_json: str | None = None) -> None:
        super().__init__(world)
        self._settings = read_settings(env, host_json=host_json)

    async def intake(self) -> Intake:
        """The storage half, with these settings."""
        return Intake(self.world.deps, self._settings, self.world.clock.now(), "abc1234")


@pytest.mark.parametrize("roles", [(), ("Restore.Read",), ("Restore.Request", "Restore.Admin")])
async def test_any_caller_is_told_who_it_is(roles: tuple[str, ...]) -> None:
    """With no role at all, too: that is what it may have to know."""
    with serving(WorldRoot(World())):
        answer = await get_me(request("GET", "/me", headers=principal(*roles, oid="c0ffee")))

    assert answer.status_code == 200
    assert content(answer) == {
        "id": "c0ffee",
        "name": None,
        "roles": sorted(roles),
        "authMode": "entra",
    }


async def test_a_caller_with_a_function_key_is_nameless() -> None:
    """It may read and request, and no more."""
    with serving(OtherRoot(World(), KEYS)):
        answer = await get_me(request("GET", "/me"))

    roles = ["Restore.Read", "Restore.Request"]
    assert content(answer) == {"id": None, "name": None, "roles": roles, "authMode": "keys"}


async def test_who_does_not_say_who_they_are_is_told_nothing() -> None:
    """Nobody is nobody."""
    with serving(WorldRoot(World())):
        answers = [await door(request("GET", "/x")) for door in (get_me, get_status)]

    assert [answer.status_code for answer in answers] == [401, 401]


async def test_the_status_is_for_admins() -> None:
    """It names permissions, queues and settings."""
    others = principal("Restore.Read", "Restore.Request", "Restore.Override", "Restore.Approve")
    with serving(WorldRoot(World())):
        answer = await get_status(request("GET", "/status", headers=others))

    assert (answer.status_code, content(answer)["code"]) == (403, "role-missing")


async def test_a_nameless_caller_is_never_an_admin() -> None:
    """With function keys the route is open, and a header proves nothing."""
    with serving(OtherRoot(World(), KEYS)):
        answer = await get_status(request("GET", "/x", headers=principal("Restore.Admin")))

    assert (answer.status_code, content(answer)["code"]) == (403, "role-missing")


async def test_an_admin_sees_the_whole_picture() -> None:
    """200 although there is something to correct: the answer says what."""
    with serving(OtherRoot(World(), ENTRA, DOUBTFUL)):
        answer = await get_status(request("GET", "/x", headers=principal("Restore.Admin")))

    body = content(answer)
    assert answer.status_code == 200
    assert set(body) == {"status", "version", "commit", "checks"}
    assert (body["status"], body["commit"]) == ("degraded", "abc1234")
    assert isinstance(body["checks"], list)
    doubted = [check for check in body["checks"] if "visibilityTimeout" in check["name"]]
    assert [check["status"] for check in doubted] == ["degraded"]
