"""Names and addresses that somebody else holds by now."""

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import DOMAIN, Json, a_deleted_user, a_user
from tests.e2e.stage.world import World


async def _taken_name(world: World) -> tuple[Json, Json]:
    """A deleted user and the active one that has its name now."""
    user = await world.add(a_deleted_user())
    holder = await world.add(a_user(userPrincipalName=user["userPrincipalName"]))
    return user, holder


async def test_taken_name_is_refused_and_its_holder_named(caller: Caller, world: World) -> None:
    """The refusal says who has the name, so that the caller can decide."""
    user, holder = await _taken_name(world)

    ended = await caller.restore(kind="user", user=user["id"])

    outcome = ended["outcome"]
    assert (ended["status"], outcome["code"]) == ("refused", "upn-conflict")
    assert holder["displayName"] in outcome["message"]
    assert holder["id"] in outcome["message"]
    assert "onUpnConflict" in outcome["fix"]
    assert await world.attempts(user) == 0


async def test_taken_name_is_found_by_name_too(caller: Caller, world: World) -> None:
    """By name the deleted user is meant, although an active one answers to it."""
    user, holder = await _taken_name(world)

    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"])

    assert ended["user"]["id"] == user["id"]
    assert ended["outcome"]["code"] == "upn-conflict"
    assert holder["id"] in ended["outcome"]["message"]


async def test_rename_restores_under_the_new_name(caller: Caller, world: World) -> None:
    """With `rename` the user comes back under the name asked for; the holder keeps the old one."""
    user, holder = await _taken_name(world)
    # The name alone is taken, not the addresses.
    new_name = f"renamed.{user['userPrincipalName']}"
    await world.patch(user, mail=new_name, proxyAddresses=[f"SMTP:{new_name}"])

    ended = await caller.restore(
        kind="user", user=user["id"], onUpnConflict="rename", newUserPrincipalName=new_name
    )

    assert ended["outcome"]["code"] == "user-restored"
    assert (await world.user(user))["userPrincipalName"] == new_name
    assert (await world.user(holder))["userPrincipalName"] == user["userPrincipalName"]
    assert await world.effects(user) == {"restore": 1}


async def test_new_name_that_is_taken_as_well_is_refused(caller: Caller, world: World) -> None:
    """A rename to a name in use is known before anything is sent."""
    user, _ = await _taken_name(world)
    other = await world.add(a_user())

    ended = await caller.restore(
        kind="user",
        user=user["id"],
        onUpnConflict="rename",
        newUserPrincipalName=other["userPrincipalName"],
    )

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "upn-conflict")
    assert other["displayName"] in ended["outcome"]["message"]
    assert await world.attempts(user) == 0


async def test_taken_address_is_refused_and_its_holder_named(caller: Caller, world: World) -> None:
    """An address that another user holds now blocks the restore, by default."""
    address = f"SMTP:shared.address@{DOMAIN}"
    holder = await world.add(a_user(proxyAddresses=[address]))
    user = await world.add(a_deleted_user(proxyAddresses=[address]))

    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"])

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "address-conflict")
    assert holder["displayName"] in ended["outcome"]["message"]
    assert await world.attempts(user) == 0


async def test_dropping_addresses_needs_a_role_that_keys_do_not_give(
    caller: Caller, world: World
) -> None:
    """A caller with a function key is nameless and may not drop addresses: 403 with the role."""
    user = await world.add(a_deleted_user())

    reply = await caller.post({"kind": "user", "user": user["id"], "onAddressConflict": "drop"})

    assert (reply.status, reply.body["code"]) == (403, "role-missing")
    assert "Restore.Override" in reply.body["detail"]
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert await world.graph_calls() == {}
