"""Run the host under a profiler: `python -m tests.bench.profiled FILE --app DIR --port N`.

Writes the profile of the whole life of the worker's main thread, where the product runs, to FILE
when the host has been shut down with grace.
"""

import cProfile
import sys
from collections.abc import Sequence

from infra.local.host import is_worker
from infra.local.host import main as run_host


def main(arguments: Sequence[str]) -> int:
    """Run the host with the arguments after the first one, which names the file."""
    file, *others = arguments
    if not is_worker():
        return run_host(others)
    profile = cProfile.Profile()
    try:
        return profile.runcall(run_host, others)
    finally:
        profile.dump_stats(file)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
