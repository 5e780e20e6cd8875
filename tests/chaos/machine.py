"""Run random requests, crashes, faults, two workers and clock jumps against the use cases.

What it holds, at every moment and at the end:

- an effect is sent only under a live lease, and only after the ledger said "attempting";
- each change of the tenant takes place at most once for each time that it was lost, and each of an
  undo at most once for each undo that was asked for;
- a restore that says it succeeded, and that nobody took back, is true in the tenant at that moment;
- every accepted key ends, its end is published, and nothing is left to sweep.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from shared.domain.decision import StepName
from shared.domain.licensing.skus import is_as_wanted
from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import StepStatus
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import RestoreKind
from shared.domain.undos.moved_on import is_taken_off
from shared.domain.undos.take_back import TakeBack
from shared.errors import (
    NotSentError,
    OutcomeUnknownError,
    Quota,
    ReprieveError,
    StorageUnavailableError,
    ThrottledError,
)
from shared.restore.accept import accept
from shared.restore.advance import advance
from shared.restore.cancel import cancel_restore
from shared.restore.hold import LEASE
from shared.restore.retry import retry_restore
from shared.undo.start import start_undo
from shared.upkeep.sweep import sweep
from tests.builders import a_request, a_sku, because
from tests.chaos.tap import Call, tapped
from tests.chaos.tenant import Losses, people_the_world_lost, user_id
from tests.unit.world.world import ASKED_BY, World

MOST_ROUNDS = 300
"""Rounds of sweep and work until everything has ended; a restore takes some tens at most."""

EFFECTS = {
    "restore_user": StepName.RESTORE_USER,
    "assign_licenses": StepName.ASSIGN_LICENSE,
    "remove_licenses": StepName.REMOVE_LICENSE,
    "delete_user": StepName.DELETE_USER,
}
_READS = ("active", "deleted", "skus", "conflicts", "mailbox", "last_sign_in", "roles_held")
# Runs in which most restores come to their end.
_RUNS = 8
RESTORED = (RestoreKind.MAILBOX, RestoreKind.USER, RestoreKind.LICENSE)
STORAGE = frozenset({"ledger", "joins", "unfinished", "days", "locks", "observations", "outbox"})

GRAPH_FAULTS = {
    "not sent": (NotSentError(because("no way to Graph")), False),
    "throttled": (ThrottledError(because("429"), timedelta(seconds=40), Quota.REQUESTS), False),
    "lost before": (OutcomeUnknownError(because("lost")), False),
    "lost after": (OutcomeUnknownError(because("lost")), True),
}


class Killed(BaseException):
    """The process is gone, as by kill -9: nothing after it runs."""


class Worker:
    """One invocation, which may be killed before or after the nth call it makes."""

    def __init__(self, world: World, losses: Losses, *, kill_at: int, after: bool) -> None:
        self.world, self.losses = world, losses
        self._kill_at, self._after, self._calls = kill_at, after, 0
        self.deps = tapped(world.deps, self._hook)

    async def _hook(self, call: Call, *, is_done: bool) -> None:
        if call.port == "effects" and not is_done:
            self._demand_live_lease(call)
        if is_done == self._after:
            self._calls += 1
            if self._calls == self._kill_at:
                raise Killed(call.name)

    def _demand_live_lease(self, call: Call) -> None:
        now, step = self.world.clock.now(), EFFECTS[call.method]
        for stored in self.world.storage.ledger.records.values():
            record = stored.record
            if record.person is None or record.person.id != call.arguments[0]:
                continue
            wanted = record.step(step)
            if record.is_leased(now) and wanted and wanted.status is StepStatus.ATTEMPTING:
                return
        raise AssertionError(f"{call.name} was sent without a live lease that says so")

    async def run(self, work: Coroutine[Any, Any, object]) -> None:
        """Do the work until it is done, is killed or fails in a way the host is told of."""
        with suppress(Killed, ReprieveError):
            await work


class Restores(RuleBasedStateMachine):
    """Requests, workers, faults and time over one small tenant."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World()
        self.losses = people_the_world_lost(self.world)
        self.accepted: set[str] = set()
        self._loop = asyncio.Runner()

    @initialize(number=st.sampled_from([1, 3, 4]))
    def begin(self, *, number: int) -> None:
        """Begin with one order, so that there is something to break: of each kind of loss."""
        self.order(number=number, kind=RestoreKind.MAILBOX, key="k1", kill_at=0, after=False)

    @rule(
        number=st.integers(1, 4),
        kind=st.sampled_from(RESTORED),
        key=st.sampled_from(["k1", "k2", "k3", None]),
        kill_at=st.integers(0, 6),
        after=st.booleans(),
    )
    def order(
        self, *, number: int, kind: RestoreKind, key: str | None, kill_at: int, after: bool
    ) -> None:
        """Ask for a restore, perhaps again, perhaps with the caller's connection cut."""
        full_key = f"{key}-{number}-{kind}" if key else None
        request = a_request(kind=kind, user=user_id(number), idempotency_key=full_key)
        worker = self._worker(kill_at, after=after)

        async def ask() -> None:
            accepted = await accept(order_of(request, ASKED_BY), worker.deps)
            self.accepted.add(accepted.record.id)

        self._run(worker.run(ask()))

    @precondition(lambda self: self.accepted)
    @rule(data=st.data(), kill_at=st.integers(0, 6), after=st.booleans())
    def undo(self, *, data: st.DataObject, kill_at: int, after: bool) -> None:
        """Ask for what a restore did to be taken back, perhaps again, perhaps with a cut."""
        restore_id, worker = self._any(data), self._worker(kill_at, after=after)

        async def ask() -> None:
            undo = await start_undo(restore_id, None, ASKED_BY, worker.deps, is_allowed=True)
            self.accepted.add(undo.id)

        self._run(worker.run(ask()))

    @precondition(lambda self: self.accepted)
    @rule(
        data=st.data(),
        fault=st.sampled_from([None, *sorted(GRAPH_FAULTS)]),
        kill_at=st.integers(0, 40),
        after=st.booleans(),
    )
    def settle_and_undo(
        self, *, data: st.DataObject, fault: str | None, kill_at: int, after: bool
    ) -> None:
        """A restore comes to its end and is taken back, by a worker that may be killed over it."""
        restore_id = self._any(data)
        calm, worker = self._worker(0, after=False), self._worker(kill_at, after=after)

        async def settle() -> None:
            for _ in range(_RUNS):
                await calm.run(advance(restore_id, calm.deps))
                self.world.clock.advance(timedelta(minutes=3))
            undo = await start_undo(restore_id, None, ASKED_BY, calm.deps, is_allowed=True)
            self.accepted.add(undo.id)
            if fault is not None:
                error, is_made = GRAPH_FAULTS[fault]
                for method in ("remove_licenses", "delete_user"):
                    self.world.directory.fail_next(method, error, after_effect=is_made)
            await worker.run(advance(undo.id, worker.deps))

        self._run(calm.run(settle()))

    @precondition(lambda self: self.accepted)
    @rule(data=st.data(), kill_at=st.integers(0, 40), after=st.booleans())
    def deliver(self, *, data: st.DataObject, kill_at: int, after: bool) -> None:
        """A work message arrives, early, late or for the second time; the worker may be killed."""
        worker = self._worker(kill_at, after=after)
        self._run(worker.run(advance(self._any(data), worker.deps)))

    @precondition(lambda self: self.accepted)
    @rule(data=st.data(), kill_at=st.integers(0, 40), after=st.booleans())
    def deliver_twice(self, *, data: st.DataObject, kill_at: int, after: bool) -> None:
        """Two workers get the message of one restore at once; one of them may be killed."""
        restore_id = self._any(data)
        one, two = self._worker(kill_at, after=after), self._worker(0, after=False)

        async def both() -> None:
            await asyncio.gather(
                one.run(advance(restore_id, one.deps)), two.run(advance(restore_id, two.deps))
            )

        self._run(both())

    @precondition(lambda self: self.accepted)
    @rule(data=st.data(), nth=st.integers(1, 30))
    def fall_asleep(self, *, data: st.DataObject, nth: int) -> None:
        """A worker sleeps past its lease at a storage call; another one does the work meanwhile."""
        restore_id = self._any(data)
        other = self._worker(0, after=False)
        calls = 0

        async def hook(call: Call, *, is_done: bool) -> None:
            nonlocal calls
            calls += not is_done and call.port in STORAGE
            if calls == nth and not is_done and call.port in STORAGE:
                self.world.clock.advance(LEASE + timedelta(seconds=1))
                await other.run(advance(restore_id, other.deps))

        sleeper = self._worker(0, after=False)
        deps = tapped(sleeper.deps, hook)
        self._run(sleeper.run(advance(restore_id, deps)))

    @rule(
        method=st.sampled_from([*_READS, *EFFECTS, *EFFECTS]),
        fault=st.sampled_from(sorted(GRAPH_FAULTS)),
    )
    def break_graph(self, method: str, fault: str) -> None:
        """The next call of a Graph method fails, before or after it took place."""
        error, after = GRAPH_FAULTS[fault]
        self.world.directory.fail_next(method, error, after_effect=after)

    @rule(
        call=st.sampled_from(
            [
                ("ledger", "write"),
                ("ledger", "read"),
                ("locks", "take"),
                ("locks", "release"),
                ("unfinished", "note"),
                ("unfinished", "forget"),
                ("outbox", "enqueue_work"),
                ("outbox", "publish_result"),
                ("joins", "point"),
                ("throttles", "read"),
            ]
        ),
        after=st.booleans(),
    )
    def break_storage(self, *, call: tuple[str, str], after: bool) -> None:
        """The next call of a storage method fails, before or after the write arrived."""
        port, method = call
        # The adapter recognises a lost answer to a write of its own; the fake stands behind it.
        after = after and method not in {"write", "read"}
        error = StorageUnavailableError("down")
        getattr(self.world.storage, port).fail_next(method, error, after_effect=after)

    @rule(seconds=st.sampled_from([1, 10, 61, 125, 600, 3600, 43_200]))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.world.clock.advance(timedelta(seconds=seconds))

    @rule(kill_at=st.integers(0, 12), after=st.booleans())
    def sweep(self, *, kill_at: int, after: bool) -> None:
        """The timer comes round."""
        worker = self._worker(kill_at, after=after)
        self._run(worker.run(sweep(worker.deps)))

    @precondition(lambda self: self.accepted)
    @rule(data=st.data(), again=st.booleans(), kill_at=st.integers(0, 6))
    def change_of_mind(self, *, data: st.DataObject, again: bool, kill_at: int) -> None:
        """Somebody cancels a restore, or retries one."""
        worker = self._worker(kill_at, after=True)
        change = retry_restore if again else cancel_restore
        self._run(worker.run(change(self._any(data), ASKED_BY, worker.deps)))

    def teardown(self) -> None:
        """Let everything work again: what was accepted ends, is told, and leaves nothing behind."""
        try:
            self.world.directory.clear_faults()
            self.world.storage.clear_faults()
            self.world.directory.put_sku(a_sku(free_seats=100))
            self._run(self._heal())
            self._demand_order()
        finally:
            self._loop.close()

    async def _heal(self) -> None:
        storage = self.world.storage
        for _ in range(MOST_ROUNDS):
            await sweep(self.world.deps)
            for restore_id in {work for work, _ in storage.outbox.work}:
                await advance(restore_id, self.world.deps)
            storage.outbox.work.clear()
            self._demand_once()
            if not storage.unfinished.rows:
                return
            due = min(storage.unfinished.rows.values())
            self.world.clock.advance(
                max(due - self.world.clock.now(), timedelta(0)) + timedelta(seconds=61)
            )
        raise AssertionError(f"still unfinished: {storage.unfinished.rows}")

    def _demand_order(self) -> None:
        storage = self.world.storage
        published = {event["id"] for event in storage.outbox.results}
        for restore_id in self.accepted | set(storage.ledger.records):
            record = storage.ledger.records[restore_id].record
            assert record.status.is_final, record
            for attempt in range(1, record.attempts + 1):
                assert f"{record.id}-{attempt}" in published, record
            self._demand_true_steps(record)

    def _demand_true_steps(self, record: Record) -> None:
        """The ledger says nothing that the tenant does not show, of what was changed last."""
        if record.person is None or record.status is not Status.SUCCEEDED:
            return
        if record.outcome is not None and record.outcome.code is Code.DRY_RUN:
            return
        if record.kind is RestoreKind.UNDO:
            original = self.world.storage.ledger.records[record.undoes].record
            assert original.undone_by == record.id, record
        if self._is_outdated(record):
            return
        person = self.world.directory.person(record.person.id)
        is_undone = record.kind is RestoreKind.UNDO
        deletes = record.step(StepName.DELETE_USER) is not None
        assert person.is_deleted == (is_undone and deletes), record
        step = record.step(StepName.ASSIGN_LICENSE)
        if step is not None and step.status is StepStatus.DONE:
            assert is_as_wanted(person, record.licenses), record
        if record.step(StepName.REMOVE_LICENSE) is not None:
            work = TakeBack(licenses=record.licenses, before=record.expected)
            assert is_taken_off(person, work), record

    def _is_outdated(self, record: Record) -> bool:
        """Whether an undo, or a restore after one, has changed the same person since."""
        assert record.person is not None
        assert record.finished_at is not None
        return any(
            other.id != record.id and other.finished_at and other.finished_at >= record.finished_at
            for other in self._records_of(record.person.id)
            if other.was_touched
        )

    def _records_of(self, person_id: str) -> list[Record]:
        records = (stored.record for stored in self.world.storage.ledger.records.values())
        return [one for one in records if one.person is not None and one.person.id == person_id]

    def _demand_once(self) -> None:
        directory = self.world.directory
        for person_id, times in directory.restored.items():
            lost = self.losses.deletions[person_id] + directory.deleted_again[person_id]
            assert times <= lost, (person_id, directory.calls)
        for person_id, times in directory.assigned.items():
            lost = self.losses.removals[person_id] + directory.taken_off[person_id]
            assert times <= lost, (person_id, directory.calls)
        taken = {
            StepName.DELETE_USER: directory.deleted_again,
            StepName.REMOVE_LICENSE: directory.taken_off,
        }
        for name, by_person in taken.items():
            for person_id, times in by_person.items():
                undos = [one for one in self._records_of(person_id) if one.step(name) is not None]
                assert times <= len(undos), (person_id, directory.calls)

    def _any(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.accepted)))

    def _worker(self, kill_at: int, *, after: bool) -> Worker:
        return Worker(self.world, self.losses, kill_at=kill_at, after=after)

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        self._loop.run(work)
        self._demand_once()
