"""Take storage away at a chosen call, and bring it back when told to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shared.errors import StorageUnavailableError
from tests.fakes.breakable import Breakable
from tests.unit.world.world import World


class Outage:
    """From the nth storage call on all fail; `is_on` once that call came.

    `after`: that one took place, and its answer was lost.
    """

    def __init__(self, world: World, nth: int, *, after: bool) -> None:
        self._left, self._after, self.is_on = nth, after, False
        stores = [getattr(world.storage, name) for name in world.storage.__slots__]
        self._stores: list[Breakable] = stores
        for store in stores:
            self._cut(store)

    def end(self) -> None:
        """Let every call through again."""
        for store in self._stores:
            store.__dict__.pop("_call")

    def _cut(self, store: Breakable) -> None:
        real = store._call

        @asynccontextmanager
        async def call(method: str) -> AsyncIterator[None]:
            self._left -= 1
            if self.is_on or (self._left == 0 and not self._after):
                self.is_on = True
                raise StorageUnavailableError("down")
            async with real(method):
                yield
            if self._left == 0:
                self.is_on = True
                raise StorageUnavailableError("the answer was lost")

        store._call = call  # type: ignore[method-assign]
