"""Kill hosts and workers in the middle of restores, and measure how soon each goes on.

    .venv/bin/python -m tests.bench.recovery [--rounds 8] [--restores 10] [--seed 1]

In each round restores hang in a call to Graph, at one of four places, and the host is killed with
SIGKILL, or its worker alone; another host is there at once. Real clocks, the real timer: a round
takes two minutes. A restore goes on when the next worker has claimed it.
"""

import argparse
import asyncio
import json
import random
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import quantiles
from typing import Any, Final

import httpx

from infra.local.landscape import Landscape
from tests.waiting import eventually

_NEVER = "0 0 0 29 2 *"
_SETTINGS = {"OBSERVE_SCHEDULE": _NEVER, "CLEANUP_SCHEDULE": _NEVER, "REPORT_SCHEDULE": _NEVER}
_DOMAIN, _SKU = "people.contoso.example", "ENTERPRISEPACK"
_PATIENCE_SECONDS = 600
_STEPS_SECONDS = 90

PLACES: Final[Mapping[str, dict[str, Any]]] = {
    "reading": {"method": "GET", "path": "/subscribedSkus"},
    "before the change": {"method": "POST", "path": "/restore$"},
    "after the change": {"method": "POST", "path": "/restore$", "when": "after"},
    "verifying": {"method": "GET", "path": "/mailboxSettings"},
}
_numbers = count(1)


@dataclass(frozen=True)
class Figures:
    """Seconds from the kill to the next claim, and to the end, of those that were at work."""

    kills: int = 0
    claimed: list[float] = field(default_factory=list)
    ended: list[float] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """Median, 95th percentile and the longest."""
        return {
            "kills": self.kills,
            "restores": len(self.claimed),
            "goes_on": _spread(self.claimed),
            "ended": _spread(self.ended),
        }


def _spread(seconds: Sequence[float]) -> dict[str, float]:
    if len(seconds) < 2:
        return {}
    cuts = quantiles(seconds, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "max": round(max(seconds), 1)}


class Bench:
    """A landscape whose hosts are killed."""

    def __init__(self, landscape: Landscape, http: httpx.AsyncClient) -> None:
        self._landscape, self._http = landscape, http

    async def one_round(self, place: str, restores: int, *, spares_host: bool) -> Figures:
        """Begin restores, let them hang, kill, and wait until all of them have ended."""
        # Not always in the same second of the minute: where the sweep stands is a matter of chance.
        await eventually(_after(random.uniform(0, 60)), within_seconds=_STEPS_SECONDS)  # noqa: S311
        users = [_a_user() for _ in range(restores)]
        await self._control("POST", "tenant", _tenant(users))
        await self._control("DELETE", "faults")
        await self._control("POST", "faults", PLACES[place] | {"hang": True, "times": restores})
        ids = [await self._start(user) for user in users]
        await eventually(self._some_hang, within_seconds=_STEPS_SECONDS)
        await eventually(_after(random.uniform(1, 12)), within_seconds=_STEPS_SECONDS)  # noqa: S311
        at_work = [one for one in ids if (await self._restore(one))["status"] == "running"]
        killed_at = datetime.now(UTC)  # noqa: TID251 - measured on real clocks
        await self._kill(spares_host=spares_host)
        await self._control("DELETE", "faults")
        figures = Figures(1)
        for restore_id in at_work:
            await self._follow(restore_id, killed_at, figures)
        return figures

    async def _kill(self, *, spares_host: bool) -> None:
        host = self._landscape.host
        if spares_host:
            host.kill_worker()
            return
        host.kill()
        self._landscape.host = await asyncio.to_thread(self._landscape.start_host)

    async def _follow(self, restore_id: str, killed_at: datetime, figures: Figures) -> None:
        async def is_over() -> bool:
            try:
                return (await self._restore(restore_id))["finishedAt"] is not None
            except httpx.HTTPError:
                return False

        await eventually(is_over, within_seconds=_PATIENCE_SECONDS)
        url = f"{self._landscape.host.url}/api/restores/{restore_id}"
        journal = (await self._http.get(f"{url}/journal")).json()["value"]
        claims = [_at(one["at"]) for one in journal if one["what"] == "claimed"]
        after = [at for at in claims if at > killed_at]
        ended = _at((await self._restore(restore_id))["finishedAt"])
        if after and ended > killed_at:
            figures.claimed.append((after[0] - killed_at).total_seconds())
            figures.ended.append((ended - killed_at).total_seconds())

    async def _start(self, user: Mapping[str, Any]) -> str:
        body = {"kind": "mailbox", "user": user["userPrincipalName"]}
        answer = await self._http.post(f"{self._landscape.host.url}/api/restores", json=body)
        return str(answer.raise_for_status().json()["id"])

    async def _restore(self, restore_id: str) -> dict[str, Any]:
        answer = await self._http.get(f"{self._landscape.host.url}/api/restores/{restore_id}")
        restore: dict[str, Any] = answer.raise_for_status().json()
        return restore

    async def _some_hang(self) -> bool:
        answer = await self._http.get(f"{self._landscape.graph.control_url}/faults")
        return bool(sum(int(fault["made"]) for fault in answer.json()))

    async def _control(self, method: str, path: str, body: object = None) -> None:
        url = f"{self._landscape.graph.control_url}/{path}"
        (await self._http.request(method, url, json=body)).raise_for_status()


def _after(seconds: float) -> Any:
    due = datetime.now(UTC) + timedelta(seconds=seconds)  # noqa: TID251 - as above
    return lambda: datetime.now(UTC) >= due  # noqa: TID251 - as above


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _a_user() -> dict[str, Any]:
    number = next(_numbers)
    return {
        "id": f"e2e00000-0000-4000-8000-{number:012d}",
        "userPrincipalName": f"person{number:04}@{_DOMAIN}",
        "displayName": f"Person {number}",
        "usageLocation": "NL",
        "licenses": [_SKU],
        "deletedDaysAgo": 5,
    }


def _tenant(users: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    domain = {"id": _DOMAIN, "isVerified": True, "isDefault": True, "isInitial": False}
    return {"seed": "default", "domains": [domain], "users": [], "deletedUsers": list(users)}


async def measure(rounds: int, restores: int) -> dict[str, object]:
    """Go through the places in turn, every other time killing the worker alone.

    Never three workers in a row: that would take their host along.
    """
    by_kind = {"host": Figures(), "worker": Figures()}
    with Landscape(settings=_SETTINGS) as landscape:
        async with httpx.AsyncClient(timeout=30) as http:
            bench = Bench(landscape, http)
            for number in range(rounds):
                spares_host = number % 2 == 1
                place = list(PLACES)[number // 2 % len(PLACES)]
                figures = await bench.one_round(place, restores, spares_host=spares_host)
                kind = "worker" if spares_host else "host"
                sys.stderr.write(f"{kind}, {place}: {json.dumps(asdict(figures))}\n")
                so_far = by_kind[kind]
                by_kind[kind] = Figures(
                    so_far.kills + 1,
                    so_far.claimed + figures.claimed,
                    so_far.ended + figures.ended,
                )
    return {kind: figures.told() for kind, figures in by_kind.items()}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.recovery", description=__doc__)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--restores", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    random.seed(asked.seed)
    print(json.dumps(asyncio.run(measure(asked.rounds, asked.restores)), indent=2))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
