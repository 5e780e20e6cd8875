"""Define the records of ports that a use case is given; bootstrap.py and tests build them.

Why two: an HTTP or intake instance never talks to Graph, so it need not load Graph's client; on
Flex Consumption each kind of trigger runs in instances of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from shared.domain.alerts.thresholds import AlertThresholds
from shared.domain.evidence.log_memory import LogMemory
from shared.domain.snapshot import Policy
from shared.ports.audit_log import AuditCursors, AuditLog
from shared.ports.batches import Batches
from shared.ports.caller_roles import CallerRoles
from shared.ports.callers import CallerIndex
from shared.ports.clock import Clock, WorkerNames
from shared.ports.directory import Effects, People, Tenant
from shared.ports.events import Deliveries, Notifier, Subscriptions
from shared.ports.guards import GuardMark, Guards
from shared.ports.health import HealthSignals, PermissionReader
from shared.ports.ledger import DayIndex, Joins, Ledger, UserLocks
from shared.ports.losses import LossList
from shared.ports.queues import Outbox, UnfinishedIndex
from shared.ports.seats import SeatQueue
from shared.ports.throttles import Throttles
from shared.ports.trail import Proofs, TrailEntries
from shared.ports.watch import Changes, DeletedSince, Observations, RoundReader, Watch
from shared.texts.reader import Audience


@dataclass(frozen=True, slots=True)
class Telling:
    """One CloudEvents event, in the words for those who see everything, and for its owner."""

    to_all: Mapping[str, object]
    to_owner: Mapping[str, object]


class EventPublisher(Protocol):
    """Has events delivered; above the use cases of a restore, so they reach it through here."""

    async def publish(
        self, telling: Telling, deps: "IntakeDeps", *, callback_url: str | None
    ) -> None:
        """Have this event sent to the callback URL, which is its owner's, and to subscribers.

        Raises:
            StorageUnavailableError: some deliveries may be under way; publishing again is safe.
        """
        ...


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What it takes to accept a request and to read a restore: storage, and no Graph."""

    clock: Clock
    ledger: Ledger
    joins: Joins
    unfinished: UnfinishedIndex
    days: DayIndex
    locks: UserLocks
    observations: Observations
    throttles: Throttles
    audit_cursors: AuditCursors
    seats: SeatQueue
    outbox: Outbox
    guards: Guards
    guard_mark: GuardMark
    watch: Watch
    loss_list: LossList
    deliveries: Deliveries
    subscriptions: Subscriptions
    batches: Batches
    callers: CallerIndex
    health_signals: HealthSignals
    trail: TrailEntries
    proofs: Proofs
    publisher: EventPublisher
    keep: timedelta
    """How long a finished restore is kept; longer than the retention window."""
    keep_seen: timedelta
    """How long what was seen of a person is kept after a loss; longer than it can be undone."""
    retention: timedelta
    """How long before what is lost cannot come back; nothing is scheduled later."""
    callback_hosts: tuple[str, ...]
    """The hosts that may be told of events; a leading `*.` stands for one label or more."""
    audience: Audience
    """In which words events are told."""

    @property
    def latest_start(self) -> datetime:
        """The latest time a request may ask to begin at: by then, what is lost today is gone."""
        return self.clock.now() + self.retention


@dataclass(frozen=True, slots=True)
class Deps(IntakeDeps):
    """All the ports, the tenant's own choices, and what the log told this worker's checks."""

    names: WorkerNames
    people: People
    tenant: Tenant
    audit_log: AuditLog
    effects: Effects
    notifier: Notifier
    grants: PermissionReader
    caller_roles: CallerRoles
    policy: Policy
    rounds_lately: RoundReader
    changes: Changes
    bin: DeletedSince
    alerting: AlertThresholds
    log_memory: LogMemory = field(default_factory=LogMemory)
