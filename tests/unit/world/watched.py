"""Watch a tenant in memory: its people, its change feed, and runs of the timer."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared.domain.observations.observation import Observation
from shared.domain.person import Person
from shared.upkeep.observe import observe
from shared.watch.round_lease import RunCounts
from tests.builders import a_person
from tests.fakes.changes import a_row
from tests.unit.world.world import World

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def somebody(number: int, **fields: object) -> Person:
    """Return the user with this number, active and licensed unless said otherwise."""
    user_id = f"{number:08d}-0000-4000-8000-000000000000"
    upn = f"user{number}@contoso.com"
    return a_person(id=user_id, user_principal_name=upn, mail=upn, **fields)


def unlicensed(person: Person) -> Person:
    """Return the same user without any licence."""
    return replace(person, licenses=(), license_states=(), plans=())


def the_data(event: dict[str, object]) -> dict[str, Any]:
    """Return the data of an event."""
    assert isinstance(event["data"], dict)
    return event["data"]


class Watched(World):
    """A world whose changes the feed tells of, hour by hour."""

    def tell(self, *people: Person) -> None:
        """Change these people; one page of the next round says so."""
        self.put(*people)
        self.feed.add_round(tuple(a_row(person) for person in people))

    async def look(self, *, after: timedelta = HOUR) -> RunCounts | None:
        """Run once, after some time."""
        self.clock.advance(after)
        return await observe(self.deps)

    def seen(self, person: Person) -> Observation:
        """What is remembered of somebody."""
        return self.storage.observations.kept[person.id]

    def alerts(self, kind: str = "") -> list[dict[str, object]]:
        """The alerts sent, of one kind or all."""
        wanted = f"restore.{kind}"
        return [
            dict(one) for one in self.storage.outbox.alerts if str(one["type"]).startswith(wanted)
        ]


def watched(*people: Person) -> Watched:
    """Return a tenant whose first round shows these people."""
    world = Watched()
    world.tell(*people)
    return world
