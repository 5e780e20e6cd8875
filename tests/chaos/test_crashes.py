"""The host is killed at any call of any port: no restore is lost, and no change is made twice."""

import sys
import time
from collections.abc import Iterator
from itertools import product

import pytest

from tests.chaos.crashes import Crash, Place, calls_of, crash_at
from tests.chaos.kinds import KINDS
from tests.chaos.stage import ChaosStage, Scene, a_scene
from tests.conftest import Chaos

# What every test run does of it: enough that each kind is met, in half a minute.
_FEW = 12


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChaosStage]:
    """Give a landscape whose host comes back."""
    with ChaosStage(tmp_path_factory.mktemp("one")) as running:
        yield running


async def test_no_crash_loses_or_doubles_anything(
    stage: ChaosStage, chaos: Chaos, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each place is one call of one kind; the seed chooses them and their order."""
    began = time.monotonic()
    crashes: list[Crash] = []
    async with a_scene(stage, []) as scene:
        places = await _places(scene, chaos)
        for place in places:
            if crashes and time.monotonic() - began > chaos.seconds:
                break
            crashes.append(await crash_at(place, scene))

    died = [crash for crash in crashes if crash.call is not None]
    with capsys.disabled():
        sys.stdout.write(f"\n{_report(crashes, died, time.monotonic() - began)}\n")
    assert len(died) > len(crashes) * 0.9, [str(c.place) for c in crashes if c.call is None]


async def _places(scene: Scene, chaos: Chaos) -> list[Place]:
    """Every place there is, in the seed's order; a few of them unless it is to take long."""
    places = []
    for kind in KINDS:
        calls = await calls_of(kind, scene)
        nths = range(1, len(calls) + 1)
        places += [Place(kind, nth, after) for nth, after in product(nths, (False, True))]
    chaos.random.shuffle(places)
    return places if chaos.is_long else places[:_FEW]


def _report(crashes: list[Crash], died: list[Crash], seconds: float) -> str:
    calls = {(crash.place.kind, crash.call, crash.place.after) for crash in died}
    repeated = sum(crash.attempts > 1 for crash in died)
    return (
        f"chaos: {len(crashes)} restores, {len(died)} hosts killed at {len(calls)} different"
        f" places, {repeated} changes sent again after a look, 0 doubled, 0 lost,"
        f" {seconds:.0f} s"
    )
