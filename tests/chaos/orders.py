"""Order a host to die at a chosen port call, through a file that it reads at every call."""

import os
import signal
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from tests.chaos.tap import Call

_ANY = "any"


class Death(StrEnum):
    """What dies: the worker alone, under a host that lives on, or the whole instance."""

    INSTANCE = "instance"
    WORKER = "worker"


_NOTHING = f"0 0 before {_ANY} {Death.INSTANCE}"


@dataclass(frozen=True, slots=True)
class Order:
    """Die at the nth call since this order was given (0: only count them), before it or after.

    Of the calls of one name, such as `outbox.publish_result`, if one is named.
    """

    number: int
    nth: int
    after: bool
    name: str = _ANY
    death: Death = Death.INSTANCE

    def counts(self, call: Call) -> bool:
        """Whether this call is one of those that are counted."""
        return self.name in {_ANY, call.name}


class Orders:
    """The order in force and the trace of the calls made under it; one directory per host."""

    def __init__(self, directory: Path) -> None:
        self._order, self._trace = directory / "order", directory / "trace"

    def give(
        self,
        number: int,
        nth: int,
        *,
        after: bool,
        name: str = _ANY,
        death: Death = Death.INSTANCE,
    ) -> None:
        """Put an order in force, whole, and begin a new trace."""
        self._trace.write_text("", encoding="ascii")
        fresh = self._order.with_suffix(".new")
        when = "after" if after else "before"
        fresh.write_text(f"{number} {nth} {when} {name} {death}", encoding="ascii")
        os.replace(fresh, self._order)  # noqa: PTH105 - Path.replace says less plainly "atomic"

    def read(self) -> Order:
        """The order in force."""
        text = self._order.read_text(encoding="ascii") if self._order.exists() else _NOTHING
        number, nth, when, name, death = text.split()
        return Order(int(number), int(nth), when == "after", name, Death(death))

    def note(self, call: Call) -> None:
        """Add a call to the trace."""
        with self._trace.open("a", encoding="ascii") as trace:
            trace.write(f"{call.name}\n")

    def trace(self) -> list[str]:
        """The calls made under the order in force, in order."""
        return self._trace.read_text(encoding="ascii").split()


class Tripwire:
    """The hook that carries an order out, once; a worker that begins under one is spared it."""

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self._spent = orders.read().number
        self._current, self._count = 0, 0
        self._places: dict[int, int] = {}

    async def __call__(self, call: Call, *, is_done: bool) -> None:
        """Count the call, and die here if this is the place."""
        order = self._orders.read()
        if order.number == self._spent:
            return
        if order.number != self._current:
            self._current, self._count, self._places = order.number, 0, {}
        if not is_done:
            self._orders.note(call)
            if order.counts(call):
                self._count += 1
                self._places[id(call)] = self._count
        if self._places.get(id(call)) == order.nth and is_done == order.after:
            _die(order.death)
        if is_done:
            self._places.pop(id(call), None)


def _die(death: Death) -> None:
    """Die here and now: the hook runs in the worker, whose parent is the host."""
    if death is Death.INSTANCE:
        os.kill(os.getppid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
