"""Measure what the service costs, and print it as a table: `make bench`, some minutes.

Runs the benches of this folder one after the other, each in a process of its own. Seconds are the
processor's, so that other work on the machine disturbs little. `--small` takes a tenth of the
users, to see that it works.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.run import figures_of

_MANIFEST = Path(__file__).resolve().parents[2] / ".local" / "package" / "manifest.json"

# Of the stand-in for Graph: more than one host can use up.
_NO_QUOTA = 1_000_000

type Line = tuple[str, str, str]


def lines(*, small: bool) -> Iterator[Line]:
    """What is measured, the figure and the goal, each as soon as it is known."""
    index = figures_of("index_cost")
    yield "listing the functions, CPU over hello-world", f"{index['times_hello']} x", "1.6 x"
    yield (
        "  CPU, and hello-world's",
        f"{index['cpu_seconds']} s, {index['hello_cpu_seconds']} s",
        "",
    )
    yield from _package()
    one = figures_of("one_restore")
    yield (
        "storage requests of a restore alone, once it is taken in",
        str(one["advance_requests"]),
        "9",
    )
    yield "  of one in a backlog", str(one["backlog_requests"]), "9"
    yield "  to take it in", str(one["accept_requests"]), ""
    yield "Graph requests of a restore of a deleted user", str(one["graph_requests"]), "10"
    yield "from accepted to succeeded, one at a time", f"{one['seconds']} s", "0.2 s"
    yield "  CPU", f"{one['cpu_seconds'] * 1000:.0f} ms", ""
    yield from _backlog(100 if small else 400)
    users = 10_000 if small else 100_000
    listed = figures_of("lists.losses", "--users", str(users), "--again")
    yield f"{users:,} losses listed, CPU", f"{listed['again_cpu_seconds']} s", "6 s for 100,000"
    yield "  filed and listed, the first time", f"{listed['cpu_seconds']} s", "6 s for 100,000"
    seen = figures_of("observe_run", "--users", str(users), "--first-only")
    yield (
        f"{users:,} users observed, first round, CPU",
        f"{seen['cpu_seconds']} s",
        "20 s for 100,000",
    )


def _backlog(restores: int) -> Iterator[Line]:
    """Of the package if it is built, which is what Azure runs; two drains, for what a start costs.

    Without the tenant's quota, so that no time is spent on waiting for it.
    """
    what = ("--package", str(_MANIFEST.parent / "app")) if _MANIFEST.is_file() else ()
    first, drained = (
        figures_of("drain", "--restores", str(number), "--writes-per-150s", str(_NO_QUOTA), *what)
        for number in (1, restores)
    )
    further = (drained["host_cpu_seconds"] - first["host_cpu_seconds"]) / (restores - 1) * 1000
    yield "CPU of a start and the first restore", f"{first['host_cpu_seconds']} s", ""
    yield f"CPU of each further restore, backlog of {restores}", f"{further:.1f} ms", "16 ms"
    yield (
        f"the worker's memory at its highest, {'the package' if what else 'the tree'}",
        f"{drained['worker_peak_mb']} MB",
        "90 MB",
    )


def _package() -> Iterator[Line]:
    if not _MANIFEST.is_file():
        yield "package", "not built: make package", "40 MiB, zip 14 MiB"
        return
    manifest: dict[str, Any] = json.loads(_MANIFEST.read_text(encoding="utf-8"))
    sizes = f"{manifest['unpackedMiB']} MiB, zip {manifest['zipMiB']} MiB"
    yield "package as it was last built", sizes, "40 MiB, zip 14 MiB"


def main() -> int:
    """Measure, and print each line when it is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    sys.stdout.write("| figure | measured | goal |\n|---|---|---|\n")
    for what, figure, goal in lines(small=small):
        sys.stdout.write(f"| {what} | {figure} | {goal} |\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
