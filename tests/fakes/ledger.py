"""Imitate the storage ports in memory; they pass the same suite as Azure Tables and Queues.

Each call takes effect at once, after other tasks had their turn; each can be told to fail.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta

from shared.domain.records.chain import chained
from shared.domain.records.links import NO_ENTRIES, Head
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.errors import LeaseLostError, Quota, StorageRefusedError, UnreadableTextError
from shared.ports.ledger import Join, LockedBy, StoredRecord
from shared.ports.queues import NextInLine, Unfinished
from shared.ports.trail import ChangeNote
from shared.ports.watch import Watch
from tests.fakes.audit_cursor import InMemoryAuditCursors
from tests.fakes.breakable import Breakable
from tests.fakes.callers import InMemoryCallers
from tests.fakes.days import InMemoryDays
from tests.fakes.events import InMemoryBatches, InMemoryDeliveries, InMemorySubscriptions
from tests.fakes.guards import InMemoryGuardMark, InMemoryGuards
from tests.fakes.health import InMemoryHealthSignals
from tests.fakes.losses import InMemoryLossList
from tests.fakes.seats import InMemorySeatQueue
from tests.fakes.trail import InMemoryProofs, InMemoryTrail
from tests.fakes.watch import (
    InMemoryDateIndex,
    InMemoryDeltaRounds,
    InMemoryNames,
    InMemoryObservations,
)


class InMemoryLedger(Breakable):
    """The Ledger port; `records` and `journals` by restore id, `history` of every version."""

    def __init__(self) -> None:
        super().__init__()
        self.records: dict[str, StoredRecord] = {}
        self.journals: dict[str, list[JournalEntry]] = {}
        self.history: dict[str, list[Record]] = defaultdict(list)
        self.takes: Callable[[Record], bool] = lambda _: True
        """Whether storage takes this record, for its size or content."""
        self.reads: Callable[[str], bool] = lambda _: True
        """Whether this release can read the record of this id."""
        self.ends: Callable[[str], bool] = lambda _: True
        """Whether the end of the journal of this id can be told."""
        self.changed: dict[str, ChangeNote] = {}
        """The notes of restores that change after their end, by restore id."""
        self._writes = 0
        self._salts = 0

    async def insert(self, record: Record, entry: JournalEntry) -> bool:
        """Open a record with its first journal entry; False if the id is taken already."""
        async with self._call("insert"):
            if record.id in self.records:
                return False
            self._demand_taken(record)
            self._append(record, [entry])
            self._keep(record)
            return True

    async def read(self, restore_id: str) -> StoredRecord | None:
        """The record, or None."""
        async with self._call("read"):
            if not self.reads(restore_id):
                raise UnreadableTextError(f"restore {restore_id} is of another release")
            return self.records.get(restore_id)

    async def write(
        self, stored: StoredRecord, record: Record, *entries: JournalEntry
    ) -> StoredRecord:
        """Replace the record if it is still the one in `stored`, else LeaseLostError.

        The note of a change after the end is a write of its own, and goes first.
        """
        if stored.record.status.is_final and entries:
            self._writes += 1
            number = stored.head.number + len(entries)
            self.changed[record.id] = ChangeNote(record.id, f"note-{self._writes}", number)
        async with self._call("write"):
            current = self.records.get(record.id)
            if current is None or current.etag != stored.etag:
                raise LeaseLostError(f"restore {record.id} is another worker's now")
            self._demand_taken(record)
            self._append(record, entries)
            return self._keep(record)

    async def erase(
        self,
        stored: StoredRecord,
        record: Record,
        left_of: Callable[[JournalEntry], JournalEntry],
        *entries: JournalEntry,
    ) -> StoredRecord:
        """Replace record and entries by what is left of them, unless that is all."""
        left = [left_of(entry) for entry in self.journals[record.id]]
        is_same = all(a.link == b.link for a, b in zip(left, self.journals[record.id], strict=True))
        if is_same and record == stored.record:
            return stored
        written = await self.write(stored, record, *entries)
        self.journals[record.id][: len(left)] = left
        return written

    async def journal(self, restore_id: str) -> tuple[JournalEntry, ...]:
        """The audit trail, oldest first."""
        async with self._call("journal"):
            return tuple(self.journals.get(restore_id, ()))

    async def remove(self, restore_id: str) -> None:
        """Delete the journal and the record; absent is fine."""
        async with self._call("remove"):
            self.journals.pop(restore_id, None)
            self.records.pop(restore_id, None)

    def _append(self, record: Record, entries: Iterable[JournalEntry]) -> None:
        head = self._head(record.id)
        linked = [entry for entry, _ in chained(record, head, entries, self._salt)]
        self.journals.setdefault(record.id, []).extend(linked)

    def _head(self, restore_id: str) -> Head:
        journal = self.journals.get(restore_id)
        last = journal[-1] if journal else None
        if last is None or last.link is None:
            return NO_ENTRIES
        return Head(last.link.number, last.link.hash, last.at)

    def _salt(self) -> str:
        self._salts += 1
        return f"{self._salts:064x}"

    def _demand_taken(self, record: Record) -> None:
        if not self.takes(record):
            raise StorageRefusedError("the record is too large")

    def _keep(self, record: Record) -> StoredRecord:
        self._writes += 1
        head = self._head(record.id)
        stored = StoredRecord(record, f"etag-{self._writes}", head)
        self.records[record.id] = stored
        self.history[record.id].append(record)
        return stored


class InMemoryJoins(Breakable):
    """The Joins port; `pointers` by fingerprint."""

    def __init__(self) -> None:
        super().__init__()
        self.pointers: dict[str, Join] = {}
        self._writes = 0

    async def find(self, fingerprint: str) -> Join | None:
        """The pointer, if there is one."""
        async with self._call("find"):
            return self.pointers.get(fingerprint)

    async def point(self, fingerprint: str, restore_id: str, *, replacing: Join | None) -> bool:
        """Set the pointer if it is still `replacing` (None: absent)."""
        async with self._call("point"):
            current = self.pointers.get(fingerprint)
            if (current and current.etag) != (replacing and replacing.etag):
                return False
            self._writes += 1
            self.pointers[fingerprint] = Join(restore_id, f"etag-{self._writes}")
            return True

    async def forget(self, fingerprint: str, restore_id: str) -> None:
        """Remove the pointer if it names this restore."""
        async with self._call("forget"):
            current = self.pointers.get(fingerprint)
            if current and current.restore_id == restore_id:
                del self.pointers[fingerprint]


class InMemoryUnfinished(Breakable):
    """The UnfinishedIndex port; `rows` is restore id -> due time, `queued` -> message's time."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, datetime] = {}
        self.queued: dict[str, datetime | None] = {}
        self._versions: dict[str, str] = {}

    async def note(
        self, restore_id: str, due_at: datetime, *, queued_for: datetime | None = None
    ) -> None:
        """Look at this restore at `due_at`."""
        async with self._call("note"):
            self.rows[restore_id] = due_at
            self.queued[restore_id] = queued_for
            self._versions[restore_id] = f"note-{self.calls['note']}"

    async def forget(self, restore_id: str, *, seen: Unfinished | None = None) -> None:
        """Nothing is left to do; absent is fine. `seen`: leave a row that was noted since."""
        async with self._call("forget"):
            if seen is None or seen.version == self._versions.get(restore_id, ""):
                self.rows.pop(restore_id, None)

    async def find(self, restore_id: str) -> Unfinished | None:
        """The row of this restore, due or not."""
        async with self._call("find"):
            return self._row(restore_id)

    async def due(self, now: datetime) -> AsyncIterator[Unfinished]:
        """The rows whose time has come."""
        async with self._call("due"):
            rows = [self._row(name) for name, at in self.rows.items() if at <= now]
        for row in rows:
            if row is not None:
                yield row

    def _row(self, restore_id: str) -> Unfinished | None:
        if restore_id not in self.rows:
            return None
        queued_for, version = self.queued.get(restore_id), self._versions.get(restore_id, "")
        return Unfinished(restore_id, self.rows[restore_id], queued_for, version)


