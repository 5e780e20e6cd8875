"""Test that many restores share the audit log of the stand-in within its quota."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.watch.audit_cursor import AuditCursor
from shared.errors import ThrottledError
from shared.graph.audit_log import GraphAuditLog
from shared.graph.wire.client import build_client
from shared.ledger.storage import Storage
from shared.ports.deps import Deps
from shared.restore.reading.license_evidence import EvidenceQuestion, license_changed_at
from tests.builders import NOW
from tests.contract.graph.directories import E3, PLANS, an_id
from tests.local_http import ask
from tests.unit.world.world import World

# As many as one instance works on at once: two queues, 32 messages each (host.json).
AT_ONCE = 64
# Some of them come to the log when others have read it.
WAITING = 2 * AT_ONCE + 2
LOST_AT = NOW - timedelta(days=6)
_AUDITS = "GET /auditLogs/directoryAudits"


class Tenant:
    """A tenant in the stand-in in which everybody lost the licence six days ago."""

    def __init__(self, url: str, deps: Deps, world: World) -> None:
        self._url = url
        self._world = world
        self.deps = deps

    def load(self, *, audits_each: int = 1, **switches: object) -> None:
        """Put the tenant in place of whatever was there, its clock stopped at NOW."""
        plans = [{"servicePlanId": plan, "servicePlanName": plan[:8]} for plan in PLANS]
        audits = [_audit(at, by) for by in range(audits_each) for at in range(WAITING)]
        document = {
            "now": NOW.isoformat(),
            "frozen": True,
            "domains": [{"id": "contoso.com", "isDefault": True}],
            "skus": [{"skuId": E3, "skuPartNumber": "E3", "servicePlans": plans}],
            "users": [],
            "audits": audits,
            "switches": switches,
        }
        self._control("POST", "tenant", document)

    def pass_time(self, time: timedelta) -> None:
        """Move the clock of the product and of Graph."""
        self._world.clock.advance(time)
        self._control("POST", "clock", {"advanceSeconds": time.total_seconds()})

    def switch(self, **switches: object) -> None:
        """Choose a behaviour of the stand-in."""
        self._control("POST", "switches", switches)

    @property
    def requests(self) -> int:
        """How often the audit log was asked."""
        return int(self._counters["calls"].get(_AUDITS, 0))

    @property
    def throttled(self) -> int:
        """How many requests went beyond the quota."""
        return int(self._counters["throttled"])

    async def ask(self, *, patience: int = 60) -> list[object]:
        """What everybody is told, who all ask now and come back when told to."""
        asked_at = self._world.clock.now()
        answers: dict[int, object] = {}
        room = asyncio.Semaphore(AT_ONCE)

        async def one(at: int) -> timedelta:
            async with room:
                return await self._one(at, asked_at, answers)

        for _ in range(patience):
            waits = await asyncio.gather(*(one(at) for at in range(WAITING) if at not in answers))
            if len(answers) == WAITING:
                return [answers[at] for at in range(WAITING)]
            self.pass_time(max(waits))
        raise AssertionError(f"only {len(answers)} of {WAITING} were answered")

    async def _one(self, at: int, asked_at: Any, answers: dict[int, object]) -> timedelta:
        try:
            answers[at] = await license_changed_at(an_id(at), EvidenceQuestion(asked_at), self.deps)
        except ThrottledError as error:
            return error.retry_after or timedelta(seconds=1)
        return timedelta(0)

    @property
    def _counters(self) -> dict[str, Any]:
        counters: dict[str, Any] = ask("GET", f"{self._url}/_control/counters").json()
        return counters

    def _control(self, method: str, path: str, body: object) -> None:
        url = f"{self._url}/_control/{path}"
        ask(method, url, json=body).raise_for_status()


def _audit(user: int, number: int) -> dict[str, object]:
    return {
        "id": f"Directory_{user}_{number}",
        "activityDisplayName": "Change user license",
        "activityDateTime": (LOST_AT + timedelta(hours=number)).isoformat(),
        "result": "success",
        "targetResources": [{"id": an_id(user), "type": "User"}],
    }


@pytest.fixture
async def tenant(standin_url: str, real_storage: Storage) -> AsyncIterator[Tenant]:
    """Give the tenant, and the ports over Graph's stand-in and the storage emulator."""
    world = World()
    client = build_client(cloud="global", base_url=standin_url, client_id=None)
    cursor = real_storage.audit_cursors
    # Other tests have read other tenants.
    await cursor.save(await cursor.load(), AuditCursor())
    deps = replace(world.deps, audit_log=GraphAuditLog(client), audit_cursors=cursor)
    yield Tenant(standin_url, deps, world)
    await client.close()


async def test_all_who_wait_cost_one_request(tenant: Tenant) -> None:
    """As many ask at once as an instance can; one reads for all of them."""
    tenant.load()

    assert await tenant.ask() == [LOST_AT] * WAITING
    assert tenant.requests == 1
    tenant.pass_time(timedelta(seconds=1))
    assert await tenant.ask() == [LOST_AT] * WAITING
    assert tenant.requests == 1


async def test_a_log_of_many_pages_is_read_within_the_quota(tenant: Tenant) -> None:
    """Ten pages and more cost as many requests, and none beyond 5 in 10 seconds."""
    # Small pages: what they cost the emulated storage is no part of the promise, their number is.
    tenant.load(audits_each=4, auditPageSize=48)

    assert await tenant.ask() == [LOST_AT] * WAITING
    assert tenant.requests == 11
    assert tenant.throttled == 0
    tenant.pass_time(timedelta(minutes=30))
    assert await tenant.ask() == [LOST_AT] * WAITING
    assert tenant.requests == 12


@pytest.mark.parametrize("switch", ["auditForbidden", "auditNeedsDirectoryRead"])
async def test_a_closed_log_is_asked_once(tenant: Tenant, switch: str) -> None:
    """It is no evidence for anybody, until the permission was granted and some minutes are over."""
    tenant.load(**{switch: True})

    assert await tenant.ask() == [None] * WAITING
    assert tenant.requests == 1
    tenant.switch(**{switch: False})
    tenant.pass_time(timedelta(minutes=5))
    assert await tenant.ask() == [LOST_AT] * WAITING


async def test_a_log_that_is_late_is_read_again(tenant: Tenant) -> None:
    """What the log does not show yet is no evidence; it is, once the log shows it."""
    tenant.load(auditDelaySeconds=timedelta(days=6, minutes=5).total_seconds())

    assert await tenant.ask() == [None] * WAITING
    tenant.pass_time(timedelta(minutes=6))
    assert await tenant.ask() == [LOST_AT] * WAITING


async def test_a_log_that_forgets_early_says_nothing(tenant: Tenant) -> None:
    """Without a premium licence it goes back seven days."""
    tenant.load(auditRetentionDays=5)

    assert await tenant.ask() == [None] * WAITING
