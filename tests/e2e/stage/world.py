"""Change the tenant and the time through the control of the stand-in, and run the sweep.

Counts begin anew with each test, because each test loads a tenant of its own.
"""

import json
from pathlib import Path
from typing import Any, cast

import aiohttp

from tests.e2e.stage.people import SKU, TENANT, Json
from tests.e2e.stage.stage import Stage

_MADE_UP = Path(__file__).parents[3] / "infra" / "local" / "graph" / "seed.json"
# The token endpoint is the platform's, asked once a day; it is no call to Graph.
_TOKEN = "GET /msi/token"


class World:
    """The tenant of one test."""

    def __init__(self, http: aiohttp.ClientSession, stage: Stage) -> None:
        self._http = http
        self._stage = stage

    async def load_tenant(self) -> None:
        """Put a tenant without people in place of whatever was there, at the product's time."""
        now = self._stage.clock.now().isoformat()
        await self._control("POST", "/tenant", {**TENANT, "now": now})

    async def load_made_up_tenant(self) -> None:
        """Put the tenant of `make serve` in place of whatever was there, at the product's time."""
        tenant = json.loads(_MADE_UP.read_text(encoding="utf-8"))
        await self._control(
            "POST", "/tenant", {**tenant, "now": self._stage.clock.now().isoformat()}
        )

    async def add(self, user: Json) -> Json:
        """Add a user of `stage.people`, and give the document back, with its id and names."""
        await self._control("POST", "/users", user)
        return user

    async def user(self, user: Json) -> Json:
        """The user as the tenant has it now, with its mailbox."""
        return cast("Json", await self._control("GET", f"/users/{user['id']}"))

    async def patch(self, user: Json, **fields: Any) -> None:
        """Change a user behind everybody's back."""
        await self._control("POST", f"/users/{user['id']}", fields)

    async def delete(self, user: Json) -> None:
        """Delete a user, as an administrator would."""
        await self._control("POST", "/actions/delete-user", {"userId": user["id"]})

    async def remove_license(self, user: Json) -> None:
        """Take the licence of a user away, as an administrator would."""
        order = {"userId": user["id"], "skuId": SKU}
        await self._control("POST", "/actions/remove-license", order)

    async def effects(self, user: Json) -> dict[str, int]:
        """Which changes were made to this user, and how often each."""
        made = (await self._counters())["effects"]
        return {
            name: by_user[user["id"]] for name, by_user in made.items() if user["id"] in by_user
        }

    async def attempts(self, user: Json) -> int:
        """How many requests to change this user have arrived, whatever came of them."""
        arrived = (await self._counters())["effectAttempts"]
        return sum(by_user.get(user["id"], 0) for by_user in arrived.values())

    async def graph_calls(self) -> dict[str, int]:
        """The calls of Graph since the tenant was loaded or the counts were zeroed."""
        calls: dict[str, int] = (await self._counters())["calls"]
        return {name: number for name, number in calls.items() if name != _TOKEN}

    async def graph_requests(self) -> int:
        """How many requests to Graph those were, a batch being one."""
        counters = await self._counters()
        return int(counters["requests"]) - int(counters["calls"].get(_TOKEN, 0))

    async def token_calls(self) -> int:
        """The requests for a token since the tenant was loaded."""
        return int((await self._counters())["calls"].get(_TOKEN, 0))

    async def zero_counts(self) -> None:
        """Count from here on."""
        await self._control("DELETE", "/counters")

    async def fault(self, **order: Any) -> None:
        """Order a fault; its fields are those of the stand-in's `faults`."""
        await self._control("POST", "/faults", order)

    async def faults_made(self) -> int:
        """How many calls the ordered faults have struck."""
        return sum(await self.faults_made_each())

    async def faults_made_each(self) -> list[int]:
        """How many calls each ordered fault has struck, in the order of the orders."""
        faults = cast("list[Json]", await self._control("GET", "/faults"))
        return [fault["made"] for fault in faults]

    async def clear_faults(self) -> None:
        """Let everything work again."""
        await self._control("DELETE", "/faults")

    async def switch(self, **switches: Any) -> None:
        """Choose a behaviour of the stand-in."""
        await self._control("POST", "/switches", switches)

    async def move_clock(self, seconds: float) -> None:
        """Move the clock of the product and of Graph.

        Only while nothing runs: a worker in the middle of its minute would lose its lease.
        """
        clock = self._stage.clock
        clock.set(clock.offset_seconds + seconds)
        await self._control("POST", "/clock", {"advanceSeconds": seconds})

    async def pass_time(self, seconds: float) -> None:
        """Move the clock, then run the sweep as the timer would."""
        await self.move_clock(seconds)
        await self.sweep()

    async def sweep(self) -> None:
        """Run the sweep, and see that it succeeded."""
        await self._run_timer("SweepRestores")

    async def observe(self) -> None:
        """Look at the tenant as the timer would, and see that it succeeded."""
        await self._run_timer("ObserveTenant")

    async def begin_drill(self) -> None:
        """Begin a drill as the timer would, and see that it succeeded."""
        await self._run_timer("BeginDrill")

    async def _run_timer(self, name: str) -> None:
        url = f"{self._stage.host.url}/admin/functions/{name}?wait=true"
        async with self._http.post(url, json={"input": ""}) as answer:
            assert answer.status == 200, f"{name} failed"

    async def _counters(self) -> Json:
        return cast("Json", await self._control("GET", "/counters"))

    async def _control(self, method: str, path: str, body: object = None) -> object:
        url = f"{self._stage.control_url}{path}"
        async with self._http.request(method, url, json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()
