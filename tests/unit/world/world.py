"""Hold a tenant, a ledger and a clock in memory, and drive restores through them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.events.fan_out import EventFanOut
from shared.ports.deps import Deps
from shared.restore.accept import accept
from shared.restore.advance import advance
from shared.texts.reader import Audience
from shared.upkeep.sweep import sweep
from tests.builders import NOW, a_sku
from tests.fakes.caller_roles import FakeCallerRoles
from tests.fakes.changes import FakeFeed
from tests.fakes.clock import CountingNames, ManualClock
from tests.fakes.directory import FakeDirectory
from tests.fakes.events import FakeNotifier
from tests.fakes.health import FakePermissions
from tests.fakes.ledger import InMemoryStorage, in_memory_storage

CALLBACK_HOSTS = ("*.logic.azure.com",)
ASKED_BY = RequestedBy(Door.HTTP, "Service Desk", "c0ffee", (Role.OVERRIDE, Role.REQUEST))
# Far more runs than any restore takes: one that needs more is going in circles.
MOST_RUNS = 200


@dataclass
class World:
    """Everything a use case touches."""

    policy: Policy = field(default_factory=Policy)
    audience: Audience = field(default_factory=Audience)
    alerting: AlertThresholds = field(default_factory=AlertThresholds)
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    storage: InMemoryStorage = field(default_factory=in_memory_storage)

    def __post_init__(self) -> None:
        """A directory with one subscription, and the ports put together."""
        self.directory = FakeDirectory(self.clock)
        self.directory.put_sku(a_sku())
        self.names = CountingNames()
        self.feed = FakeFeed(self.directory)
        self.notifier = FakeNotifier()
        self.grants = FakePermissions()
        self.caller_roles = FakeCallerRoles()

    @property
    def deps(self) -> Deps:
        """The ports, as bootstrap would hand them out."""
        return Deps(
            clock=self.clock,
            ledger=self.storage.ledger,
            joins=self.storage.joins,
            unfinished=self.storage.unfinished,
            days=self.storage.days,
            locks=self.storage.locks,
            observations=self.storage.observations,
            throttles=self.storage.throttles,
            audit_cursors=self.storage.audit_cursors,
            seats=self.storage.seats,
            outbox=self.storage.outbox,
            guards=self.storage.guards,
            guard_mark=self.storage.guard_mark,
            deliveries=self.storage.deliveries,
            subscriptions=self.storage.subscriptions,
            batches=self.storage.batches,
            callers=self.storage.callers,
            health_signals=self.storage.health_signals,
            trail=self.storage.trail,
            proofs=self.storage.proofs,
            publisher=EventFanOut(),
            keep=timedelta(days=90),
            keep_seen=timedelta(days=90),
            retention=self.policy.retention,
            callback_hosts=CALLBACK_HOSTS,
            audience=self.audience,
            names=self.names,
            people=self.directory,
            tenant=self.directory,
            audit_log=self.directory,
            effects=self.directory,
            grants=self.grants,
            caller_roles=self.caller_roles,
            policy=self.policy,
            watch=self.storage.watch,
            rounds_lately=self.storage.watch.rounds,
            loss_list=self.storage.loss_list,
            changes=self.feed,
            bin=self.feed,
            alerting=self.alerting,
            notifier=self.notifier,
        )

    def put(self, *people: Person) -> None:
        """Put people into the directory."""
        for person in people:
            self.directory.put(person)

    async def accept(self, request: RestoreRequest) -> Record:
        """Accept a request over HTTP."""
        return (await accept(order_of(request, ASKED_BY), self.deps)).record

    async def record(self, restore_id: str) -> Record:
        """How the restore stands."""
        stored = await self.storage.ledger.read(restore_id)
        assert stored is not None
        return stored.record

    async def run(self, restore_id: str) -> Record:
        """One worker's run, as when its message arrives."""
        await advance(restore_id, self.deps)
        return await self.record(restore_id)

    async def finish(self, restore_id: str, *, until: datetime | None = None) -> Record:
        """Run, let the time pass that it waits for, run again, to the end (or until then)."""
        for _ in range(MOST_RUNS):
            record = await self.run(restore_id)
            if record.status.is_final:
                return record
            wake_at = record.waiting.until if record.waiting else self.clock.now()
            if until is not None and wake_at > until:
                return record
            self.clock.advance(max(wake_at - self.clock.now(), timedelta(0)))
        raise AssertionError(f"{record} has not ended after {MOST_RUNS} runs")

    async def restore(self, request: RestoreRequest) -> Record:
        """Accept a request and see it to its end."""
        return await self.finish((await self.accept(request)).id)

    async def events(self, restore_id: str) -> list[str]:
        """The names of the journal's entries."""
        return [entry.event for entry in await self.storage.ledger.journal(restore_id)]

    async def sweep(self) -> int:
        """One run of the sweep."""
        return await sweep(self.deps)

    def effects(self) -> list[str]:
        """Every effect that was sent, in order."""
        sent = ("restore_user", "assign_licenses")
        return [call for call in self.directory.calls if call.startswith(sent)]


def code_of(record: Record) -> Code | None:
    """The outcome code, if it has ended."""
    return record.outcome.code if record.outcome is not None else None
