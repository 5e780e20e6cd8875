"""Read the list of losses again and again while a bench measures something else."""

import asyncio

import httpx


class ListReader:
    """Somebody who reads the whole list of deleted users, again and again; `read` counts."""

    def __init__(self, url: str) -> None:
        self._url, self.read = f"{url}/api/losses?top=200", 0
        self._is_wanted = True

    async def go_on(self, *, on: bool) -> None:
        """Read until stopped, if at all."""
        async with httpx.AsyncClient(timeout=60) as http:
            while on and self._is_wanted:
                link: str | None = self._url
                while link is not None:
                    link = (await http.get(link)).raise_for_status().json().get("nextLink")
                self.read += 1

    async def stop(self, reading: asyncio.Task[None]) -> None:
        """Begin no other list, and wait for the end of this one; raises if it was refused."""
        self._is_wanted = False
        await reading
