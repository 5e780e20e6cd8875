"""Let somebody else act in the middle of a run, at a chosen call of a chosen port."""

from collections.abc import Awaitable, Callable

from tests.unit.world.world import World

# Every call a worker makes between the claim and the end of a restore of a deleted user.
PORTS = [
    *(("directory", method) for method in ("active", "deleted", "skus", "conflicts")),
    *(("directory", method) for method in ("roles_held", "restore_user", "mailbox")),
    *(("ledger", method) for method in ("read", "write")),
    *(("locks", method) for method in ("take", "release")),
    ("outbox", "publish_result"),
    ("unfinished", "forget"),
]


class Interrupt:
    """Do something once, before or after the nth call of one port method took place."""

    def __init__(
        self, world: World, port: tuple[str, str], nth: int, *, after: bool = False
    ) -> None:
        name, self._method = port
        self._target = world.directory if name == "directory" else getattr(world.storage, name)
        self._real = getattr(self._target, self._method)
        self._left, self._after = nth, after

    def arm(self, act: Callable[[], Awaitable[object]]) -> None:
        """From now on, count the calls; what `act` does is not counted."""
        self._act = act
        setattr(self._target, self._method, self._call)

    def disarm(self) -> None:
        """Let the calls through again."""
        setattr(self._target, self._method, self._real)

    async def _call(self, *args: object, **kwargs: object) -> object:
        self._left -= 1
        if self._left != 0:
            return await self._real(*args, **kwargs)
        self.disarm()
        if not self._after:
            await self._act()
            return await self._real(*args, **kwargs)
        result = await self._real(*args, **kwargs)
        await self._act()
        return result
