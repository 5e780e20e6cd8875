"""Imitate the storage of the watch in memory; it passes the same suite as Azure Tables."""

from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime

from shared.domain.observations.observation import Observation
from shared.errors import LeaseLostError
from shared.ports.watch import DeltaRound, ObservationWrite, StoredDeltaRound, StoredObservation
from tests.fakes.breakable import Breakable


class InMemoryObservations(Breakable):
    """The ports Observations and ObservationStore; `kept` by user id."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Observation] = {}
        self.writes: Counter[str] = Counter()

    async def last(self, user_id: str) -> Observation | None:
        """The last observation of this user."""
        async with self._call("last"):
            return self.kept.get(user_id)

    async def note(self, observation: Observation) -> None:
        """Keep this observation in place of an earlier one."""
        async with self._call("note"):
            self._put(observation)

    async def many(self, user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        """What is remembered of these users."""
        async with self._call("many"):
            return {
                user_id: StoredObservation(self.kept[user_id], self._etag(user_id))
                for user_id in user_ids
                if user_id in self.kept
            }

    async def keep(self, writes: Sequence[ObservationWrite]) -> bool:
        """Write those that are as presumed; False if one was not."""
        async with self._call("keep"):
            presumed = [self._is_as_presumed(write) for write in writes]
            for write, is_presumed in zip(writes, presumed, strict=True):
                if is_presumed:
                    self._put(write.observation)
            return all(presumed)

    async def remove(self, kept: StoredObservation) -> None:
        """Forget the user, if nothing was written since; changed or absent is fine."""
        async with self._call("remove"):
            if self._is_as_presumed(ObservationWrite(kept.observation, kept)):
                del self.kept[kept.observation.user_id]

    def _is_as_presumed(self, write: ObservationWrite) -> bool:
        user_id = write.observation.user_id
        if write.before is None:
            return user_id not in self.kept
        return user_id in self.kept and write.before.etag == self._etag(user_id)

    def _put(self, observation: Observation) -> None:
        self.writes[observation.user_id] += 1
        self.kept[observation.user_id] = observation

    def _etag(self, user_id: str) -> str:
        return f"etag-{self.writes[user_id]}"


class InMemoryDateIndex(Breakable):
    """The DateIndex port; `rows` of (name, instant)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: set[tuple[str, datetime]] = set()

    async def note(self, name: str, at: datetime) -> None:
        """File the name under the instant."""
        async with self._call("note"):
            self.rows.add((name, at))

    async def note_all(self, names: Iterable[tuple[str, datetime]]) -> None:
        """File each name under its instant."""
        async with self._call("note_all"):
            self.rows.update(names)

    async def holds(self, name: str, at: datetime) -> bool:
        """Whether it is filed under just this instant."""
        async with self._call("holds"):
            return (name, at) in self.rows

    async def between(
        self, since: datetime, until: datetime
    ) -> AsyncIterator[tuple[str, datetime]]:
        """The names from `since` on and before `until`."""
        async with self._call("between"):
            rows = [row for row in self.rows if since <= row[1] < until]
        for row in sorted(rows, key=lambda row: (row[1], row[0])):
            yield row

    async def forget(self, name: str, at: datetime) -> None:
        """Take it out; absent is fine."""
        async with self._call("forget"):
            self.rows.discard((name, at))


class InMemoryNames(Breakable):
    """The port NameIndex; `rows` of (name in lower case, user id)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: set[tuple[str, str]] = set()

    async def note(self, user_id: str, names: Iterable[str]) -> None:
        """File the person under each of these names."""
        async with self._call("note"):
            self.rows |= {(name.lower(), user_id) for name in names}

    async def find(self, name: str) -> tuple[str, ...]:
        """The object ids of all who were called so."""
        async with self._call("find"):
            return tuple(sorted(user_id for one, user_id in self.rows if one == name.lower()))

    async def forget(self, user_id: str, names: Iterable[str]) -> None:
        """Take the person out from under these names."""
        async with self._call("forget"):
            self.rows -= {(name.lower(), user_id) for name in names}


class InMemoryDeltaRounds(Breakable):
    """The DeltaRounds port; `stored` is what was written last."""

    def __init__(self) -> None:
        super().__init__()
        self.stored = StoredDeltaRound(DeltaRound(), None)
        self._writes = 0

    async def read(self) -> StoredDeltaRound:
        """The round; a fresh one if there is none yet."""
        async with self._call("read"):
            return self.stored

    async def write(self, stored: StoredDeltaRound, changed: DeltaRound) -> StoredDeltaRound:
        """Replace the round if it is still the one in `stored`."""
        async with self._call("write"):
            if stored.etag != self.stored.etag:
                raise LeaseLostError("another run goes on with the round")
            self._writes += 1
            self.stored = StoredDeltaRound(changed, f"etag-{self._writes}")
            return self.stored
