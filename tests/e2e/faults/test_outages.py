"""Graph, the identity endpoint and the storage fail: nothing is lost, and nothing is done twice."""

import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from infra.local.host.emulator import emulator_connection
from infra.local.landscape import free_ports
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import a_deleted_user, an_unlicensed_user
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World

_GRAPH = "^/(users|directory|subscribedSkus|organization|roleManagement|auditLogs)"
_IDENTITY = "/msi/token"


def _attempts_in(journal: list[tuple[str, str]]) -> int:
    return [event for event, _ in journal].count("attempting")


@pytest.mark.parametrize(
    "fault",
    [{"status": 503}, {"status": 500}, {"drop": "before"}, {"contentType": "text/html"}],
    ids=["503", "500", "dropped", "a proxy's page"],
)
async def test_restore_waits_while_graph_is_down(
    caller: Caller, world: World, fault: dict[str, Any]
) -> None:
    """The request is accepted all the same, waits for the directory, and comes through later."""
    user = await world.add(a_deleted_user())
    await world.fault(path=_GRAPH, **fault)

    restore_id = await caller.start(kind="mailbox", user=user["userPrincipalName"])
    waiting = await caller.parked(restore_id)
    await world.pass_time(80)
    still_waiting = await caller.parked(restore_id)
    await world.clear_faults()
    (ended,) = await caller.come_through(restore_id)

    for restore in (waiting, still_waiting):
        assert (restore["status"], restore["waiting"]["for"]) == ("waiting", "directory")
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("fault", [{"status": 500}, {"drop": "before"}], ids=["500", "dropped"])
async def test_restore_waits_while_there_is_no_token(
    caller: Caller, world: World, stage: Stage, fault: dict[str, Any]
) -> None:
    """A fresh instance that gets no token parks its restores until the identity answers again."""
    user = await world.add(a_deleted_user())
    await world.fault(path=_IDENTITY, **fault)
    # A host that has a token keeps it for a day, and may be at work until it ends.
    stage.restart_host()
    await world.zero_counts()

    restore_id = await caller.start(kind="user", user=user["userPrincipalName"])
    waiting = await caller.parked(restore_id)
    calls_without_token = await world.graph_calls()
    await world.clear_faults()
    (ended,) = await caller.come_through(restore_id)

    assert (waiting["status"], waiting["waiting"]["for"]) == ("waiting", "directory")
    assert calls_without_token == {}
    assert ended["outcome"]["code"] == "user-restored"
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize(
    ("fault", "attempts"),
    [
        ({"status": 503, "when": "after"}, 1),
        ({"drop": "after"}, 1),
        ({"truncate": True}, 1),
        ({"contentType": "text/html", "when": "after"}, 1),
        ({"drop": "before"}, 2),
        ({"status": 503}, 2),
    ],
    ids=["503 after", "dropped after", "cut after", "html after", "dropped before", "503 before"],
)
async def test_lost_answer_to_a_change_is_looked_for(
    caller: Caller, world: World, storage: Storage, fault: dict[str, Any], attempts: int
) -> None:
    """Whether the change took place is seen, not guessed: it is made once, and the restore ends."""
    user = await world.add(a_deleted_user())
    await world.fault(method="POST", path="/restore$", times=1, **fault)

    restore_id = await caller.start(kind="user", user=user["userPrincipalName"])
    waiting = await caller.parked(restore_id)
    (ended,) = await caller.come_through(restore_id)

    assert waiting["waiting"]["for"] == "directory"
    assert ended["outcome"]["code"] == "user-restored"
    assert await world.effects(user) == {"restore": 1}
    assert await world.attempts(user) == attempts
    assert _attempts_in(await storage.journal(restore_id)) == attempts


