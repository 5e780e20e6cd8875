"""Run code before or after any call that a worker makes to a port.

A tap knows nothing of the ports behind it, so the same one serves fakes and real adapters.
"""

import dataclasses
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Protocol


class Hook(Protocol):
    """Told of a call, and whether it has taken place already; what it raises ends the worker."""

    async def __call__(self, call: "Call", *, is_done: bool) -> None:
        """Something may happen now."""
        ...


# Ports that are asked for a value and touch nothing outside.
_QUIET = frozenset({"clock", "names"})


@dataclasses.dataclass(frozen=True, slots=True)
class Call:
    """One call of a port method."""

    port: str
    method: str
    arguments: tuple[Any, ...]

    @property
    def name(self) -> str:
        """The call in a word, for a history."""
        return f"{self.port}.{self.method}"


class _Tapped:
    """A port whose every call is told to the hook, before and after it took place."""

    def __init__(self, port: Any, name: str, hook: Hook) -> None:
        self._port, self._name, self._hook = port, name, hook

    def __getattr__(self, method: str) -> Any:
        real = getattr(self._port, method)
        if inspect.isasyncgenfunction(real):
            return self._iterating(method, real)
        return self._calling(method, real) if inspect.iscoroutinefunction(real) else real

    def _calling(self, method: str, real: Any) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any, **kwargs: Any) -> Any:
            this = Call(self._name, method, args)
            await self._hook(this, is_done=False)
            result = await real(*args, **kwargs)
            await self._hook(this, is_done=True)
            return result

        return call

    def _iterating(self, method: str, real: Any) -> Callable[..., AsyncIterator[Any]]:
        async def iterate(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
            this = Call(self._name, method, args)
            await self._hook(this, is_done=False)
            async for item in real(*args, **kwargs):
                yield item
            await self._hook(this, is_done=True)

        return iterate


def tapped[D](deps: D, hook: Hook) -> D:
    """The same dependencies, with every port that touches the outside behind the hook."""
    return _behind(deps, "", _QUIET, hook)


def _behind[D](ports: D, above: str, quiet: frozenset[str], hook: Hook) -> D:
    """These ports behind the hook, and those that some of them are put together of."""
    tapped_ports: dict[str, Any] = {}
    for item in dataclasses.fields(ports):  # type: ignore[arg-type]
        value, name = getattr(ports, item.name), f"{above}{item.name}"
        if item.name in quiet:
            continue
        if _is_port(value):
            tapped_ports[item.name] = _Tapped(value, name, hook)
        elif dataclasses.is_dataclass(value) and _has_ports(value):
            tapped_ports[item.name] = _behind(value, f"{name}.", frozenset(), hook)
    return dataclasses.replace(ports, **tapped_ports)  # type: ignore[type-var]


def _has_ports(value: Any) -> bool:
    return any(_is_port(getattr(value, item.name)) for item in dataclasses.fields(value))


def _is_port(value: object) -> bool:
    methods = inspect.getmembers(type(value), inspect.isfunction)
    return any(
        inspect.iscoroutinefunction(method) or inspect.isasyncgenfunction(method)
        for name, method in methods
        if not name.startswith("_")
    )
