"""Everything a use case is handed, in one record; built in shared/bootstrap.py and by tests.

Why two: an HTTP or intake instance never talks to Graph, so it need not load Graph's client; on
Flex Consumption each kind of trigger runs in instances of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.alerting import Alerting
from shared.domain.snapshot import Policy
from shared.restore import (
    audit_ports,
    caller_ports,
    guard_ports,
    ports,
    queue_ports,
    seat_ports,
    throttle_ports,
    vitals,
    watch_ports,
)
from shared.restore.recycle_bin import RecycleBin


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What it takes to accept a request and to read a restore: storage, and no Graph."""

    clock: ports.Clock
    ledger: ports.Ledger
    joins: ports.Joins
    unfinished: queue_ports.UnfinishedIndex
    days: ports.DayIndex
    locks: ports.UserLocks
    observations: ports.Observations
    throttles: throttle_ports.Throttles
    audit_trail: audit_ports.AuditTrail
    seats: seat_ports.SeatQueue
    outbox: queue_ports.Outbox
    guards: guard_ports.Guards
    guard_mark: guard_ports.GuardMark
    watch: watch_ports.Watch
    deliveries: caller_ports.Deliveries
    subscriptions: caller_ports.Subscriptions
    batches: caller_ports.Batches
    vitals: vitals.Vitals
    keep: timedelta
    """How long a finished restore is kept; longer than the retention window."""
    callback_hosts: tuple[str, ...]
    """The hosts that may be told of events; a leading `*.` stands for one label or more."""


@dataclass(frozen=True, slots=True)
class Deps(IntakeDeps):
    """All the ports, and the tenant's own choices."""

    names: ports.WorkerNames
    people: ports.People
    tenant: ports.Tenant
    recycle_bin: RecycleBin
    audit_log: audit_ports.AuditLog
    effects: ports.Effects
    notifier: caller_ports.Notifier
    grants: vitals.GrantReader
    policy: Policy
    changes: watch_ports.Changes
    bin: watch_ports.Bin
    alerting: Alerting
