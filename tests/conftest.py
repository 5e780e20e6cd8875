"""Define the fixtures that every folder of tests may use."""

import gc
import random
import secrets
import sys
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, settings

from infra.local.landscape import Azurite, start_azurite

# Examples are judged by what comes of them; how fast a busy machine makes them is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# A few places, which take a minute; on a busy machine they are the same, and take longer.
_SHORT_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Chaos:
    """How long the tests of crashes may take, and the chance that chooses their places."""

    seed: int
    random: random.Random
    seconds: float
    is_long: bool

    @property
    def replay(self) -> str:
        """The command that goes through the same places again; only their timing may differ."""
        test = "-m pytest tests/chaos/test_crashes.py"
        minutes = f" --chaos-minutes {self.seconds / 60:g}" if self.is_long else ""
        return f".venv/bin/python {test} --chaos-seed {self.seed}{minutes}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `make chaos`, `make soak`, `make test-package` and `make test-desk`."""
    parser.addoption("--chaos-seed", type=int, help="replay the places that this seed chose")
    parser.addoption("--chaos-minutes", type=float, help="go through every place, for so long")
    parser.addoption("--soak", action="store_true", help="draw as many cases as take an hour")
    parser.addoption(
        "--package", help="the folder of the built package to run in place of the tree"
    )
    parser.addoption("--desk-matrix", action="store_true", help="look at every screen in every way")
    parser.addoption(
        "--without-browser", action="store_true", help="leave out the tests that open the desk"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the garbage collector from thousands of tests: they stay there to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def chaos(request: pytest.FixtureRequest) -> Chaos:
    """Give the seed of this session, and print it: a failure is replayed with it."""
    seed = request.config.getoption("--chaos-seed")
    minutes = request.config.getoption("--chaos-minutes")
    chosen = secrets.randbelow(1_000_000) if seed is None else seed
    sys.stderr.write(f"\nchaos seed: {chosen}\n")
    seconds = _SHORT_SECONDS if minutes is None else minutes * 60
    chance = random.Random(chosen)  # noqa: S311 - a seed is to be replayed, not to be secret
    return Chaos(chosen, chance, seconds, is_long=minutes is not None)


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> bool:
    """Whether to draw many cases, for minutes."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """Give the one storage emulator of this test session; use names of your own in it."""
    with start_azurite() as running:
        yield running
