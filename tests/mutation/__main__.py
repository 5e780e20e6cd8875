"""Change what decides, one small thing at a time, and see whether a test notices: `make mutate`.

Patterns of names on the command line (`shared.domain.window.*`) choose among the changes, and
`--again` forgets what came of them before. A run may be stopped at any time, and the
next one goes on from there: it tries what was not tried yet, and what no test noticed.
"""

import os
import sys
from collections.abc import Sequence

import pytest

from tests.mutation.changes import Changes, in_copy, make_changes, selected_tests
from tests.mutation.trying import Trying

_AGAIN = "--again"


def main(arguments: Sequence[str]) -> int:
    """Try what is to be tried, and list what no test notices; 1 if nothing could be tried."""
    processes = os.process_cpu_count() or 1
    _say("making the changes")
    changes = make_changes(processes)
    chosen = changes.named([one for one in arguments if one != _AGAIN])
    if not chosen:
        _say(f"no change has a name like {' or '.join(arguments)}")
        return 1
    if _AGAIN in arguments:
        changes.forget(chosen)
    to_try = _not_noticed(changes, chosen)
    _say(
        f"{len(chosen)} changes, of which {len(to_try)} are to be tried, {processes} at a time; "
        "stop it when you like, the next run goes on from there"
    )
    problem = _try(changes, to_try, processes) if to_try else ""
    if problem:
        _say(problem)
        return 1
    _tell(changes, chosen)
    return 0


def _not_noticed(changes: Changes, names: Sequence[str]) -> list[str]:
    untried = [name for name in names if changes.result(name) is None]
    return [*untried, *changes.unnoticed(names)]


def _try(changes: Changes, names: Sequence[str], processes: int) -> str:
    trying = Trying(changes, names, processes, _say)
    # The same options as mutmut's own runs; what pytest would say of a run without tests is noise.
    quiet = ["--rootdir=.", "-qq", "--no-summary", "-p", "no:cacheprovider", "--capture=no"]
    with in_copy():
        code = pytest.main([*quiet, *selected_tests()], plugins=[trying])
    if code == pytest.ExitCode.INTERRUPTED:
        return "stopped; the next run goes on from here"
    if code not in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
        return "the tests could not be collected"
    return trying.problem


def _tell(changes: Changes, names: Sequence[str]) -> None:
    unnoticed = changes.unnoticed(names)
    untried = sum(changes.result(name) is None for name in names)
    noticed = len(names) - untried - len(unnoticed)
    _say(f"{noticed} noticed by a test, {len(unnoticed)} not, {untried} not tried")
    for name in unnoticed:
        sys.stdout.write(f"  {name}\n")
    if unnoticed:
        _say("one of them: .venv/bin/mutmut show NAME; why some stay: tests/MUTATION.md")


def _say(line: str) -> None:
    sys.stdout.write(f"mutate: {line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
