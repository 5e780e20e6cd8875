"""Being told to stop: SIGTERM and Ctrl-C, and Ctrl-Break on Windows, which has no SIGTERM."""

import asyncio
import signal
import sys
from collections.abc import Callable


def call_on_stop(callback: Callable[[], None]) -> None:
    """Call that in the running event loop whenever this process is told to stop."""
    loop = asyncio.get_running_loop()
    if sys.platform == "win32":
        for number in (signal.SIGINT, signal.SIGBREAK):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(callback))
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, callback)
