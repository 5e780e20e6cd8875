"""Let mutmut make the small changes, and keep what came of each where mutmut shows it.

All of it lies in `mutants`: a copy of the code that has every change in it, of which the copy's
own switch turns on one at a time, and beside each module what came of its changes. A change of a
function that was edited since is a new one.
"""

import contextlib
import io
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from mutmut.__main__ import create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.utils.file_utils import (
    copy_also_copy_files,
    copy_src_dir,
    setup_source_paths,
    walk_mutatable_files,
)

COPY = Path("mutants")

# mutmut's own numbers (`mutmut.stats.status_by_exit_code`): no test failed, and none runs the line.
SURVIVED = 0
NO_TEST = 33


@dataclass(frozen=True)
class Changes:
    """Every change that was made, by name, with the module it is in."""

    by_name: dict[str, SourceFileMutationData]

    def result(self, name: str) -> int | None:
        """What came of it when it was last tried, as mutmut counts; None: it was not tried."""
        return self.by_name[name].exit_code_by_key[name]

    def forget(self, names: Iterable[str]) -> None:
        """Take them for changes that were never tried."""
        for name in names:
            self.by_name[name].exit_code_by_key[name] = None
        for module in set(self.by_name.values()):
            module.save()

    def keep(self, name: str, result: int) -> None:
        """Keep what came of it, for the next run and for mutmut."""
        module = self.by_name[name]
        module.exit_code_by_key[name] = result
        module.save()

    def named(self, patterns: Sequence[str]) -> list[str]:
        """The names that fit one of the patterns; without any, all."""
        if not patterns:
            return list(self.by_name)
        return [name for name in self.by_name if any(fnmatchcase(name, one) for one in patterns)]

    def unnoticed(self, names: Iterable[str]) -> list[str]:
        """Those of the names that were tried, and no test failed."""
        return [name for name in names if self.result(name) in {SURVIVED, NO_TEST}]


def make_changes(processes: int) -> Changes:
    """Make every change of the modules that `[tool.mutmut]` names; afterwards they are importable.

    The code itself is not, from then on: what is imported is the copy.
    """
    set_mutant_under_test("mutant_generation")
    COPY.mkdir(exist_ok=True)
    for path in config().also_copy:
        # A test that was deleted since is to notice nothing.
        shutil.rmtree(COPY / path, ignore_errors=True)
    with contextlib.redirect_stdout(io.StringIO()):
        copy_src_dir()
        copy_also_copy_files()
        create_mutants(processes)
    setup_source_paths()
    return Changes({name: module for module in _modules() for name in module.exit_code_by_key})


def function_of(name: str) -> str:
    """The function that a change is in, as the copy calls it."""
    return name.rpartition("__mutmut_")[0]


def selected_tests() -> list[str]:
    """The tests of `[tool.mutmut]`, as pytest takes them."""
    return list(config().pytest_add_cli_args_test_selection)


@contextlib.contextmanager
def in_copy() -> Iterator[None]:
    """Stand in the copy, as the tests do."""
    here = Path.cwd()
    os.chdir(COPY)
    try:
        yield
    finally:
        os.chdir(here)


def _modules() -> Iterator[SourceFileMutationData]:
    for path in walk_mutatable_files():
        module = SourceFileMutationData(path=path)
        module.load()
        # Absolute: it is written while the tests stand in the copy.
        module.meta_path = module.meta_path.resolve()
        yield module
