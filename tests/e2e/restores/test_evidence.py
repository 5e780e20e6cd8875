"""Test what only reads beyond the person show: alias, lost domain, group, shared log."""

import asyncio

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import DOMAIN, a_deleted_user, an_unlicensed_user
from tests.e2e.stage.world import World

_LOST = "gone.contoso.example"


async def test_a_deleted_user_is_found_by_an_alias(caller: Caller, world: World) -> None:
    """An address that was never the name nor the primary one is enough."""
    user = a_deleted_user()
    alias = f"alias.{user['userPrincipalName']}"
    user["proxyAddresses"] = [f"SMTP:{user['userPrincipalName']}", f"smtp:{alias}"]
    await world.add(user)

    ended = await caller.restore(kind="user", user=alias)

    assert ended["outcome"]["code"] == "user-restored"
    assert ended["user"]["id"] == user["id"]


async def test_a_lost_domain_is_refused_and_renamed(caller: Caller, world: World) -> None:
    """Beforehand where the service may read the domains, by Graph's own refusal where not."""
    old, new = f"someone@{_LOST}", f"someone@{DOMAIN}"
    addresses = [f"SMTP:{new}"]
    user = a_deleted_user(userPrincipalName=old, mail=new, proxyAddresses=addresses)
    await world.add(user)

    await world.switch(organizationWithUserRead=False)
    by_graph = await caller.restore(kind="user", user=user["id"])
    attempts = await world.attempts(user)
    await world.switch(organizationWithUserRead=True)
    beforehand = await caller.restore(kind="user", user=old)
    renamed = await caller.restore(
        kind="user", user=user["id"], onUpnConflict="rename", newUserPrincipalName=new
    )

    for refused in (by_graph, beforehand):
        assert refused["outcome"]["code"] == "upn-conflict"
        assert "verified domains" in refused["outcome"]["message"]
        assert "rename" in refused["outcome"]["fix"]
    assert attempts == 1
    assert renamed["outcome"]["code"] == "user-restored"
    assert (await world.user(user))["userPrincipalName"] == new
    assert await world.attempts(user) == 2


async def test_many_who_ask_share_the_audit_log(caller: Caller, world: World) -> None:
    """One read of the licence changes for all, and one of each person's own records."""
    users = [await world.add(an_unlicensed_user()) for _ in range(4)]

    ended = await asyncio.gather(
        *(caller.restore(kind="license", user=user["id"], **NAMED) for user in users)
    )

    assert {item["outcome"]["code"] for item in ended} == {"license-restored"}
    assert {item["window"]["evidence"] for item in ended} == {"audit"}
    assert (await world.graph_calls())["GET /auditLogs/directoryAudits"] <= 1 + len(users)
