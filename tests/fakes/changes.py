"""Imitate the change feed and the deleted items over the tenant in memory."""

from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime

from shared.domain.observations.extend import names_of
from shared.domain.person import Person
from shared.domain.watch.delta_changes import ChangedUser, DeltaChange, RemovedUser
from shared.ports.watch import DeltaPage
from tests.fakes.breakable import Breakable
from tests.fakes.directory import FakeDirectory


def a_row(person: Person, *, with_states: bool = True) -> DeltaChange:
    """The row of the feed for a user as it is."""
    if person.is_deleted:
        return RemovedUser(person.id, is_purged=False)
    states = person.license_states if with_states else None
    names, created_at = names_of(person), person.created_at
    return ChangedUser(person.id, person.licenses, person.plans, states, names, created_at)


async def _nothing(_: str | None) -> None:
    return


class FakeFeed(Breakable):
    """The ports Changes and DeletedSince.

    A link is "<round>/<page>". `rounds` holds the pages of each; a round without pages has one
    empty page. `before_page` is awaited with the link before a page is answered. A link of a round
    in `expired` is answered with None. Those in `lagging` are listed as deleted, and are not.
    """

    def __init__(self, directory: FakeDirectory) -> None:
        super().__init__()
        self.directory = directory
        self.rounds: list[list[tuple[DeltaChange, ...]]] = []
        self.asked: deque[str | None] = deque()
        self.expired: set[str] = set()
        self.lagging: list[Person] = []
        self.before_page: Callable[[str | None], Awaitable[None]] = _nothing

    def add_round(self, *pages: tuple[DeltaChange, ...]) -> None:
        """One more round, which the link of the one before leads to."""
        self.rounds.append(list(pages))

    async def page(self, link: str | None) -> DeltaPage | None:
        """The page behind the link; None if the link has expired."""
        async with self._call("page"):
            self.asked.append(link)
            await self.before_page(link)
            if link is not None and link in self.expired:
                return None
            number, at = (0, 0) if link is None else map(int, link.split("/"))
            pages = self.rounds[number] if number < len(self.rounds) else []
            rows = pages[at] if at < len(pages) else ()
            if at + 1 < len(pages):
                return DeltaPage(rows, f"{number}/{at + 1}", is_last=False)
            following = f"{number + 1}/0" if number < len(self.rounds) else f"{number}/0"
            return DeltaPage(rows, following, is_last=True)

    async def deleted_between(self, since: datetime, until: datetime) -> AsyncIterator[Person]:
        """Those deleted from `since` on and before `until`."""
        async with self._call("deleted_between"):
            found = [
                person
                for person in (*self.directory.everyone(), *self.lagging)
                if person.deleted_at is not None and since <= person.deleted_at < until
            ]
        for person in found:
            yield person
