"""Ports of the watch: the change feed, the deleted items, and the stored observations.

Every method may raise StorageUnavailableError (storage ports) or a DirectoryError (Graph ports).
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import NO_ROUNDS, RoundLog
from shared.domain.person import Person
from shared.domain.records.progress import Lease
from shared.domain.watch.delta_changes import DeltaChange
from shared.domain.watch.second_look import NO_PLANS_GONE, PlansGone


@dataclass(frozen=True, slots=True)
class DeltaPage:
    """One page of the change feed.

    `link` leads on: to the next page, or (`is_last`) to what will have changed after this round.
    """

    rows: tuple[DeltaChange, ...]
    link: str
    is_last: bool


class Changes(Protocol):
    """The directory's feed of changed users."""

    async def page(self, link: str | None) -> DeltaPage | None:
        """The page behind the link, the first one of all users without; None: begin anew.

        None is answered only to a link: it is too old, or unknown to the directory by now.
        """
        ...


class DeletedSince(Protocol):
    """The soft-deleted users."""

    def deleted_between(self, since: datetime, until: datetime) -> AsyncIterator[Person]:
        """Those deleted from `since` on and before `until`, one page held at a time."""
        ...


@dataclass(frozen=True, slots=True)
class StoredObservation:
    """An observation as it lies in storage; `etag` changes with every write."""

    observation: Observation
    etag: str


@dataclass(frozen=True, slots=True)
class ObservationWrite:
    """An observation to write in place of `before`; None: only if there is none."""

    observation: Observation
    before: StoredObservation | None


class Observations(Protocol):
    """What the service itself saw of users' licences before they were lost."""

    async def last(self, user_id: str) -> Observation | None:
        """The last observation of this user."""
        ...

    async def note(self, observation: Observation) -> None:
        """Keep this observation in place of an earlier one."""
        ...


class ObservationStore(Protocol):
    """The observations of many users at once."""

    async def many(self, user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        """What is remembered of these users; who is not remembered is left out."""
        ...

    async def keep(self, writes: Sequence[ObservationWrite]) -> bool:
        """Write them, each user once; False: one was written by others meanwhile, look again.

        After False, or an error, some may have been written.
        """
        ...

    async def remove(self, kept: StoredObservation) -> None:
        """Forget the user, if nothing was written of them since; changed or absent is fine."""
        ...


class DateIndex(Protocol):
    """Names filed under an instant, found by time; its cost follows the time asked for."""

    async def note(self, name: str, at: datetime) -> None:
        """File the name under the instant; filing it again is fine."""
        ...

    async def note_all(self, names: Iterable[tuple[str, datetime]]) -> None:
        """File each name under its instant. After an error some may be filed."""
        ...

    async def holds(self, name: str, at: datetime) -> bool:
        """Whether it is filed under just this instant. One point read."""
        ...

    def between(self, since: datetime, until: datetime) -> AsyncIterator[tuple[str, datetime]]:
        """The names from `since` on and before `until`; those of one day in any order."""
        ...

    async def forget(self, name: str, at: datetime) -> None:
        """Take it out; absent is fine."""
        ...


class NameIndex(Protocol):
    """Who was called what before: names that no longer lead to their owner in the directory."""

    async def note(self, user_id: str, names: Iterable[str]) -> None:
        """File the person under each of these names, in any case; again is fine."""
        ...

    async def find(self, name: str) -> tuple[str, ...]:
        """The object ids of all who were called so, in any case."""
        ...

    async def forget(self, user_id: str, names: Iterable[str]) -> None:
        """Take the person out from under these names; absent is fine."""
        ...


@dataclass(frozen=True, slots=True)
class DeltaRound:
    """How far the tenant has been looked through.

    `link` goes on with the round that began at `started_at`, or, when none is under way, with what
    has changed since the last one. `log` has the rounds that came to their end.
    """

    link: str | None = None
    started_at: datetime | None = None
    log: RoundLog = NO_ROUNDS
    is_seeded: bool = False
    """Whether those deleted before the first round were taken in."""
    shows_deleted_licenses: bool = False
    """Whether Graph has ever shown a licence on a deleted user of this tenant."""
    bursts_checked_at: datetime | None = None
    bursts_told_until: datetime | None = None
    """Up to which loss a mass deletion was told of."""
    deletions_told_until: datetime | None = None
    removals_told_until: datetime | None = None
    """The same of mass deletions that are one without the other sort of loss."""
    people: int = 0
    """How many people have a plan, as far as is remembered."""
    gone: PlansGone = NO_PLANS_GONE
    """Whose plans seem to have gone in this round."""
    doubted_since: datetime | None = None
    """Since when the reading of many people at once is in doubt; None: it is not."""
    forgot_until: datetime | None = None
    """Up to when somebody may have had a plan of whom nothing is remembered any more."""
    lease: Lease | None = None

    def remembers_since(self, limit: datetime) -> datetime:
        """Since when whoever is not remembered had no plan in any round; `limit` at the earliest.

        `limit`: what is older may have been cleaned up.
        """
        return limit if self.forgot_until is None else max(limit, self.forgot_until)


@dataclass(frozen=True, slots=True)
class StoredDeltaRound:
    """The round as it lies in storage; `etag` changes with every write."""

    round: DeltaRound
    etag: str | None
    """None: it was never written."""


class RoundReader(Protocol):
    """How far the tenant was looked through, for those who only read it."""

    async def read(self) -> StoredDeltaRound:
        """The round, perhaps as it was a moment ago; a fresh one if there is none yet."""
        ...


class DeltaRounds(Protocol):
    """Where the one round of the tenant is kept."""

    async def read(self) -> StoredDeltaRound:
        """The round; a fresh one if there is none yet."""
        ...

    async def write(self, stored: StoredDeltaRound, changed: DeltaRound) -> StoredDeltaRound:
        """Replace the round if it is still the one in `stored`.

        Raises:
            LeaseLostError: another worker wrote it since; nothing was written.
        """
        ...


@dataclass(frozen=True, slots=True)
class Watch:
    """The storage that observing and alerting keep their memory in.

    `losses`: users by the earlier bound of an open licence loss. `departures`: users by the instant
    they were deleted or seen purged. `doubts`: users to look at once more, by the bound a loss of
    theirs would have. `marks`: alerts that were sent. `changed`: users whose place in the list of
    losses may have changed, by when that was noticed. `second_looks`: users whose loss was seen
    once, by when it is to be looked at again. `lingering`: users whose mailbox answers without a
    licence, by when it is to be asked again. `taken`: users whose mailbox the service itself took
    away, by when it was about to. `names`: who was called what before.
    Each row is a hint, written before and removed after what it speaks of; the observation is the
    truth.
    """

    observations: ObservationStore
    rounds: DeltaRounds
    losses: DateIndex
    departures: DateIndex
    doubts: DateIndex
    marks: DateIndex
    changed: DateIndex
    second_looks: DateIndex
    lingering: DateIndex
    taken: DateIndex
    names: NameIndex
