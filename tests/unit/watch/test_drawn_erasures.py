"""Made-up histories with erasures and cleanups in them, through the real use cases; truth known."""

import random
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from shared.audit_trail.erase_person import erase_person
from shared.domain.person import AssignedLicense, Person
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.domain.window import WindowVerdict
from shared.restore.preflight import check
from shared.watch.cleanup import clean_up_observations
from tests.builders import NOW, a_request
from tests.unit.world.watched import DAY, Watched, somebody, unlicensed, watched

ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin", (Role.ADMIN,))
ADA, BEN = somebody(1, created_at=NOW - 300 * DAY), somebody(2, created_at=NOW - 300 * DAY)
# The tenant does not list it, so nobody can tell whether it carries a mailbox.
PERHAPS = replace(ADA, licenses=(AssignedLicense("unlisted"),), plans=())
WINDOW = 30 * DAY
ROUND = 0.9 * DAY
HISTORIES = 6


@dataclass
class Story:
    """One person's history: the tenant as it is told of, and when the licence truly went."""

    rnd: random.Random
    world: Watched = field(default_factory=lambda: watched(BEN))
    has_plan: bool = False
    lost_at: datetime | None = None

    @property
    def lives(self) -> bool:
        """Whether a mailbox that was lost is still there."""
        return self.lost_at is not None and self.lost_at + WINDOW > self.world.clock.now()

    async def passes(self) -> None:
        """Some days pass, with rounds in them, as a rule."""
        days = self.rnd.uniform(2, 20)
        if self.rnd.random() < 0.15:
            self.world.clock.advance(days * DAY)
        else:
            for _ in range(int(days / 0.9)):
                await self.world.look(after=ROUND)
        self.world.clock.advance(self.rnd.uniform(0, 0.09) * DAY)

    def toggle(self) -> None:
        """The licence comes, or goes; it stays so for two days at least."""
        had, self.has_plan = self.has_plan, not self.has_plan
        self.lost_at = self.world.clock.now() if had else None
        shown: Person = self.rnd.choice([ADA, ADA, PERHAPS]) if self.has_plan else unlicensed(ADA)
        self.world.tell(shown)

    async def erase(self) -> None:
        """Somebody has the person erased."""
        await erase_person(ADA.id, ADMIN, self.world.deps)

    async def clean(self) -> None:
        """A cleanup, with the shortest keep time that there is."""
        await clean_up_observations(replace(self.world.deps, keep_seen=WINDOW + DAY))

    async def goes_on(self) -> None:
        """One thing happens, and time passes."""
        what = self.rnd.choice(["toggle", "toggle", "erase", "clean"])
        if what == "toggle":
            self.toggle()
        else:
            await (self.erase() if what == "erase" else self.clean())
            if self.rnd.random() < 0.5:
                self.world.clock.advance(self.rnd.uniform(0, 1) * timedelta(hours=1))
                self.toggle()
        await self.passes()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_nobody_whose_mailbox_lives_is_told_that_it_is_too_late(seed: int) -> None:
    """Whatever was seen, erased and cleaned up before."""
    rnd = random.Random(seed)  # noqa: S311 - a seed replays
    for number in range(HISTORIES):
        story = Story(rnd)
        await story.passes()
        story.toggle()
        await story.passes()
        for _ in range(rnd.randint(1, 6)):
            await story.goes_on()
            found = await check(a_request(user=ADA.id), story.world.deps)
            if story.lives and found.window is not None:
                assert found.window.verdict is not WindowVerdict.CLOSED, (seed, number, story)
