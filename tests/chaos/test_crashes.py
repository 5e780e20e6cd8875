"""Test that no restore is lost or doubled when hosts die at any port call while Graph fails."""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

import pytest

from tests.chaos.crashes import Crash, Place, count_calls, crash_at
from tests.chaos.kinds import KINDS
from tests.chaos.orders import Death
from tests.chaos.promises import BrokenPromiseError, Promise
from tests.chaos.stage import ChaosStage, Scene, a_scene
from tests.chaos.troubles import some_trouble
from tests.conftest import Chaos
from tests.e2e.stage.secrecy import telling

# What every test run does of it: enough that each way is met, in a quarter of a minute.
_FEW = {"alone": 3, "trouble": 3, "two workers": 2, "two workers, trouble": 3}

_FEW_KINDS = 3

# A long run shares its time between those ways.
_TWO_WORKERS = 0.4


@dataclass
class Tally:
    """What came of one run."""

    crashes: list[Crash] = field(default_factory=list)
    broken: list[BrokenPromiseError] = field(default_factory=list)

    def report(self, chaos: Chaos, seconds: float) -> str:
        """Everything in a few lines, the promises last."""
        died = [crash for crash in self.crashes if crash.call is not None]
        alone = sum(crash.place.death is Death.WORKER for crash in died)
        points = {(crash.place.kind, crash.call, crash.place.after) for crash in died}
        kinds = {crash.place.kind for crash in died}
        struck = sum((crash.struck for crash in self.crashes), Counter[str]())
        faults = ", ".join(f"{name} {number}" for name, number in sorted(struck.items()))
        workers = sum(crash.place.workers > 1 for crash in self.crashes)
        again = sum(
            crash.attempts > sum(KINDS[crash.place.kind].effects.values()) for crash in self.crashes
        )
        broken = Counter(error.promise for error in self.broken)
        return (
            f"chaos seed {chaos.seed}: {len(self.crashes)} restores driven in {seconds:.0f} s,"
            f" {workers} of them by two workers; {len(died)} hosts killed, {alone} of them the"
            f" worker alone, at {len(points)} crash points of {len(kinds)} kinds;"
            f" {struck.total()} faults of Graph ({faults or 'none'});"
            f" {again} changes sent again after a look;"
            f" doubled {broken[Promise.DOUBLED]}, lost {broken[Promise.LOST]},"
            f" false statements {broken[Promise.FALSE]}"
        )


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChaosStage]:
    """Give a landscape whose hosts come back."""
    with ChaosStage(tmp_path_factory.mktemp("one")) as running:
        yield running


async def test_no_crash_loses_or_doubles_anything(
    stage: ChaosStage, chaos: Chaos, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Each place is one call of one kind, alone or beside faults; the seed chooses all of it."""
    tally, began = Tally(), time.monotonic()
    async with a_scene(stage, []) as scene:
        alone, together = await _places(scene, chaos)
        await _go_through(alone, scene, tally, chaos.seconds * (1 - _TWO_WORKERS))
        stage.start_second(tmp_path)
        await _go_through(together, scene, tally, chaos.seconds * _TWO_WORKERS)

    with capsys.disabled():
        sys.stdout.write(f"\n{tally.report(chaos, time.monotonic() - began)}\n")
    assert not tally.broken, f"{tally.broken[0]}\nreplay with: {chaos.replay}"
    plain = [crash for crash in tally.crashes if crash.place.workers == 1]
    missed = [str(crash.place) for crash in plain if crash.call is None]
    # A run may need fewer calls than the one whose calls were counted: it was swept less often, or,
    # where every place is gone to, looked at less often.
    assert len(missed) < len(plain), missed


async def test_hosts_that_were_killed_have_named_nobody(stage: ChaosStage) -> None:
    """No line of any life of a host holds a name, an address, a key or a token."""
    lines = stage.written()

    assert any("Executed 'Functions.AdvanceRestore'" in line for line in lines)
    assert [line for line in lines if telling(line)] == []


async def _go_through(places: list[Place], scene: Scene, tally: Tally, most_seconds: float) -> None:
    """Place after place until the time is over, or until a promise is broken."""
    began = time.monotonic()
    for place in places:
        if tally.broken or (time.monotonic() - began > most_seconds):
            return
        try:
            tally.crashes.append(await crash_at(place, scene))
        except BrokenPromiseError as error:
            tally.broken.append(error)


async def _places(scene: Scene, chaos: Chaos) -> tuple[list[Place], list[Place]]:
    """Every place there is for one worker, and for two, in the seed's order; a few in short."""
    single, double = [], []
    for kind in _kinds(chaos):
        own, every = await count_calls(kind, scene)
        last = every if chaos.is_long else own
        for nth, after in product(range(1, last + 1), (False, True)):
            single += [Place(kind, nth, after, death=death) for death in Death]
            double += [
                Place(kind, nth, after, 2, victim, death=chaos.random.choice([*Death]))
                for victim in (0, 1)
            ]
    alone, together = _mixed(single, chaos.random), _mixed(double, chaos.random)
    if chaos.is_long:
        return alone, together
    few = _FEW
    return (
        _some(alone, few["alone"], few["trouble"]),
        _some(together, few["two workers"], few["two workers, trouble"]),
    )


def _kinds(chaos: Chaos) -> list[str]:
    """All of them; in short a few, one of them an undo."""
    if chaos.is_long:
        return [*KINDS]
    undos = [name for name, kind in KINDS.items() if kind.is_undone]
    others = [name for name in KINDS if name not in undos]
    return [chaos.random.choice(undos), *chaos.random.sample(others, _FEW_KINDS)]


def _mixed(places: list[Place], chance: random.Random) -> list[Place]:
    """In an order of chance, every other one with trouble of Graph's."""
    chance.shuffle(places)
    return [
        _troubled(place, chance) if number % 2 else place for number, place in enumerate(places)
    ]


def _troubled(place: Place, chance: random.Random) -> Place:
    return replace(place, trouble=some_trouble(chance))


def _some(places: list[Place], plain: int, troubled: int) -> list[Place]:
    return [
        *[place for place in places if not place.trouble.faults][:plain],
        *[place for place in places if place.trouble.faults][:troubled],
    ]
