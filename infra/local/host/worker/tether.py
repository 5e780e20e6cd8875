"""End a worker when its host ends, however the host ends.

On Linux the kernel kills the worker when its host dies (PR_SET_PDEATHSIG, see prctl(2)). Elsewhere,
and if the host was faster than that, the end of standard input tells: its other end is the host's.
"""

import ctypes
import os
import signal
import sys
import threading

_PR_SET_PDEATHSIG = 1


def die_with_host() -> None:
    """Tie this process to the one that has started it; standard input must be a pipe from it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    while os.read(sys.stdin.fileno(), 1):
        continue
    os._exit(1)
