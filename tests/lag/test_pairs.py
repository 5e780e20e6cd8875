"""Two requests for one user never change it twice, however reads lag and replicas disagree."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.lag.pairs import a_pair, play, what_is_wrong
from tests.table.on_wire import Wire, a_standin

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    """Give the address of one stand-in for all pairs; each pair loads a tenant of its own."""
    with a_standin() as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def wire(standin: str) -> AsyncIterator[Wire]:
    """Give the real Graph client."""
    opened = Wire(standin)
    yield opened
    await opened.close()


async def test_no_pair_changes_a_user_twice(wire: Wire, soak: bool) -> None:  # noqa: FBT001 - a fixture
    """The same key, others or none; kinds, doors, licences and spacing as chance has it."""
    wrong = {}
    for seed in range(1000 if soak else 50):
        ended = await play(a_pair(seed), wire)
        found = what_is_wrong(ended)
        if found:
            wrong[seed] = (found, ended)

    assert wrong == {}
