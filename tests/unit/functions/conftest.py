"""Define fixtures for the triggers: the app's root over a tenant in memory."""

from collections.abc import Iterator

import pytest

from tests.builders import a_deleted_person
from tests.unit.functions.doors import opened
from tests.unit.world.world import World


@pytest.fixture
def rooted() -> Iterator[World]:
    """Give a world with one deleted user, for as long as the test runs the service's root."""
    made = World()
    made.put(a_deleted_person())
    with opened(made):
        yield made
