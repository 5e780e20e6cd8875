"""Hold the whole stand-in: a tenant, its clock, and everything the control can change."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from infra.local.graph.control.counters import Counters
from infra.local.graph.documents.load import build, load_seed
from infra.local.graph.odata.memo import Memo
from infra.local.graph.rules.visibility import shown
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import StandInClock, instant
from infra.local.graph.tenant.copies import clone
from infra.local.graph.tenant.directory import Lag
from infra.local.graph.tenant.replication import Replicas
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
    replicas: Replicas = field(default_factory=Replicas)
    memo: Memo = field(default_factory=Memo)
    # By mailbox: how often it answered "not there", for the alternating error, and how often
    # anybody looked.
    refusals: Counter[str] = field(default_factory=Counter)
    looks: Counter[str] = field(default_factory=Counter)

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
            tenant = build(document, clock.now(), switches)
        except (KeyError, AttributeError) as error:
            raise ValueError(f"the tenant document lacks or misuses {error}") from error
        self.clock, self.switches, self.tenant = clock, switches, tenant
        self.counters = Counters()
        self.faults = Faults()
        self.quotas = Quotas()
        self.replicas = Replicas()
        self.memo = Memo()
        self.refusals.clear()
        self.looks.clear()

    @property
    def now(self) -> datetime:
        """Answer the stand-in's time."""
        return self.clock.now()

    @property
    def exact_collections(self) -> frozenset[str]:
        """Answer the collections whose elements a filter compares with regard to case."""
        minds_case = self.switches.address_filter_minds_case
        return frozenset({"proxyAddresses"}) if minds_case else frozenset()

    def switch(self, changes: Json) -> None:
        """Set switches; raises ValueError for one that is none."""
        before = list(self.switches.reads_as_null)
        self.switches.update(changes)
        self.memo = Memo()
        if self.switches.reads_as_null != before:
            # Whoever reads otherwise from now on is told of by users/delta.
            self.tenant.directory.touch_all({*before, *self.switches.reads_as_null}, self.now)

    def lag(self, call: Call, *, listing: bool = False) -> Lag:
        """Answer how far behind this read is: of one object, or of a list.

        Source: Microsoft "Designing for Eventual Consistency for Microsoft Entra", 2026-03.
        """
        plan = self.switches.replication
        if plan is None:
            seconds = self.switches.replication_delay_seconds
            if call.eventual:
                seconds = max(seconds, self.switches.index_delay_seconds)
            delay = timedelta(seconds=seconds)
        else:
            most = plan.list_lag_seconds if listing else plan.lag_seconds
            most = plan.search_lag_seconds if call.eventual else most
            delay = self.replicas.delay(plan, call.params.get("id", call.path).lower(), most)
        return Lag(self.now, delay, self.switches.restore_visibility)

    def read_user(self, call: Call) -> Json:
        """Answer the user named in the path as a read shows it; raises the 404 of `not_found`."""
        user = self.tenant.directory.find_active(call.params["id"], self.lag(call))
        if user is None:
            raise not_found(call.params["id"])
        return shown(user, self.switches)

    def written_user(self, call: Call) -> Json:
        """Answer a copy of the user named in the path, to be changed; raises the same 404."""
        lag = self.lag(call) if self.switches.writes_see_replica else Lag(self.now)
        name = call.params["id"]
        user = self.tenant.directory.find_active(name, lag)
        present = self.tenant.directory.peek(user["id"]) if user else None
        if present is None or present["deletedDateTime"]:
            raise not_found(name)
        return clone(present)


def new_world() -> World:
    """Answer a world with the default tenant."""
    clock, switches = StandInClock(), Switches()
    return World(clock=clock, tenant=build(load_seed(), clock.now(), switches), switches=switches)
