"""List a tenant's losses through the real host, and measure time, CPU and memory.

    .venv/bin/python -m tests.bench.lists.losses [--users 100000] [--again]
                                                 [--top 999] [--search TEXT]

starts storage, the Graph stand-in with so many deleted users, and a host, follows `nextLink` from
the first page to the last, and prints the figures as JSON. The first list files everybody, unless
a round of the watch has done so; `--again` walks once more, as everybody does who lists later.
Of five users four have a licence with a mailbox; the fifth has none, and costs a read of what was
observed of it. CPU and memory are the host's own, where the worker runs; both come from /proc, so
the bench needs Linux. The tables are those of an Azurite that keeps its rows in order: its own
looks through all of them for each row that is written, and a list of 100,000 does not come to its
end.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from infra.local.landscape import Host, Landscape, start_azurite, start_graph
from tests.bench.ledger.filled_tables import connection_to, table_service
from tests.bench.processes import cpu_seconds, memory_mb

# From here on memory is compared: the first pages load clients and fill pools.
WARM_PAGES = 5

_SKU = "6fd2c87f-b296-42f0-b197-1e91e994b900"
_EXCHANGE = "efb87545-963c-4e0d-99df-69c6916d9eb0"
_NEVER = "0 0 0 29 2 *"
_SETTINGS = dict.fromkeys(("SWEEP_SCHEDULE", "OBSERVE_SCHEDULE", "CLEANUP_SCHEDULE"), _NEVER)


@dataclass(frozen=True)
class Figures:
    """What one walk through the list cost; memory in MB, of the host's process."""

    users: int
    shown: int
    distinct: int
    pages: int
    wall_seconds: float
    cpu_seconds: float
    slowest_page_seconds: float
    rss_mb_when_warm: float
    rss_mb_at_the_end: float
    peak_mb_growth_after_warm: float
    again_cpu_seconds: float | None = None


def measure(users: int, *, top: int, search: str | None = None, again: bool = False) -> Figures:
    """List them all and say what it cost; takes a minute to begin with for 100,000 users."""
    with tempfile.TemporaryDirectory() as folder:
        tenant = Path(folder) / "tenant.json"
        tenant.write_text(json.dumps(_tenant(users)), encoding="utf-8")
        arguments = ("--tenant", str(tenant))
        with (
            start_graph(arguments=arguments, within_seconds=600) as graph,
            start_azurite() as azurite,
            table_service("indexed") as tables,
            Landscape(
                azurite=azurite,
                graph=graph,
                settings=_SETTINGS | {"AzureWebJobsStorage": connection_to(tables.port, azurite)},
            ) as landscape,
        ):
            httpx.post(
                f"{graph.control_url}/switches", json={"quotas": False}, timeout=60
            ).raise_for_status()
            query = {"top": top, **({} if search is None else {"search": search})}
            first = f"{landscape.host.url}/api/losses?{urlencode(query)}"
            figures = _walk(first, landscape.host, users)
            if not again:
                return figures
            later = _walk(first, landscape.host, users)
            return replace(figures, again_cpu_seconds=later.cpu_seconds)


def _walk(first: str, host: Host, users: int) -> Figures:
    worker = host.worker_pid
    started, cpu = time.monotonic(), cpu_seconds(host.pid, worker)
    seen: set[str] = set()
    shown = pages = 0
    slowest = warm_peak = warm = 0.0
    for rows, seconds in _pages(first):
        pages += 1
        shown += len(rows)
        seen.update(row["id"] for row in rows)
        slowest = max(slowest, seconds)
        if pages == WARM_PAGES:
            warm, warm_peak = memory_mb(worker, "VmRSS"), memory_mb(worker, "VmHWM")
    return Figures(
        users=users,
        shown=shown,
        distinct=len(seen),
        pages=pages,
        wall_seconds=round(time.monotonic() - started, 1),
        cpu_seconds=round(cpu_seconds(host.pid, worker) - cpu, 1),
        slowest_page_seconds=round(slowest, 2),
        rss_mb_when_warm=warm,
        rss_mb_at_the_end=memory_mb(worker, "VmRSS"),
        peak_mb_growth_after_warm=round(memory_mb(worker, "VmHWM") - warm_peak, 1),
    )


def _pages(first: str) -> Iterator[tuple[list[dict[str, Any]], float]]:
    link: str | None = first
    with httpx.Client(timeout=60) as http:
        while link is not None:
            started = time.monotonic()
            body = http.get(link).raise_for_status().json()
            yield body["value"], time.monotonic() - started
            link = body.get("nextLink")


def _tenant(users: int) -> dict[str, Any]:
    plan = {"servicePlanId": _EXCHANGE, "servicePlanName": "EXCHANGE_S_ENTERPRISE"}
    return {
        "domains": [{"id": "contoso.com", "isDefault": True}],
        "skus": [{"skuId": _SKU, "skuPartNumber": "ENTERPRISEPACK", "servicePlans": [plan]}],
        "users": [],
        "deletedUsers": [_user(number, users) for number in range(users)],
        "audits": [],
    }


def _user(number: int, users: int) -> dict[str, Any]:
    return {
        "id": f"{number * 2654435761 % 2**32:08x}-0000-4000-8000-{number:012x}",
        "userPrincipalName": f"person{number:06}@contoso.com",
        "displayName": f"Person {number:06}",
        "deletedDaysAgo": round(30 * number / users, 6),
        "licenses": [] if number % 5 == 0 else [_SKU],
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lists.losses", description=__doc__)
    parser.add_argument("--users", type=int, default=100_000)
    parser.add_argument("--top", type=int, default=999)
    parser.add_argument("--search")
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()
    figures = measure(asked.users, top=asked.top, search=asked.search, again=asked.again)
    print(json.dumps(asdict(figures), indent=2))  # noqa: T201 - a command-line tool
    return 0


if __name__ == "__main__":
    sys.exit(main())
