"""`functionTimeout`: a run that is too long costs the whole process, as it costs the worker.

The Python worker never sees a cancel: on a time-out the host kills it, and with it every run
that was under way (Source: azure-functions-python-worker, proxy_worker/dispatcher.py). A thread
watches, because a function that blocks the event loop would block a watching task as well.
"""

import logging
import os
import threading
import time
from datetime import timedelta

TIMEOUT_EXIT_CODE = 70
_CHECK_SECONDS = 0.1
_logger = logging.getLogger("host")


class Watchdog:
    """Kills this process when a watched run outlives the limit."""

    def __init__(self, limit: timedelta | None) -> None:
        self._limit = limit
        self._started: dict[str, tuple[str, float]] = {}
        if limit is not None:
            threading.Thread(target=self._watch, args=(limit,), daemon=True).start()

    def begin(self, invocation_id: str, function: str) -> None:
        """Count the time of a run from now."""
        self._started[invocation_id] = (function, time.monotonic())

    def end(self, invocation_id: str) -> None:
        """Forget a run that ended."""
        self._started.pop(invocation_id, None)

    def _watch(self, limit: timedelta) -> None:
        pause = threading.Event()
        while not pause.wait(_CHECK_SECONDS):
            oldest = time.monotonic() - limit.total_seconds()
            for invocation_id, (function, started) in list(self._started.items()):
                if started < oldest:
                    self._kill(invocation_id, function)

    def _kill(self, invocation_id: str, function: str) -> None:
        _logger.critical(
            "Timeout value of %s exceeded by function 'Functions.%s' (Id: '%s'). "
            "Killing the worker process and every run in it.",
            self._limit,
            function,
            invocation_id,
        )
        os._exit(TIMEOUT_EXIT_CODE)
