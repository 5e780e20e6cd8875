"""Kill whoever runs a chosen piece of code, each time, like a bug that ends the process."""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from tests.fakes.breakable import Breakable
from tests.unit.world.crashing import DiedError
from tests.unit.world.world import World

type Call = tuple[str, str, int]
"""A port, its method, and which call of it in one invocation."""


class Ports:
    """Watches every port of a world: `seen` lists the calls of the invocation under way.

    With a deadly point, the invocation dies before or after that call; from then on every call
    fails as well, so that nothing is tidied up on the way out.
    """

    def __init__(self, world: World) -> None:
        self.seen: list[Call] = []
        self._deadly: tuple[Call, bool] | None = None
        self._is_armed = self._is_dead = False
        self._counts: Counter[tuple[str, str]] = Counter()
        stores = {name: getattr(world.storage, name) for name in world.storage.__slots__}
        for name, store in stores.items():
            self._watch(name, store)
        self._watch_directory(world)

    def kill_at(self, call: Call, *, after: bool) -> None:
        """Die there, in every invocation from now on."""
        self._deadly = (call, after)

    @contextmanager
    def invocation(self, *, deadly: bool = True) -> Iterator[None]:
        """One invocation of a function; one that runs other code does not meet the point."""
        self._counts.clear()
        self.seen.clear()
        self._is_armed, self._is_dead = deadly, False
        try:
            yield
        finally:
            self._is_armed = self._is_dead = False

    def _watch(self, name: str, store: Breakable) -> None:
        real = store._call

        @asynccontextmanager
        async def call(method: str) -> AsyncIterator[None]:
            mine = self._begin(name, method)
            async with real(method):
                yield
            self._end(mine)

        store._call = call  # type: ignore[method-assign]

    def _watch_directory(self, world: World) -> None:
        asked = world.directory.call

        def ask(method: str, about: str, act: Callable[[], Any]) -> Any:
            mine = self._begin("directory", method)
            result = asked(method, about, act)
            self._end(mine)
            return result

        world.directory.call = ask  # type: ignore[method-assign]

    def _begin(self, name: str, method: str) -> Call:
        if self._is_dead:
            raise DiedError
        self._counts[name, method] += 1
        mine = (name, method, self._counts[name, method])
        self.seen.append(mine)
        self._die_if((mine, False))
        return mine

    def _end(self, mine: Call) -> None:
        self._die_if((mine, True))

    def _die_if(self, point: tuple[Call, bool]) -> None:
        if self._is_armed and self._deadly == point:
            self._is_dead = True
            raise DiedError
