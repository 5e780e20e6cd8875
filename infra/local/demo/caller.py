"""Call the running service as a flow or another application would."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus

import aiohttp
from azure.storage.queue.aio import QueueClient

from infra.local.demo.script import Line
from infra.local.landscape import Landscape

# The demo takes about half a minute; what has not ended after two is wrong.
_PATIENCE_SECONDS = 120
_LOOK_AGAIN_SECONDS = 1

type Tell = Callable[[str], None]


class DemoError(Exception):
    """The service answered what it must not; the message says what."""


class Caller:
    """Sends requests and follows their restores; `tell` hears what happens."""

    def __init__(self, session: aiohttp.ClientSession, landscape: Landscape, tell: Tell) -> None:
        self._session, self._tell = session, tell
        self._url = f"{landscape.host.url}/api/restores"
        self._storage = landscape.azurite.connection_string

    async def play(self, line: Line) -> None:
        """Send the request through its door and follow the restore to its end.

        Raises DemoError, or TimeoutError when it does not end.
        """
        if line.door == "queue":
            await self._send(line)
            location = await self._look_up(line)
        else:
            location = await self._post(line)
        await self._follow(line, location)
        self._tell(f"{line.person}: {line.outcome}")

    async def _send(self, line: Line) -> None:
        message = {"version": 1, "requestedBy": "Demo HR system", **line.request}
        async with QueueClient.from_connection_string(self._storage, "restore-requests") as queue:
            await queue.send_message(json.dumps(message))
        line.answers.append("message")

    async def _look_up(self, line: Line) -> str:
        """The address of the restore that the message became: the queue answers nobody."""
        query = {"user": str(line.request["user"])}
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while True:
                async with self._session.get(self._url, params=query) as answer:
                    answer.raise_for_status()
                    found = (await answer.json())["value"]
                if found:
                    return f"{self._url}/{found[0]['id']}"
                await asyncio.sleep(_LOOK_AGAIN_SECONDS)

    async def _post(self, line: Line) -> str:
        async with self._session.post(self._url, json=line.request) as answer:
            line.answers.append(str(answer.status))
            if answer.status not in {HTTPStatus.OK, HTTPStatus.ACCEPTED}:
                text = await answer.text()
                raise DemoError(f"the service answered {answer.status} for {line.person}: {text}")
            line.restore = await answer.json()
            return answer.headers.get("Location", "")

    async def _follow(self, line: Line, location: str) -> None:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while location:
                async with self._session.get(location) as answer:
                    line.answers.append(str(answer.status))
                    line.restore = await answer.json()
                    if answer.status != HTTPStatus.ACCEPTED:
                        return
                    pause = float(answer.headers["Retry-After"])
                await asyncio.sleep(pause)