class InMemoryLocks(Breakable):
    """The UserLocks port; `holders` is user id -> restore id."""

    def __init__(self) -> None:
        super().__init__()
        self._held: dict[str, LockedBy] = {}

    @property
    def holders(self) -> dict[str, str]:
        """The restore id in the lock of each user."""
        return {user_id: held.restore_id for user_id, held in self._held.items()}

    async def take(self, user_id: str, by: LockedBy) -> LockedBy:
        """Try to take the lock, also from an earlier attempt of ours; returns who has it now."""
        async with self._call("take"):
            held = self._held.get(user_id, by)
            self._held[user_id] = by if held.is_up_to(by) else held
            return self._held[user_id]

    async def holder(self, user_id: str) -> str | None:
        """The restore id in the lock, also of a restore that has ended; None if it is free."""
        async with self._call("holder"):
            return self.holders.get(user_id)

    async def take_over(self, user_id: str, *, holder: LockedBy, by: LockedBy) -> bool:
        """Take it from `holder`; False if it changed hands meanwhile."""
        async with self._call("take_over"):
            if self._held.get(user_id) not in {holder, by}:
                return False
            self._held[user_id] = by
            return True

    async def release(self, user_id: str, by: LockedBy) -> None:
        """Let go, if this attempt holds it, or one before it."""
        async with self._call("release"):
            held = self._held.get(user_id)
            if held is not None and held.is_up_to(by):
                del self._held[user_id]


