"""Measure one restore of a deleted user: requests to storage and to Graph, time, processor time.

    .venv/bin/python -m tests.bench.one_restore [--times 9] [--backlog 400]

accepts and advances it in this process, against Azurite and the Graph stand-in, without the host
and so without the wait for its queue. The first one is left out of the times: it loads the clients.
Then a backlog, 64 at a time, for its requests to storage.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from aiohttp import web

from infra.local.landscape import Graph, start_azurite, start_graph
from shared.bootstrap import Root
from shared.domain.outcomes import Status
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind, RestoreRequest
from shared.ports.deps import Deps
from shared.restore.accept import accept
from shared.restore.advance import advance
from tests.bench.ledger.in_process import MachineClock
from tests.bench.processes import end_with_connections
from tests.contract.ledger.proxies.forwarding import Ask, forwarding

_BY = RequestedBy(Door.QUEUE, "bench")
_EXCHANGE = "efb87545-963c-4e0d-99df-69c6916d9eb0"
# As many messages as the host has a worker see to at a time: a batch, and the next one (host.json).
AT_ONCE = 64

_SKU = "6fd2c87f-b296-42f0-b197-1e91e994b900"


@dataclass(frozen=True)
class Figures:
    """What one restore costs: requests to take it in and to see it through; medians of seconds."""

    accept_requests: int
    advance_requests: int
    backlog_requests: float
    """To see one of many through."""
    storage_calls: dict[str, int]
    graph_requests: int
    seconds: float
    cpu_seconds: float


class Counted:
    """Counts the requests that pass on their way to storage, by method and table or queue."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()

    async def pass_on(self, request: web.Request, ask: Ask) -> web.StreamResponse:
        """Count one and have it answered."""
        self.calls[f"{request.method} {_what(request, await request.read())}"] += 1
        return (await ask()).response()


def measure(times: int, backlog: int) -> Figures:
    """Restore so many users, one after the other, and then a backlog of them."""
    with tempfile.TemporaryDirectory() as folder:
        tenant = Path(folder) / "tenant.json"
        tenant.write_text(json.dumps(_tenant(times + 5 + backlog)), encoding="utf-8")
        with start_azurite() as azurite, start_graph(arguments=("--tenant", str(tenant))) as graph:
            return asyncio.run(_measure(azurite.connection_string, graph, times, backlog))


async def _measure(connection_string: str, graph: Graph, times: int, backlog: int) -> Figures:
    counted = Counted()
    await _let_all_through(graph)
    async with _counting(connection_string, counted) as through:
        deps = await _deps(through, graph)
        await _restore(0, deps)
        # Of several the one that asked least: a busy machine may have a lease renewed.
        asked = [await _asked(number, deps, counted, graph) for number in (1, 2, 3)]
        to_accept, calls, requests = min(asked, key=lambda one: sum(one[1].values()))
        of_many = await _backlog(range(times + 5, times + 5 + backlog), deps, counted)
    deps = await _deps(connection_string, graph)
    spans = [await _restore(number, deps) for number in range(4, times + 5)][1:]
    return Figures(
        accept_requests=to_accept,
        advance_requests=sum(calls.values()) - to_accept,
        backlog_requests=round(of_many, 2),
        storage_calls=calls,
        graph_requests=requests,
        seconds=round(median(wall for wall, _ in spans), 3),
        cpu_seconds=round(median(cpu for _, cpu in spans), 4),
    )


async def _asked(
    number: int, deps: Deps, counted: Counted, graph: Graph
) -> tuple[int, dict[str, int], int]:
    """Bring one back; gives the storage requests to take it in, all of them, and Graph's."""
    counted.calls.clear()
    before = await _graph_requests(graph)
    restore_id = await _accept(number, deps)
    to_accept = counted.calls.total()
    await advance(restore_id, deps)
    calls = dict(sorted(counted.calls.items()))
    requests = await _graph_requests(graph) - before
    await _check(restore_id, deps)
    return to_accept, calls, requests