@pytest.mark.parametrize(
    ("fault", "attempts"),
    [({"status": 503, "when": "after"}, 1), ({"drop": "before"}, 2)],
    ids=["after", "before"],
)
async def test_lost_answer_to_a_licence_is_looked_for(
    caller: Caller, world: World, fault: dict[str, Any], attempts: int
) -> None:
    """The same for a licence: one assignment, whatever became of the answer."""
    user = await world.add(an_unlicensed_user())
    await world.fault(method="POST", path="/assignLicense$", times=1, **fault)

    restore_id = await caller.start(kind="license", user=user["id"], **NAMED)
    (ended,) = await caller.come_through(restore_id)

    assert ended["outcome"]["code"] == "license-restored"
    assert await world.effects(user) == {"assignLicense": 1}
    assert await world.attempts(user) == attempts


@pytest.mark.parametrize(
    "where",
    [
        {"method": "POST", "path": "/restore$"},
        {"method": "GET", "path": "/subscribedSkus"},
        {"method": "GET", "path": "/mailboxSettings"},
    ],
    ids=["the change", "a look before", "a look after"],
)
async def test_throttled_restore_waits_as_long_as_graph_says(
    caller: Caller, world: World, stage: Stage, where: dict[str, str]
) -> None:
    """429 with Retry-After parks the restore for that long, and it comes through afterwards."""
    user = await world.add(a_deleted_user())
    await world.fault(status=429, retryAfter=40, times=1, **where)

    before = stage.clock.now()
    restore_id = await caller.start(kind="mailbox", user=user["userPrincipalName"])
    waiting = await caller.parked(restore_id)
    after = stage.clock.now()
    (ended,) = await caller.come_through(restore_id)

    assert waiting["waiting"]["for"] == "throttle"
    until = datetime.fromisoformat(waiting["waiting"]["until"])
    # So that not all come back at once, up to eight seconds more.
    assert before + timedelta(seconds=40) <= until <= after + timedelta(seconds=48)
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}


async def test_throttling_without_a_time_is_waited_out(caller: Caller, world: World) -> None:
    """429 that names no time parks the restore for a time of its own."""
    user = await world.add(a_deleted_user())
    await world.fault(status=429, method="POST", path="/restore$", times=2)

    restore_id = await caller.start(kind="user", user=user["id"])
    waiting = await caller.parked(restore_id)
    (ended,) = await caller.come_through(restore_id)

    assert waiting["waiting"]["for"] == "throttle"
    assert ended["outcome"]["code"] == "user-restored"
    assert await world.effects(user) == {"restore": 1}
    assert await world.attempts(user) == 3


async def test_mailbox_that_is_late_is_waited_for(caller: Caller, world: World) -> None:
    """A mailbox that answers only after minutes is not called back before it does."""
    await world.switch(mailboxDelaySeconds=240)
    user = await world.add(a_deleted_user())

    restore_id = await caller.start(kind="mailbox", user=user["userPrincipalName"])
    waiting = await caller.parked(restore_id)
    (ended,) = await caller.come_through(restore_id)

    assert waiting["waiting"]["for"] == "mailbox"
    assert ended["outcome"]["code"] == "mailbox-restored"
    assert await world.effects(user) == {"restore": 1}


async def test_unreachable_storage_is_503_and_health_stays(caller: Caller, stage: Stage) -> None:
    """Without its ledger the service accepts nothing, says so soon, and lives on."""
    nowhere = emulator_connection(*free_ports(3))
    with stage.start_another_host(AzureWebJobsStorage=nowhere) as host:
        began = time.monotonic()
        request = {"kind": "user", "user": "somebody@contoso.example"}
        reply = await caller.send("POST", f"{host.url}/api/restores", json=request)
        took = time.monotonic() - began
        health = await caller.send("GET", f"{host.url}/api/health")

    assert (reply.status, reply.body["code"]) == (503, "storage-unavailable")
    assert reply.headers["Content-Type"].startswith("application/problem+json")
    assert int(reply.headers["Retry-After"]) > 0
    assert took < 30
    assert health.status == 200
