"""Call the service over HTTP: send requests, and follow restores to their end."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from yarl import URL

from tests.e2e.stage.people import Json
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World
from tests.waiting import eventually

FINAL = frozenset({"succeeded", "refused", "failed", "cancelled"})

_LOOK_EVERY_SECONDS = 0.1


@dataclass(frozen=True)
class Reply:
    """One answer of the service."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Caller:
    """Somebody who wants people back."""

    def __init__(self, http: aiohttp.ClientSession, stage: Stage, world: World) -> None:
        self._http, self._stage, self._world = http, stage, world

    def url(self, path: str) -> str:
        """The address of a path under `/api`."""
        return f"{self._stage.host.url}/api{path}"

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, **body: Any
    ) -> Reply:
        """Send one request, to the very address given; `body` is aiohttp's `json=` or `data=`."""
        exact = URL(url, encoded=True)
        async with self._http.request(method, exact, headers=headers, **body) as answer:
            is_json = answer.content_type.endswith(("/json", "+json"))
            content = await (answer.json() if is_json else answer.text())
            return Reply(answer.status, answer.headers, content)

    async def post(self, request: object, *, headers: Mapping[str, str] | None = None) -> Reply:
        """Ask for a restore."""
        return await self.send("POST", self.url("/restores"), headers=headers, json=request)

    async def get(self, restore_id: str) -> Reply:
        """Ask how a restore stands."""
        return await self.send("GET", self.url(f"/restores/{restore_id}"))

    async def start(self, **request: Any) -> str:
        """Ask for a restore that is then accepted; gives its id."""
        reply = await self.post(request)
        assert reply.status in {200, 202}, reply
        return str(reply.body["id"])

    async def follow(self, first: Reply) -> list[Reply]:
        """Every answer until the end, asked for where and when the one before said."""
        replies = [first]
        now = asyncio.get_running_loop().time
        due = now()

        async def is_over() -> bool:
            nonlocal due
            if replies[-1].status == 202 and now() >= due:
                replies.append(await self.send("GET", replies[-1].headers["Location"]))
                due = now() + int(replies[-1].headers.get("Retry-After", 0))
            return replies[-1].status != 202

        due += int(first.headers.get("Retry-After", 0))
        await eventually(is_over)
        return replies

    async def restore(self, **request: Any) -> Json:
        """Ask for a restore and wait for its end."""
        return await self.end_of(await self.start(**request))

    async def end_of(self, restore_id: str) -> Json:
        """The restore once it has ended by itself."""
        return await self._until(restore_id, lambda restore: restore["status"] in FINAL)

    async def parked(self, restore_id: str) -> Json:
        """The restore once it waits or has ended."""
        resting = FINAL | {"waiting"}
        return await self._until(restore_id, lambda restore: restore["status"] in resting)

    async def come_through(self, *restore_ids: str) -> list[Json]:
        """The restores once all have ended; whenever nothing but waiting is left, time passes."""

        async def all_ended() -> list[Json] | None:
            restores = await asyncio.gather(*map(self._restore, restore_ids))
            left = {restore["status"] for restore in restores} - FINAL
            if left == {"waiting"}:
                await self._world.pass_time(_seconds_to_pass(restores, self._stage.clock.now()))
            return None if left else list(restores)

        every = len(restore_ids) * _LOOK_EVERY_SECONDS / 4
        check = _paced(all_ended, max(every, _LOOK_EVERY_SECONDS))
        return await eventually(check) or []

    async def _restore(self, restore_id: str) -> Json:
        reply = await self.get(restore_id)
        assert reply.status in {200, 202}, reply
        restore: Json = reply.body
        return restore

    async def _until(self, restore_id: str, holds: Callable[[Json], bool]) -> Json:
        async def found() -> Json | None:
            restore = await self._restore(restore_id)
            return restore if holds(restore) else None

        check = _paced(found, _LOOK_EVERY_SECONDS)
        return await eventually(check) or {}


def _seconds_to_pass(restores: list[Json], now: datetime) -> float:
    """Until the last of the waits is over and its work message counts as lost."""
    waits = [restore["waiting"]["until"] for restore in restores if restore["waiting"]]
    last = max(datetime.fromisoformat(until) for until in waits)
    return max((last - now).total_seconds(), 0) + 61


def _paced[T](
    check: Callable[[], Awaitable[T]], every_seconds: float
) -> Callable[[], Awaitable[T | None]]:
    """The same check, asked no more often than that: the machine has other work to do."""
    due = 0.0

    async def now_and_then() -> T | None:
        nonlocal due
        now = asyncio.get_running_loop().time()
        if now < due:
            return None
        due = now + every_seconds
        return await check()

    return now_and_then
