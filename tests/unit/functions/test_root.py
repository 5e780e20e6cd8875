"""What a worker is handed by the root that puts the real ports together."""

from datetime import timedelta

from shared.bootstrap import Intake, Root
from shared.errors import Quota
from shared.settings.all_settings import read_settings
from tests.unit.functions.doors import ENTRA
from tests.unit.world.world import World


class HalfRoot(Root):
    """The service's own root over storage in memory; nothing is sent to Graph."""

    def __init__(self, world: World) -> None:
        super().__init__(world.clock)
        self.world = world

    async def intake(self) -> Intake:
        """The storage half."""
        return Intake(self.world.deps, read_settings(ENTRA), self.world.clock.now())


async def test_a_worker_remembers_the_warnings_of_others() -> None:
    """Twenty restores a second do not ask storage twice each whether Graph made somebody wait."""
    world = World()
    until = world.clock.now() + timedelta(hours=1)
    throttles = (await HalfRoot(world).deps()).throttles

    before = dict(await throttles.read())
    await world.storage.throttles.note(Quota.REQUESTS, until)
    at_once = dict(await throttles.read())
    world.clock.advance(timedelta(seconds=1))

    assert before == at_once == {}
    assert await throttles.read() == {Quota.REQUESTS: until}
