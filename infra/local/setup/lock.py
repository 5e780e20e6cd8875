"""Allow one set-up at a time in a checkout; a second one waits and says for whom.

The operating system holds the lock and lets it go when its holder ends, however that happens.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from infra.local.talk import Talk

_POLL_SECONDS = 0.2

if sys.platform == "win32":
    import msvcrt

    def _is_taken(file: IO[str]) -> bool:
        """Try to lock the first byte, which holds no text."""
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return True
        return False

else:
    import fcntl

    def _is_taken(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        return False


@contextmanager
def held(path: Path, talk: Talk) -> Iterator[None]:
    """Hold the lock of this file for as long as the block lasts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    holder = path.with_suffix(".pid")
    with path.open("a+", encoding="ascii") as file:
        if _is_taken(file):
            _wait(file, holder, talk)
        holder.write_text(str(os.getpid()), encoding="ascii")
        try:
            yield
        finally:
            holder.unlink()


def _wait(file: IO[str], holder: Path, talk: Talk) -> None:
    who = holder.read_text(encoding="ascii") if holder.exists() else "unknown"
    talk.say(f"another set-up is at work in this folder (process {who}): waiting for its end")
    talk.begin(lambda: "waiting for the other set-up")
    pause = threading.Event()
    while _is_taken(file):
        pause.wait(_POLL_SECONDS)
