"""Limit how many deliveries are under way for each caller and host, so that slow ones block no one.

A host name says little about who is slow: all flows of a region share one. So one caller has two
places, whatever hosts its URLs lead to, and one host has half of all, whoever's flows are there:
a flow that hangs holds up its owner alone, a host that is down leaves room for the others.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# An instance handles 64 messages at a time (host.json). Receivers may hold a quarter of that, so
# that restores always find room.
MOST_AT_ONCE: Final = 16
MOST_OF_A_HOST: Final = MOST_AT_ONCE // 2
MOST_OF_A_CALLER: Final = 2


class Places:
    """Counts what is under way, for everybody, each host and each caller."""

    def __init__(self) -> None:
        self._under_way: Counter[tuple[str, str]] = Counter()

    def has_room(self, host: str, caller: str) -> bool:
        """Whether one more may be sent to this host for this caller.

        Callers by function key are one without a name, and are told apart by their hosts.
        """
        mine = ("caller", caller) if caller else ("nobody at", host)
        return (
            self._under_way["all", ""] < MOST_AT_ONCE
            and self._under_way["host", host] < MOST_OF_A_HOST
            and self._under_way[mine] < MOST_OF_A_CALLER
        )

    @contextmanager
    def taken(self, host: str, caller: str) -> Iterator[None]:
        """Hold a place for as long as this lasts."""
        mine = ("caller", caller) if caller else ("nobody at", host)
        kinds = (("all", ""), ("host", host), mine)
        self._under_way.update(kinds)
        try:
            yield
        finally:
            self._under_way.subtract(kinds)
            # Nothing is kept of who is done.
            self._under_way = +self._under_way
