"""Kill a worker at a chosen port call, before or after it took effect."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

from tests.fakes.breakable import Breakable
from tests.fakes.directory import FakeDirectory
from tests.unit.world.world import World


class DiedError(BaseException):
    """The process is gone: nothing of it runs any more."""


class Death:
    """Kill whoever makes the nth port call; `is_over` once it happened.

    Everything the dying worker still tries on its way out fails as well.
    """

    def __init__(self, world: World, nth: int, *, after: bool) -> None:
        self._left, self._after, self.is_over = nth, after, False
        self._undo: list[Callable[[], None]] = []
        stores = [getattr(world.storage, name) for name in world.storage.__slots__]
        self._arm([*stores, world.feed], world.directory)

    def revive(self) -> None:
        """Let every call through again."""
        for undo in self._undo:
            undo()

    def _arm(self, breakables: Iterable[Breakable], directory: FakeDirectory) -> None:
        for one in breakables:
            real = one._call
            one._call = self._guarded(real)  # type: ignore[method-assign]
            self._undo.append(lambda one=one: one.__dict__.pop("_call"))  # type: ignore[misc]
        asked = directory.call

        def ask(method: str, about: str, act: Callable[[], Any]) -> Any:
            is_last = self._begin()
            result = asked(method, about, act)
            self._end(is_last=is_last)
            return result

        directory.call = ask  # type: ignore[method-assign]
        self._undo.append(lambda: directory.__dict__.pop("call"))

    def _guarded(self, real: Callable[[str], Any]) -> Any:
        @asynccontextmanager
        async def call(method: str) -> AsyncIterator[None]:
            is_last = self._begin()
            async with real(method):
                yield
            self._end(is_last=is_last)

        return call

    def _begin(self) -> bool:
        if self.is_over:
            raise DiedError
        self._left -= 1
        if self._left == 0 and not self._after:
            self.is_over = True
            raise DiedError
        return self._left == 0

    def _end(self, *, is_last: bool) -> None:
        if is_last:
            self.is_over = True
            raise DiedError
