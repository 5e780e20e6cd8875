"""Test the API with generated requests, the same ones every time; see `drive.py`."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.openapi.doors import Doors
from tests.openapi.drive import KEYED, SIGNED_IN, drive

# With those that follow from the description by rule, about 1,700 for each caller.
_EXAMPLES = 4


@pytest.fixture(scope="module")
def doors() -> Iterator[Doors]:
    """Give a landscape of its own: what is let in here would be in the way of other tests."""
    with Doors() as running:
        yield running


async def test_every_door_answers_as_described_and_lives_on(doors: Doors) -> None:
    """Signed in with every role, and with a function key alone; nothing raises, all is well."""
    passes = await asyncio.gather(
        drive(doors.signed_in.url, SIGNED_IN, examples=_EXAMPLES),
        drive(doors.keyed.url, KEYED, examples=_EXAMPLES),
    )

    for it in passes:
        assert it.is_good, it.told
        assert it.examples > 1000
    await doors.come_to_rest()
    assert await doors.are_well()
    assert doors.troubles == []