async def _backlog(numbers: Sequence[int], deps: Deps, counted: Counted) -> float:
    """Bring many back, as many at once as a worker does; gives the storage requests for each."""
    ids = [await _accept(number, deps) for number in numbers]
    counted.calls.clear()
    gate = asyncio.Semaphore(AT_ONCE)

    async def through(restore_id: str) -> None:
        async with gate:
            await advance(restore_id, deps)

    await asyncio.gather(*map(through, ids))
    requests = counted.calls.total()
    for restore_id in ids:
        await _check(restore_id, deps)
    return requests / len(ids)


@asynccontextmanager
async def _counting(connection_string: str, counted: Counted) -> AsyncIterator[str]:
    async with (
        forwarding(connection_string, counted.pass_on) as tables,
        forwarding(tables, counted.pass_on, endpoint="QueueEndpoint") as both,
    ):
        yield both


async def _deps(connection_string: str, graph: Graph) -> Deps:
    os.environ |= {  # noqa: TID251 - the root reads its settings there
        "IDENTITY_ENDPOINT": graph.identity_endpoint,
        "IDENTITY_HEADER": "any",
        "AzureWebJobsStorage": connection_string,
        "GRAPH_BASE_URL": graph.graph_base_url,
        "AUTH_MODE": "keys",
    }
    return await Root(MachineClock()).deps()


async def _restore(number: int, deps: Deps) -> tuple[float, float]:
    """Bring one back; gives the seconds that passed, and those of the processor."""
    began, cpu = time.perf_counter(), time.process_time()
    restore_id = await _accept(number, deps)
    await advance(restore_id, deps)
    spent = time.perf_counter() - began, time.process_time() - cpu
    await _check(restore_id, deps)
    return spent


async def _accept(number: int, deps: Deps) -> str:
    key = f"bench-{number}"
    request = RestoreRequest(RestoreKind.MAILBOX, _upn(number), idempotency_key=key)
    return (await accept(order_of(request, _BY), deps)).record.id


async def _check(restore_id: str, deps: Deps) -> None:
    """A restore that comes to another end would be measured for something else."""
    ended = await deps.ledger.read(restore_id)
    if ended is None or ended.record.status is not Status.SUCCEEDED:
        raise RuntimeError(f"the restore did not succeed: {ended}")


async def _let_all_through(graph: Graph) -> None:
    """A backlog is faster than a tenant's quota allows, and waits are not what is measured."""
    async with httpx.AsyncClient(timeout=60) as http:
        switched = await http.post(f"{graph.control_url}/switches", json={"quotas": False})
    switched.raise_for_status()


async def _graph_requests(graph: Graph) -> int:
    async with httpx.AsyncClient(timeout=30) as http:
        counters = await http.get(f"{graph.control_url}/counters")
    return int(counters.raise_for_status().json()["requests"])


def _what(request: web.Request, body: bytes) -> str:
    """The table or queue that a request is about; of a transaction, that of its first operation."""
    path = request.path
    if path.endswith("/$batch"):
        path = body.partition(b" HTTP/1.1")[0].rpartition(b" ")[2].decode()
    name = path.partition("devstoreaccount1/")[2].partition("(")[0].partition("/")[0]
    return f"{'transaction on ' if request.path.endswith('/$batch') else ''}{name}"


def _upn(number: int) -> str:
    return f"person{number:06}@contoso.com"


def _tenant(users: int) -> dict[str, Any]:
    plan = {"servicePlanId": _EXCHANGE, "servicePlanName": "EXCHANGE"}
    return {
        "domains": [{"id": "contoso.com", "isDefault": True}],
        "skus": [{"skuId": _SKU, "skuPartNumber": "ENTERPRISEPACK", "servicePlans": [plan]}],
        "users": [],
        "deletedUsers": [
            {
                "id": f"{number:08x}-0000-4000-8000-000000000000",
                "userPrincipalName": _upn(number),
                "displayName": f"Person {number}",
                "deletedDaysAgo": 5,
                "licenses": [_SKU],
            }
            for number in range(users)
        ],
        "audits": [],
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.one_restore", description=__doc__)
    parser.add_argument("--times", type=int, default=9)
    parser.add_argument("--backlog", type=int, default=400)
    chosen = parser.parse_args()
    end_with_connections()
    figures = measure(chosen.times, chosen.backlog)
    print(json.dumps(asdict(figures), indent=2))  # noqa: T201 - a command-line tool
    return 0


if __name__ == "__main__":
    sys.exit(main())
