"""Print what a command is doing, with a sign of life at least every two seconds.

Read by any Python from 3.9 on.
"""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Callable, TextIO

HEARTBEAT_SECONDS = 2.0


class Talk:
    """Says lines, each with the name of the command before it."""

    def __init__(
        self, name: str, out: TextIO = sys.stdout, every_seconds: float = HEARTBEAT_SECONDS
    ) -> None:
        self._name, self._out, self._every = name, out, every_seconds
        self._lock = threading.Lock()
        self._said_at = self._began_at = time.monotonic()
        self._doing: Callable[[], str] = lambda: "at work"

    def say(self, text: str) -> None:
        """Say a line."""
        with self._lock:
            self._said_at = time.monotonic()
            self._out.write(f"{self._name}: {text}\n")
            self._out.flush()

    def begin(self, doing: Callable[[], str]) -> None:
        """Begin something; `doing` gives the words for it, asked anew at each sign of life."""
        self._doing, self._began_at = doing, time.monotonic()

    def start(self, what: str) -> None:
        """Say that something begins, and go on saying so while it lasts."""
        self.say(what)
        self.begin(lambda: what)

    @contextmanager
    def alive(self) -> Iterator[None]:
        """Say, whenever nothing else was said for a while, what is under way, and how long."""
        over = threading.Event()
        beating = threading.Thread(target=self._beat, args=(over,), daemon=True)
        beating.start()
        try:
            yield
        finally:
            over.set()
            beating.join()

    def _beat(self, over: threading.Event) -> None:
        while not over.wait(max(self._said_at + self._every - time.monotonic(), 0)):
            if time.monotonic() - self._said_at >= self._every:
                self.say(f"  {time.monotonic() - self._began_at:3.0f} s  {self._doing()}")