class InMemoryThrottles(Breakable):
    """The Throttles port; `rows` is quota -> instant."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[Quota, datetime] = {}

    async def read(self) -> Mapping[Quota, datetime]:
        """When each quota is free again."""
        async with self._call("read"):
            return dict(self.rows)

    async def note(self, quota: Quota, until: datetime) -> None:
        """Warn the others, unless a later instant stands there already."""
        async with self._call("note"):
            self.rows[quota] = max(until, self.rows.get(quota, until))


class InMemoryOutbox(Breakable):
    """The Outbox port; `work` of (restore id, delay), `results` and `alerts` of events.

    `line` is what it says of the work messages that are taken next.
    """

    def __init__(self) -> None:
        super().__init__()
        self.line = NextInLine()
        self.work: list[tuple[str, timedelta]] = []
        self.results: list[Mapping[str, object]] = []
        self.alerts: list[Mapping[str, object]] = []

    async def enqueue_work(self, restore_id: str, delay: timedelta = timedelta(0)) -> None:
        """Note that a worker is to advance this restore."""
        async with self._call("enqueue_work"):
            self.work.append((restore_id, delay))

    async def work_next(self) -> NextInLine:
        """What a test has put there."""
        async with self._call("work_next"):
            return self.line

    async def publish_result(self, event: Mapping[str, object]) -> None:
        """Keep the event."""
        async with self._call("publish_result"):
            self.results.append(event)

    async def publish_alert(self, event: Mapping[str, object]) -> None:
        """Keep the event."""
        async with self._call("publish_alert"):
            self.alerts.append(event)


@dataclass(frozen=True, slots=True)
class InMemoryStorage:
    """Every storage port, under the names that the real Storage has for them."""

    ledger: InMemoryLedger = field(default_factory=InMemoryLedger)
    joins: InMemoryJoins = field(default_factory=InMemoryJoins)
    unfinished: InMemoryUnfinished = field(default_factory=InMemoryUnfinished)
    days: InMemoryDays = field(default_factory=InMemoryDays)
    locks: InMemoryLocks = field(default_factory=InMemoryLocks)
    observations: InMemoryObservations = field(default_factory=InMemoryObservations)
    throttles: InMemoryThrottles = field(default_factory=InMemoryThrottles)
    audit_cursors: InMemoryAuditCursors = field(default_factory=InMemoryAuditCursors)
    seats: InMemorySeatQueue = field(default_factory=InMemorySeatQueue)
    outbox: InMemoryOutbox = field(default_factory=InMemoryOutbox)
    health_signals: InMemoryHealthSignals = field(default_factory=InMemoryHealthSignals)
    deliveries: InMemoryDeliveries = field(default_factory=InMemoryDeliveries)
    subscriptions: InMemorySubscriptions = field(default_factory=InMemorySubscriptions)
    batches: InMemoryBatches = field(default_factory=InMemoryBatches)
    callers: InMemoryCallers = field(default_factory=InMemoryCallers)
    guards: InMemoryGuards = field(default_factory=InMemoryGuards)
    guard_mark: InMemoryGuardMark = field(default_factory=InMemoryGuardMark)
    rounds: InMemoryDeltaRounds = field(default_factory=InMemoryDeltaRounds)
    losses: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    departures: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    doubts: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    marks: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    changed: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    second_looks: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    lingering: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    taken: InMemoryDateIndex = field(default_factory=InMemoryDateIndex)
    loss_list: InMemoryLossList = field(default_factory=InMemoryLossList)
    names: InMemoryNames = field(default_factory=InMemoryNames)
    proofs: InMemoryProofs = field(default_factory=InMemoryProofs)

    @property
    def trail(self) -> InMemoryTrail:
        """The journals of all restores."""
        return InMemoryTrail(self.ledger, self.days)

    @property
    def watch(self) -> Watch:
        """What observing keeps its memory in."""
        return Watch(
            observations=self.observations,
            names=self.names,
            rounds=self.rounds,
            losses=self.losses,
            departures=self.departures,
            doubts=self.doubts,
            marks=self.marks,
            changed=self.changed,
            second_looks=self.second_looks,
            lingering=self.lingering,
            taken=self.taken,
        )

    def clear_faults(self) -> None:
        """Let everything work again."""
        for item in fields(self):
            getattr(self, item.name).clear_faults()


def in_memory_storage() -> InMemoryStorage:
    """A storage account with nothing in it."""
    return InMemoryStorage()
