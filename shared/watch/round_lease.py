"""Hold the lease on a round through the tenant, and count what the round does.

    take_hold ─── lease (5 min) ───▶ others may take it
       │  every page's end renews the lease, and carries the ETag of the write before it

Two runs can overlap (a timer's own lock can be lost): the second finds the lease, or, when it ran
out, the first gets LeaseLostError from its next write and stops. Observations are written under
ETags of their own, so a run that was overtaken cannot put old knowledge over new.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from shared.domain.licensing.skus import Sku
from shared.domain.person import Person
from shared.domain.records.progress import Lease
from shared.domain.undos.taken import TakenAway
from shared.errors import LeaseLostError, StorageUnavailableError
from shared.ports.deps import Deps
from shared.ports.watch import DeltaRound, StoredDeltaRound
from shared.watch.taken_away import taken_away

# How long one run goes on beginning pages; the next tick goes on from there. `functionTimeout` is
# ten minutes: a page under way may wait for Graph, and the alerts come after the round.
RUN_TIME = timedelta(minutes=4)

# Longer than a page can take, when each of its users must be read again from a slow Graph; shorter
# than the time between two ticks, so a crash costs no tick.
LEASE = timedelta(minutes=5)


@dataclass(slots=True)
class RunCounts:
    """What a run did; for its log line."""

    pages: int = 0
    written: int = 0
    losses: int = 0
    doubts: int = 0
    alerts: int = 0


@dataclass(slots=True)
class RoundLease:
    """One run of the observe timer: its lease on the round, and what it did so far."""

    deps: Deps
    owner: str
    stored: StoredDeltaRound
    ends_at: datetime
    losses_since: datetime
    """The earliest bound of a loss that was noticed in this run; the present if none was."""
    counts: RunCounts = field(default_factory=RunCounts)
    people: int = 0
    """How many more people have a plan than when the round was last written."""
    again_at: datetime | None = None
    """When the tenant is to be looked at again, before the next tick of the timer."""
    blanks_asked: int = 0
    """Of how many people without any property the mailbox was asked."""
    _skus: tuple[Sku, ...] | None = None
    _taken: TakenAway | None = None
    _saw_deleted_license: bool = False

    @property
    def round(self) -> DeltaRound:
        """The round as last written."""
        return self.stored.round

    @property
    def is_out_of_time(self) -> bool:
        """Whether the rest belongs to the next run."""
        return self.deps.clock.now() >= self.ends_at

    def look_again_at(self, at: datetime) -> None:
        """Have the tenant looked at again then, or earlier."""
        self.again_at = at if self.again_at is None else min(self.again_at, at)

    def give_time(self, most: timedelta = RUN_TIME / 2) -> None:
        """A budget of its own for the part that begins now."""
        self.ends_at = self.deps.clock.now() + most

    async def save(self, changed: DeltaRound) -> None:
        """Write the round and renew the lease.

        Raises:
            LeaseLostError: another run goes on with it; nothing was written.
        """
        renewed = Lease(self.owner, self.deps.clock.now() + LEASE)
        noted = replace(
            changed,
            lease=renewed,
            shows_deleted_licenses=self.shows_deleted_licenses,
            people=max(0, changed.people + self.people),
        )
        self.people = 0
        self.stored = await self.deps.watch.rounds.write(self.stored, noted)

    @property
    def shows_deleted_licenses(self) -> bool:
        """Whether Graph has ever shown a licence on a deleted user of this tenant."""
        return self.round.shows_deleted_licenses or self._saw_deleted_license

    def note_licenses_of_deleted(self, person: Person) -> None:
        """Remember that a deleted user shows a licence, if so; written with the round."""
        self._saw_deleted_license = self._saw_deleted_license or bool(person.licenses)

    def note_losses(self, bounds: Iterable[datetime]) -> None:
        """Remember how far back the losses of this run reach."""
        self.losses_since = min((self.losses_since, *bounds))

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions, read once in a run."""
        if self._skus is None:
            self._skus = await self.deps.tenant.skus()
        return self._skus

    async def taken(self) -> TakenAway:
        """What the service itself took away, read once in a run."""
        if self._taken is None:
            self._taken = await taken_away(self.deps)
        return self._taken


@asynccontextmanager
async def held(deps: Deps) -> AsyncIterator[RoundLease | None]:
    """Hold the lease for the block, and give it back at the end; None while another run has it.

    If letting go fails, the lease runs out.
    """
    stored = await deps.watch.rounds.read()
    now = deps.clock.now()
    other = stored.round.lease
    if other is not None and now < other.expires_at:
        yield None
        return
    lease = RoundLease(deps, deps.names.fresh(), stored, now + RUN_TIME, losses_since=now)
    try:
        await lease.save(stored.round)
    except LeaseLostError:
        yield None
        return
    try:
        yield lease
    finally:
        with suppress(LeaseLostError, StorageUnavailableError):
            await deps.watch.rounds.write(lease.stored, replace(lease.round, lease=None))
