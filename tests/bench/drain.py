"""Drain a backlog of restores through one host under Graph's quotas, and measure speed and use.

    .venv/bin/python -m tests.bench.drain [--restores 3000] [--writes-per-150s 3000] [--list]
                                          [--profile FILE | --package .local/package/app]

puts the restores into the ledger and the queue first, as if they had come in while the service was
down, then starts a host, of this tree or of the built package in an interpreter without the tree,
and waits until every one has ended. `--list` reads the list of deleted
users over and over meanwhile. `--writes-per-150s` makes the quota of the stand-in smaller, for a
machine on which host, storage and stand-in together cannot reach 3,000. The use of the quota is
the changes made over those that Graph would have taken until the last of them.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from infra.local.landscape import Azurite, Graph, Landscape, start_azurite, start_graph
from infra.local.preflight import ROOT
from shared.domain.requests.keys import keys_of, order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreKind, RestoreRequest
from shared.ledger.storage import Storage
from shared.restore.accept import accept
from tests.bench.host_log import HostLog
from tests.bench.ledger.in_process import intake_of, opened
from tests.bench.lists.list_reader import ListReader
from tests.bench.processes import cpu_seconds, has_loaded, memory_mb
from tests.e2e.stage.packaged import launcher_of

_BY = RequestedBy(Door.QUEUE, "bench")
_AT_ONCE = 32
_LOOK_EVERY_SECONDS = 0.25
_NEVER = "0 0 0 29 2 *"
_SETTINGS = {"OBSERVE_SCHEDULE": _NEVER, "CLEANUP_SCHEDULE": _NEVER}


@dataclass(frozen=True)
class Figures:
    """What the drain cost; rates are per second of the time from the host's start to the end.

    `queued_again` are those that sweeps queued, although their messages waited for their turn.
    `guesses_encodings`: whether the worker has loaded what does, for which there was no cause.
    """

    restores: int
    succeeded: int
    not_succeeded: int
    changes_made: int
    seconds: float
    restores_per_second: float
    quota_per_150s: int
    quota_used: float
    throttled: int
    graph_calls: int
    lists_read: int
    queued_again: int
    host_cpu_seconds: float
    graph_cpu_seconds: float
    azurite_cpu_seconds: float
    worker_peak_mb: float
    guesses_encodings: bool


@dataclass(frozen=True)
class Order:
    """What is to be measured."""

    restores: int
    writes_per_150s: int = 3000
    reads_lists: bool = False
    profile: str | None = None
    package: Path | None = None


def measure(order: Order) -> Figures:
    """Drain them all and say what it cost."""
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        tenant = Path(folder) / "tenant.json"
        tenant.write_text(json.dumps(_tenant(order.restores)), encoding="utf-8")
        azurite = stack.enter_context(start_azurite())
        arguments = ("--tenant", str(tenant))
        graph = stack.enter_context(start_graph(arguments=arguments, within_seconds=300))
        httpx.post(
            f"{graph.control_url}/switches",
            json={"writesPer150s": order.writes_per_150s},
            timeout=60,
        ).raise_for_status()
        command = _command(order, Path(folder) / "harness")
        return asyncio.run(_drain(order, azurite, graph, command))


def _command(order: Order, harness: Path) -> Sequence[str] | None:
    if order.package is not None:
        return launcher_of(order.package.resolve(), harness, "infra.local.host")
    if order.profile is not None:
        return (sys.executable, "-m", "tests.bench.profiled", order.profile)
    return None


async def _drain(
    order: Order, azurite: Azurite, graph: Graph, command: Sequence[str] | None
) -> Figures:
    async with opened(azurite.connection_string) as storage:
        ids = await _ask(order.restores, storage)
        parts = {"graph": (graph.pid,), "azurite": (azurite.pid,)}
        used = {name: cpu_seconds(*pids) for name, pids in parts.items()}
        log = HostLog()
        landscape = Landscape(
            app_dir=(order.package or ROOT).resolve(),
            azurite=azurite,
            graph=graph,
            settings=_SETTINGS,
            command=command,
            echo=log,
        )
        with landscape:
            run = await _watch(order, ids, storage, landscape)
            host = landscape.host
            all_parts = {**parts, "host": (host.pid, host.worker_pid)}
            cpu: dict[str, Any] = {
                f"{name}_cpu_seconds": round(cpu_seconds(*pids) - used.get(name, 0), 1)
                for name, pids in all_parts.items()
            }
            return Figures(
                **run,
                **cpu,
                queued_again=log.queued_again,
                worker_peak_mb=memory_mb(host.worker_pid, "VmHWM"),
                guesses_encodings=has_loaded(host.worker_pid, "charset_normalizer"),
            )


async def _watch(
    order: Order, ids: list[str], storage: Storage, landscape: Landscape
) -> dict[str, Any]:
    """Wait until every restore has ended, and say how that went."""
    graph, began = landscape.graph, time.monotonic()
    lists = ListReader(landscape.host.url)
    reading = asyncio.create_task(lists.go_on(on=order.reads_lists))
    made = await _until_made(graph, order.restores, began)
    statuses = await _until_ended(ids, storage)
    seconds = time.monotonic() - began
    await lists.stop(reading)
    counts = await _counts(graph)
    return {
        "restores": order.restores,
        "succeeded": statuses.count("succeeded"),
        "not_succeeded": len(statuses) - statuses.count("succeeded"),
        "changes_made": made[-1][1],
        "seconds": round(seconds, 1),
        "restores_per_second": round(order.restores / seconds, 2),
        "quota_per_150s": order.writes_per_150s,
        "quota_used": _quota_used(made, order.writes_per_150s, counts["throttled"]),
        "lists_read": lists.read,
        **counts,
    }


async def _ask(restores: int, storage: Storage) -> list[str]:
    """Accept them all, with their messages on the queue; gives their ids."""
    deps = intake_of(storage)
    some = asyncio.Semaphore(_AT_ONCE)

    async def ask(number: int) -> None:
        request = RestoreRequest(RestoreKind.USER, _upn(number), idempotency_key=f"bench-{number}")
        async with some:
            await accept(order_of(request, _BY), deps)

    await asyncio.gather(*(ask(number) for number in range(restores)))
    return [keys_of(_BY).restore_id(f"bench-{number}") for number in range(restores)]


async def _until_made(graph: Graph, restores: int, began: float) -> list[tuple[float, int]]:
    """Seconds since the start, and the changes made until then; the last one is all of them."""
    made = [(0.0, 0)]
    while made[-1][1] < restores:
        await asyncio.sleep(_LOOK_EVERY_SECONDS)
        counters = await _counters(graph)
        made.append((time.monotonic() - began, sum(counters["effects"]["restore"].values())))
        sys.stderr.write(f"{made[-1][0]:.0f} s: {made[-1][1]}, 429: {counters['throttled']}\n")
    return made


async def _until_ended(ids: Sequence[str], storage: Storage) -> list[str]:
    some = asyncio.Semaphore(_AT_ONCE)

    async def status_of(restore_id: str) -> str:
        while True:
            async with some:
                stored = await storage.ledger.read(restore_id)
            if stored is not None and stored.record.status.is_final:
                return stored.record.status.value
            await asyncio.sleep(_LOOK_EVERY_SECONDS)

    return await asyncio.gather(*map(status_of, ids))


def _quota_used(made: Sequence[tuple[float, int]], quota: int, throttled: int) -> float:
    """The changes made over those that Graph would have taken.

    A quota at once and then as much every 150 s, evenly, if the quota was met; only the latter if
    it was not.
    """
    seconds, changes = next((at, n) for at, n in made if n == made[-1][1])
    return round(changes / (quota * ((throttled > 0) + seconds / 150)), 3)


async def _counts(graph: Graph) -> dict[str, int]:
    counters = await _counters(graph)
    return {"throttled": counters["throttled"], "graph_calls": counters["total"]}


async def _counters(graph: Graph) -> dict[str, Any]:
    async with httpx.AsyncClient(timeout=30) as http:
        answer = await http.get(f"{graph.control_url}/counters")
    counters: dict[str, Any] = answer.raise_for_status().json()
    return counters


def _upn(number: int) -> str:
    return f"person{number:06}@contoso.com"


def _tenant(users: int) -> dict[str, Any]:
    plan = {"servicePlanId": "efb87545-963c-4e0d-99df-69c6916d9eb0", "servicePlanName": "EXCHANGE"}
    sku = "6fd2c87f-b296-42f0-b197-1e91e994b900"
    return {
        "domains": [{"id": "contoso.com", "isDefault": True}],
        "skus": [{"skuId": sku, "skuPartNumber": "ENTERPRISEPACK", "servicePlans": [plan]}],
        "users": [],
        "deletedUsers": [
            {
                "id": f"{number * 2654435761 % 2**32:08x}-0000-4000-8000-{number:012x}",
                "userPrincipalName": _upn(number),
                "displayName": f"Person {number:06}",
                "deletedDaysAgo": 5,
                "licenses": [sku],
            }
            for number in range(users)
        ],
        "audits": [],
        "size": "L",
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.drain", description=__doc__)
    parser.add_argument("--restores", type=int, default=3000)
    parser.add_argument("--writes-per-150s", type=int, default=3000)
    parser.add_argument("--list", action="store_true")
    run = parser.add_mutually_exclusive_group()
    run.add_argument("--profile")
    run.add_argument("--package", type=Path)
    asked = parser.parse_args()
    order = Order(asked.restores, asked.writes_per_150s, asked.list, asked.profile, asked.package)
    print(json.dumps(asdict(measure(order)), indent=2))  # noqa: T201 - a command-line tool
    return 0


if __name__ == "__main__":
    sys.exit(main())
