"""A tenant with an account for drills, and the drill seen to its end."""

from contextlib import suppress
from typing import Any

from shared.domain.permissions import PERMISSIONS, Feature, needed_for
from shared.domain.person import Person
from shared.domain.records.record import Record
from shared.domain.snapshot import Policy
from shared.drill.start import start_drill
from tests.builders import USER_ID, a_person
from tests.unit.world.crashing import DiedError
from tests.unit.world.world import World

NEEDED = frozenset(
    name for feature in (*PERMISSIONS, Feature.DRILL) for name in needed_for(feature)
)


class Drilled(World):
    """A world with drills on, and their account in it."""

    def __init__(self, person: Person | None = None, **policy: Any) -> None:
        super().__init__(policy=Policy(**({"drill_user": USER_ID} | policy)))
        self.grants.permissions = NEEDED
        self.put(person or a_person())

    async def begin(self) -> Record:
        """The drill, as the timer begins it."""
        record = await start_drill(USER_ID, self.deps)
        assert record is not None
        return record

    async def drill(self) -> Record:
        """The drill, seen to its end."""
        return await self.finish((await self.begin()).id)

    def changes(self) -> list[str]:
        """Every change that was sent, in order."""
        sent = ("delete_user", "restore_user", "assign_licenses", "remove_licenses")
        return [call.split()[0] for call in self.directory.calls if call.startswith(sent)]


async def until_it_dies(world: Drilled, restore_id: str) -> None:
    """Run it until it ends, or the worker is killed."""
    with suppress(DiedError):
        await world.finish(restore_id)


def admin(world: Drilled) -> None:
    """An administrator."""
    world.directory.roles[USER_ID] = ("User Administrator",)
