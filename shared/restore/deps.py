"""Everything a use case is handed, in one record; built in shared/bootstrap.py and by tests.

Why two: an HTTP or intake instance never talks to Graph, so it need not load Graph's client; on
Flex Consumption each kind of trigger runs in instances of its own.
"""

from dataclasses import dataclass
from datetime import timedelta

from shared.domain.snapshot import Policy
from shared.restore import ports, vitals


@dataclass(frozen=True, slots=True)
class IntakeDeps:
    """What it takes to accept a request and to read a restore: storage, and no Graph."""

    clock: ports.Clock
    ledger: ports.Ledger
    joins: ports.Joins
    unfinished: ports.UnfinishedIndex
    days: ports.DayIndex
    locks: ports.UserLocks
    observations: ports.Observations
    outbox: ports.Outbox
    vitals: vitals.Vitals
    keep: timedelta
    """How long a finished restore is kept; longer than the retention window."""


@dataclass(frozen=True, slots=True)
class Deps(IntakeDeps):
    """All the ports, and the tenant's own choices."""

    names: ports.WorkerNames
    people: ports.People
    tenant: ports.Tenant
    effects: ports.Effects
    grants: vitals.GrantReader
    policy: Policy
