"""Test that the logs of all hosts hold ids and codes, and nothing about people.

Runs last, see conftest; alone, it still has the restores it makes itself to read about.
"""

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import SURNAME, a_deleted_user, fresh_key
from tests.e2e.stage.secrecy import telling
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import REQUESTS, Storage
from tests.e2e.stage.world import World
from tests.unit.infra.bicep import ROOT
from tests.unit.infra.kusto import Logs, Rule

WORKBOOK = ROOT / "infra" / "monitor" / "workbook"


async def test_log_names_nobody_and_holds_no_secret(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """No name, address, key or token in any line, of good requests, bad ones and failing Graph."""
    user, other = await world.add(a_deleted_user()), await world.add(a_deleted_user())
    await world.fault(method="POST", path="/restore$", status=503, times=1)
    first = await caller.start(
        kind="user",
        user=user["userPrincipalName"],
        idempotencyKey=fresh_key(),
        reason=f"ask {user['displayName']}",
    )
    await caller.come_through(first)
    await storage.request(kind="user", user=other["userPrincipalName"], requestedBy=SURNAME)
    await storage.result_for(other)
    await storage.send(REQUESTS, f"not JSON, from {user['userPrincipalName']}")
    await caller.post({"kind": "user", "user": user["userPrincipalName"], SURNAME: 1})
    await storage.results(lambda event: "not JSON, from" in event["data"].get("received", ""))

    lines = stage.written()

    assert any(first in line for line in lines)
    assert any("Executed 'Functions.AdvanceRestore'" in line for line in lines)
    assert [line for line in lines if telling(line)] == []


async def test_no_function_failed(stage: Stage) -> None:
    """No host of the session met an exception of the product's own, or a broken listener."""
    told = [line for line in stage.written() if "Traceback" in line or " CRITICAL " in line]
    failed = [line for line in stage.written() if "(Failed, Id=" in line]

    assert (told, failed) == ([], [])


async def test_the_alert_rules_read_what_the_hosts_have_written(
    caller: Caller, world: World, stage: Stage
) -> None:
    """A missing permission and nothing else: that rule fires, and those that follow from it alone.

    The lines are those of this test's own host, as the worker and the host have written them.
    """
    await world.switch(tokenRoles=["User.Read.All", "LicenseAssignment.Read.All"])
    # A token lives for an hour, and its roles with it: the host before may have one of an
    # earlier test's tenant, and the host after must have none of this one's.
    stage.restart_host()
    before = len(stage.host.output())
    user = await world.add(a_deleted_user())
    ended = await caller.end_of(await caller.start(kind="user", user=user["id"]))
    await world.sweep()
    written = stage.host.output()[before:]
    logs = Logs()
    for line in written:
        if (start := line.find("reprieve {")) >= 0:
            logs.traced(line[start:])

    stage.restart_host()

    fired = {name for name, rule in Rule.every().items() if logs.fires(rule)}

    assert ended["outcome"]["code"] == "permission-missing"
    assert fired == {"permission"}
    panels = {path.stem: logs.rows(path.read_text()) for path in sorted(WORKBOOK.glob("*.kql"))}
    assert ("failed", "permission-missing", 1) in panels["outcomes"]
    assert panels["accepted"]
    assert panels["queues"]
