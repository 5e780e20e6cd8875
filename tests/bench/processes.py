"""Read what a process has used so far, from /proc; the benches therefore need Linux."""

import logging
import os
from pathlib import Path


def cpu_seconds(*pids: int) -> float:
    """User and system time of all their threads: of a host and its worker, for instance."""
    ticks = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int, name: str) -> float:
    """A figure of /proc/PID/status in MB: VmRSS is held now, VmHWM the most there ever was."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    line = next(line for line in lines if line.startswith(f"{name}:"))
    return round(int(line.split()[1]) / 1024, 1)


def has_loaded(pid: int, package: str) -> bool:
    """Whether a compiled module of this package is in its memory."""
    mapped = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8")
    return f"/{package}/" in mapped


def end_with_connections() -> None:
    """Let this process end without a word about its connections, as a worker does.

    The product keeps them for as long as its process lives; asyncio takes that for a mistake.
    """
    logging.getLogger("asyncio").disabled = True
