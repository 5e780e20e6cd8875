"""Fixtures that every folder of tests may use."""

from collections.abc import Iterator

import pytest

from infra.local.landscape import Azurite, start_azurite


@pytest.fixture(scope="session")
def azurite() -> Iterator[Azurite]:
    """Give the one storage emulator of this test session; use names of your own in it."""
    with start_azurite() as running:
        yield running
