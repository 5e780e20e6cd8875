"""The stand-in as a whole: one tenant, its clock, and everything the control can change."""

import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from infra.local.graph.control.counters import Counters
from infra.local.graph.documents.seeding import build, load_seed
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import StandInClock, instant
from infra.local.graph.tenant.directory import Lag
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.faults import Faults
from infra.local.graph.web.throttle import Quotas
from infra.local.graph.web.wire import Call, Json, not_found


@dataclass(slots=True)
class World:
    """All state; every part can be replaced by the control."""

    clock: StandInClock
    tenant: Tenant
    switches: Switches = field(default_factory=Switches)
    counters: Counters = field(default_factory=Counters)
    faults: Faults = field(default_factory=Faults)
    quotas: Quotas = field(default_factory=Quotas)
    # One per mailbox: how often it answered "not there", for the alternating error.
    refusals: dict[str, int] = field(default_factory=dict)

    def load(self, document: Json) -> None:
        """Replace everything: tenant, clock and switches as the document says, counts at zero.

        Raises ValueError for a document that is none; then nothing has changed.
        """
        clock, switches = StandInClock(), Switches()
        clock.freeze(frozen=bool(document.get("frozen")))
        if "now" in document:
            clock.set(instant(document["now"]))
        switches.update(document.get("switches") or {})
        try:
            self.tenant = build(document, clock.now())
        except (KeyError, AttributeError) as error:
            raise ValueError(f"the tenant document lacks or misuses {error}") from error
        self.clock, self.switches = clock, switches
        self.counters = Counters()
        self.faults = Faults()
        self.quotas = Quotas()
        self.refusals = {}

    @property
    def now(self) -> datetime:
        """Answer the stand-in's time."""
        return self.clock.now()

    def lag(self, call: Call) -> Lag:
        """Answer how far behind this read is.

        Source: Microsoft "Designing for Eventual Consistency for Microsoft Entra", 2026-03.
        """
        seconds = self.switches.replication_delay_seconds
        if call.eventual:
            seconds = max(seconds, self.switches.index_delay_seconds)
        return Lag(self.now, timedelta(seconds=seconds), self.switches.restore_visibility)

    def active_user(self, call: Call, *, for_write: bool = False) -> Json:
        """Answer a copy of the user named in the path; raises the 404 of `not_found`."""
        lag = self.lag(call)
        if for_write and not self.switches.writes_see_replica:
            lag = Lag(self.now)
        name = call.params["id"]
        user = self.tenant.directory.find_active(name, lag)
        if user is None:
            raise not_found(name)
        if for_write:
            user = self.tenant.directory.get(user["id"])
            if user is None or user["deletedDateTime"]:
                raise not_found(name)
        return copy.deepcopy(user)


def new_world() -> World:
    """Answer a world with the default tenant."""
    clock = StandInClock()
    return World(clock=clock, tenant=build(load_seed(), clock.now()))
