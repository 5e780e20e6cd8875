"""Measure a run of the watch: `python -m tests.bench.observe_run [--users N] [--changes N]`.

A tenant of so many licensed users in the Graph stand-in, its quotas on, and storage on Azurite; the
product's own adapters in this process. Prints a JSON line for each: the first look at everybody, a
round with some licences removed, a round in which nothing happened, and everybody once more, as
after a resync.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from infra.local import landscape
from shared.bootstrap import Root
from shared.ports.deps import Deps
from shared.ports.watch import Changes, DeltaPage
from shared.upkeep.observe import observe
from tests.bench.processes import end_with_connections

SKU = "6fd2c87f-b296-42f0-b197-1e91e994b900"
EXCHANGE = "efb87545-963c-4e0d-99df-69c6916d9eb0"


class RealClock:
    """The machine's time."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - a benchmark measures real time

    async def pause(self, span: timedelta) -> None:
        """Let this much time pass."""
        await asyncio.sleep(span.total_seconds())


class Measured:
    """The port Changes; notes the resident memory after each page, in MiB."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        self.resident: list[float] = []

    async def page(self, link: str | None) -> DeltaPage | None:
        """The page behind the link."""
        self.resident.append(resident_mib())
        return await self._changes.page(link)


def resident_mib() -> float:
    """The resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


def tenant(users: int) -> dict[str, Any]:
    """So many licensed users, as the stand-in takes them."""
    plan = {"servicePlanId": EXCHANGE, "servicePlanName": "EXCHANGE_S_ENTERPRISE"}
    sku = {
        "skuId": SKU,
        "skuPartNumber": "ENTERPRISEPACK",
        "enabled": users + 1000,
        "servicePlans": [plan],
    }
    return {
        "domains": [{"id": "bench.example", "isDefault": True}],
        "skus": [sku],
        "users": [
            {
                "id": user_id(number),
                "userPrincipalName": f"u{number}@bench.example",
                "displayName": f"User {number}",
                "usageLocation": "NL",
                "licenses": [SKU],
            }
            for number in range(users)
        ],
    }


def user_id(number: int) -> str:
    """The object id of a user."""
    return f"{number:08x}-bbbb-4ccc-8ddd-000000000000"


async def measure(users: int, changes: int, *, first_only: bool = False) -> None:
    """Run the rounds and print their figures."""
    with tempfile.TemporaryDirectory() as folder, landscape.start_azurite() as azurite:
        file = Path(folder) / "tenant.json"
        file.write_text(json.dumps(tenant(users)), encoding="utf-8")
        graph = landscape.start_graph(arguments=["--tenant", str(file)], within_seconds=600)
        try:
            os.environ |= {  # noqa: TID251 - the root reads its settings there
                "IDENTITY_ENDPOINT": graph.identity_endpoint,
                "IDENTITY_HEADER": "any",
                "AzureWebJobsStorage": azurite.connection_string,
                "GRAPH_BASE_URL": graph.graph_base_url,
                "AUTH_MODE": "keys",
            }
            await _rounds(graph, changes, first_only=first_only)
        finally:
            graph.stop()


async def _rounds(graph: landscape.Graph, changes: int, *, first_only: bool) -> None:
    plain = await Root(RealClock()).deps()
    feed = Measured(plain.changes)
    deps = replace(plain, changes=feed)
    await _say("first look", deps, feed)
    if first_only:
        return
    async with httpx.AsyncClient(base_url=graph.control_url, timeout=60) as control:
        for number in range(changes):
            order = {"userId": user_id(number), "skuId": SKU}
            (await control.post("/actions/remove-license", json=order)).raise_for_status()
    await _say(f"{changes} licences removed", deps, feed)
    await _say("nothing happened", deps, feed)
    stored = await deps.watch.rounds.read()
    await deps.watch.rounds.write(stored, replace(stored.round, link=None))
    await _say("everybody anew, as after a resync", deps, feed)


async def _say(name: str, deps: Deps, feed: Measured) -> None:
    """Run until the round is through, and print what it took."""
    feed.resident.clear()
    began, cpu, runs, pages, written, losses = time.perf_counter(), time.process_time(), 0, 0, 0, 0
    is_through = False
    while not is_through:
        counts = await observe(deps)
        if counts is None:
            raise RuntimeError("another run holds the round")
        runs, pages, written = runs + 1, pages + counts.pages, written + counts.written
        losses += counts.losses
        is_through = (await deps.watch.rounds.read()).round.started_at is None
    tenth = max(1, len(feed.resident) // 10)
    early, late = feed.resident[tenth : 2 * tenth], feed.resident[-tenth:]
    figures = {
        "what": name,
        "runs": runs,
        "pages": pages,
        "written": written,
        "losses": losses,
        "wall_seconds": round(time.perf_counter() - began, 1),
        "cpu_seconds": round(time.process_time() - cpu, 1),
        "early_pages_mib": round(sum(early) / max(1, len(early)), 1),
        "late_pages_mib": round(sum(late) / max(1, len(late)), 1),
        "highest_mib": round(max(feed.resident), 1),
    }
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--first-only", action="store_true")
    arguments = parser.parse_args()
    end_with_connections()
    asyncio.run(measure(arguments.users, arguments.changes, first_only=arguments.first_only))


if __name__ == "__main__":
    main()
