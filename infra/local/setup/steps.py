"""Run all steps of set-up, except those that are done already.

Nothing to do costs a fraction of a second, and says nothing.
"""

import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Callable, NamedTuple

from infra.local.setup import azurite, desk, packages
from infra.local.setup.lock import held
from infra.local.setup.places import (
    AZURITE_LOCK,
    DESK_COPY,
    DESK_LOCK,
    ROOT,
    RUNTIME_LOCK,
    STATE,
    TOOLS_LOCK,
)
from infra.local.setup.reasons import SetupError
from infra.local.setup.stamps import Stamp
from infra.local.talk import Talk

_MEBI = 1024 * 1024
_SIGINT_EXIT = 130


class Step(NamedTuple):
    """One step: its stamp, what it brings, how much, and how."""

    stamp: Stamp
    what: str
    fetches_mb: int
    disk_mb: int
    is_there: Callable[[], bool]
    install: Callable[[Talk, bool], None]

    @property
    def is_done(self) -> bool:
        """Whether it was done for the present lock files, and is still there."""
        return self.stamp.is_valid and self.is_there()


def all_steps() -> "tuple[Step, ...]":
    """List the steps. Sizes are of November 2026, with empty caches, on Linux."""
    return (
        Step(
            Stamp("python", (TOOLS_LOCK, RUNTIME_LOCK)),
            "Python environments",
            155,
            750,
            packages.are_there,
            lambda talk, afresh: packages.install(talk, afresh=afresh),
        ),
        Step(
            Stamp("azurite", (AZURITE_LOCK,)),
            "Azurite, the local storage",
            30,
            190,
            azurite.is_there,
            lambda talk, _: azurite.install(talk),
        ),
        Step(
            Stamp("desk", (DESK_LOCK, DESK_COPY)),
            "libraries of the desk",
            7,
            18,
            desk.are_there,
            lambda talk, _: desk.install(talk),
        ),
    )


def run(
    talk: Talk,
    *,
    steps: Callable[[], Sequence[Step]] = all_steps,
    check: Callable[[], None] = azurite.check_node,
    state: Path = STATE,
) -> int:
    """Do what is not done yet; 0 when all is, 1 with the reason in a sentence, 130 on Ctrl-C.

    `check` raises SetupError when this machine lacks what nothing here can fetch.
    """
    try:
        if all(step.is_done for step in steps()):
            return 0
        check()
        with talk.alive(), held(state / "setup.lock", talk):
            _install(talk, steps())
    except SetupError as fault:
        print(f"setup: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nsetup: interrupted: run it again, it goes on from here", file=sys.stderr)
        return _SIGINT_EXIT
    return 0


def _install(talk: Talk, all_of_them: Sequence[Step]) -> None:
    steps = [step for step in all_of_them if not step.is_done]
    if not steps:
        talk.say("the other set-up has done it all")
        return
    _check_disk(sum(step.disk_mb for step in steps))
    began = time.monotonic()
    for number, step in enumerate(steps, 1):
        size = f"fetches about {step.fetches_mb} MB, takes {step.disk_mb} MB on disk"
        talk.say(f"{number}/{len(steps)} {step.what} ({size})")
        if step.stamp.was_interrupted:
            talk.say("  an earlier set-up was interrupted here: beginning anew")
        afresh = step.stamp.was_interrupted
        step.stamp.begin()
        try:
            step.install(talk, afresh)
        except SetupError:
            step.stamp.give_up()
            raise
        step.stamp.finish()
    disk_mb = sum(step.disk_mb for step in all_of_them)
    talk.say(f"done in {time.monotonic() - began:.0f} s; all of it takes {disk_mb} MB on disk")


def _check_disk(needed_mb: int) -> None:
    free = shutil.disk_usage(ROOT).free // _MEBI
    if free < needed_mb:
        raise SetupError(f"{needed_mb} MB are needed on disk and {free} MB are free: make room.")
