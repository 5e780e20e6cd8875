"""Run every test, the fast ones first, on every core (`--fast`: only those): `python -m tests`.

Anything else on the command line goes to pytest, and paths or `-k` choose as they do there.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_TIMES = ROOT / ".local" / "test-times.json"
# pytest's own code for "no test was chosen": a part of the run that a choice leaves empty.
_NOTHING_CHOSEN = 5
# Each worker of the tests on real parts has storage, a stand-in and a host beside it.
_MOST_WORKERS = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the run.

    Attributes:
        name: what the part is, for whoever watches.
        paths: what pytest is given, in the order in which the files are begun.
        minutes: how long it takes on two cores, as long as no run of this machine tells better.
        on_a_core: how many processes share a core: more than one where tests mostly wait; 0: one
            process for all.

    """

    name: str
    paths: tuple[str, ...]
    minutes: float
    on_a_core: int = 1


# Long simulations, many examples, clients that are compiled and runs of pytest in a test: not for
# every other minute.
LONG = (
    "tests/unit/connector/test_clients.py",
    "tests/unit/functions/queues/test_any_message.py",
    "tests/unit/restore/waits/test_waits_end.py",
    "tests/unit/test_mutation.py",
    "tests/unit/watch/test_crashes.py",
)
# Figures that are counted, or set against each other: what runs beside them does not change them.
COUNTED = (
    "tests/bench/ledger",
    "tests/bench/test_cold_start.py",
    "tests/bench/test_index_cost.py",
)
FAST = Part("fast tests, in memory", ("tests/unit", "tests/table/test_on_fakes.py"), 1)
# Long files first, so that none is left over at the end; those of a folder one after the other,
# so that each process starts the landscape of a folder once. The figures of tests/security are
# processor time and memory of the test's own process, which what runs beside it does not change.
REAL = Part(
    "tests on real parts: storage, the host, the wire, a browser",
    (
        *("tests/chaos", "tests/openapi", "tests/e2e", "tests/contract"),
        *("tests/desk", "tests/lag", "tests/table", "tests/security", *COUNTED, *LONG),
    ),
    7,
    on_a_core=2,
)
# Alone: the requests of a host are counted, and one that has to wait for its turn looks once more;
# or the memory of a process is, in which nothing else has run.
ALONE = Part("figures that must hold", ("tests/bench",), 1, on_a_core=0)
PARTS = (FAST, REAL, ALONE)


def main(
    arguments: Sequence[str],
    run: Callable[[Sequence[str]], int],
    times: Path,
    every_seconds: float = 60,
) -> int:
    """Run what was asked for; the code is 0 only if a test ran and none failed.

    `run` gives pytest its arguments and returns its code; `times` keeps how long each part took;
    how long is left is said `every_seconds`.
    """
    options = [argument for argument in arguments if argument != "--fast"]
    if any((ROOT / option.partition("::")[0]).exists() for option in options):
        return run(options)
    parts = [FAST] if len(options) < len(arguments) else PARTS
    known, codes = _known(times), []
    for number, part in enumerate(parts):
        left = sum(known.get(later.name, later.minutes * 60) for later in parts[number:])
        _say(f"part {number + 1} of {len(parts)}: {part.name}; {_minutes(left)} to go")
        began = time.monotonic()
        with _time_left(left, every_seconds):
            codes.append(run([*_spread(part), *options, *part.paths, *_not_again(part)]))
        if codes[-1] == 0 and not options:
            known[part.name] = time.monotonic() - began
    times.parent.mkdir(exist_ok=True)
    times.write_text(json.dumps(known), encoding="utf-8")
    return _verdict(codes)


def _pytest(arguments: Sequence[str]) -> int:
    """Run pytest, with byte code that is kept, also where the machine says otherwise.

    Else each process, of the tests and of the hosts they start, compiles all it imports once more.
    """
    told = os.environ.items()  # noqa: TID251 - a child's environment
    env = {name: value for name, value in told if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode  # noqa: S603 - ours


def _spread(part: Part) -> list[str]:
    workers = min((os.process_cpu_count() or 1) * part.on_a_core, _MOST_WORKERS)
    how = ["--dist", "loadfile", "--no-loadscope-reorder"]
    return ["-q", "-n", str(workers), *how] if workers > 1 else ["-q"]


def _not_again(part: Part) -> list[str]:
    """What another part runs."""
    mine = [Path(path) for path in part.paths]
    others = [path for other in PARTS if other is not part for path in other.paths]
    return [f"--ignore={it}" for it in others if any(one in mine for one in Path(it).parents)]


def _known(times: Path) -> dict[str, float]:
    """How many seconds each part took when it last passed on this machine."""
    try:
        return dict(json.loads(times.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


@contextmanager
def _time_left(seconds: float, every_seconds: float) -> Iterator[None]:
    """Say now and then how long is left: pytest counts tests, and one may take as long as hundreds.

    So many seconds are left at the beginning.
    """
    over, began = threading.Event(), time.monotonic()

    def tell() -> None:
        while not over.wait(every_seconds):
            left = seconds - (time.monotonic() - began)
            _say(f"{_minutes(left)} to go" if left > 0 else f"{_minutes(-left)} longer than known")

    teller = threading.Thread(target=tell, daemon=True)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


def _minutes(seconds: float) -> str:
    return f"about {max(1, round(seconds / 60))} min"


def _say(line: str) -> None:
    sys.stdout.write(f"\ntests: {line}\n")
    sys.stdout.flush()


def _verdict(codes: Sequence[int]) -> int:
    """A part may be empty by the choice of tests, but not all of them."""
    if all(code == _NOTHING_CHOSEN for code in codes):
        return _NOTHING_CHOSEN
    return next((code for code in codes if code not in {0, _NOTHING_CHOSEN}), 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:], _pytest, _TIMES))
