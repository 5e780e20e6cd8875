"""Let every fake count its calls, and fail when told to."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Breakable:
    """A fake whose calls can be made to fail; `calls` counts them by method."""

    def __init__(self) -> None:
        self.calls: dict[str, int] = defaultdict(int)
        self._failures: dict[str, deque[tuple[Exception, bool]]] = defaultdict(deque)

    def fail_next(self, method: str, error: Exception, *, after_effect: bool = False) -> None:
        """Make the next call of this method raise; said twice, the next two.

        Before its effect, or after it, as when the answer is lost.

        Raises:
            AttributeError: the port has no such method.
        """
        getattr(self, method)
        self._failures[method].append((error, after_effect))

    def clear_faults(self) -> None:
        """Let everything work again."""
        self._failures.clear()

    @asynccontextmanager
    async def _call(self, method: str) -> AsyncIterator[None]:
        # A round trip lets others run; a fake that never did would hide every race.
        await asyncio.sleep(0)
        self.calls[method] += 1
        waiting = self._failures[method]
        error, after_effect = waiting.popleft() if waiting else (None, False)
        if error and not after_effect:
            raise error
        yield
        if error:
            raise error
