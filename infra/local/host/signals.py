"""Stop a process, and be told to stop: SIGTERM and Ctrl-C, or Ctrl-Break on Windows.

Windows has no SIGTERM; it can tell only a whole group of processes, so who shall be told alone is
given a group of its own. Elsewhere that keeps Ctrl-C on the terminal from those who are stopped in
order by their parent.
"""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable

if sys.platform == "win32":
    STOP: int = signal.CTRL_BREAK_EVENT
    KILL: int = signal.SIGTERM  # which os.kill makes the end of a process there
    STOPPED_BY = (signal.SIGINT, signal.SIGBREAK)
    OWN_GROUP_FLAGS, OWN_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP, None
else:
    STOP: int = signal.SIGTERM
    KILL: int = signal.SIGKILL
    STOPPED_BY = (signal.SIGINT, signal.SIGTERM)
    OWN_GROUP_FLAGS, OWN_GROUP = 0, 0


def call_on_stop(callback: Callable[[], None]) -> None:
    """Call that in the running event loop whenever this process is told to stop."""
    loop = asyncio.get_running_loop()
    for number in STOPPED_BY:
        if sys.platform == "win32":
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(callback))
        else:
            loop.add_signal_handler(number, callback)
