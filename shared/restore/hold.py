"""Hold one restore for one worker, from the claim to the moment the worker lets go.

    claim ───────── lease (25 s) ─────────▶ others may claim
      │  every write renews the lease and carries the ETag of the one before it; while none is due,
      │  the lease is renewed every 8 s, for as long as the worker lives
      └─ an effect is sent within seconds of being written down, or not at all

A worker that lost its hold gets LeaseLostError from its next write, and writes nothing more.

Why so short a lease is safe: it is not what keeps two workers apart. Of two at once one writes,
since each write carries the ETag of the one before; and whoever takes up a step that is being
attempted looks, and sends nothing before the doubt is over (sending.IN_DOUBT), which is longer
than a request of the first worker can still be on its way. The lease spares double work; its length
is how long a restore stands still when its worker dies.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared import telemetry
from shared.domain.decision import StepName
from shared.domain.outcomes import Outcome
from shared.domain.records.progress import (
    JournalEntry,
    Step,
    StepStatus,
)
from shared.domain.records.record import Record
from shared.domain.text import Text, text
from shared.errors import LeaseLostError, ReprieveError
from shared.ports.deps import Deps
from shared.ports.ledger import StoredRecord

# How long a dead worker blocks its restore from whoever else comes. Half of it would run out while
# storage takes its ten seconds for one write (the ledger's DEADLINE), and a living worker's work be
# done once more; twice as long, and a restore stands still for two minutes after a crash.
LEASE = timedelta(seconds=25)

# Even two writes of the longest duration are done in this time.
RENEW_AFTER = timedelta(seconds=8)

# From writing an effect down to sending it. A worker that was held up for longer does not know what
# others have done since. The request leaves within another twenty seconds: a token (9 s at most), a
# connection of the pool (5 s), a new one (5 s); in all less than half of the time of doubt.
PROMPT = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class _Line:
    """A journal entry, and the step that it reports as ended, if any."""

    entry: JournalEntry
    ended: Step | None = None


class Hold:
    """The hold of one worker on one restore."""

    def __init__(self, stored: StoredRecord, deps: Deps) -> None:
        self._stored = stored
        self._record = stored.record
        self.deps = deps
        self._unwritten: list[_Line] = []
        self._writing = asyncio.Lock()

    @property
    def record(self) -> Record:
        """The record as last written, with the notes that the next write will carry along."""
        return self._record

    def now(self) -> datetime:
        """The present instant."""
        return self.deps.clock.now()

    @asynccontextmanager
    async def kept_alive(self) -> AsyncIterator[None]:
        """Renew the lease as long as this lasts, whatever the run waits for."""
        renewing = asyncio.create_task(self._keep_renewing())
        try:
            yield
        finally:
            # Not in the middle of a write: nobody would know whether it arrived.
            async with self._writing:
                renewing.cancel()

    async def _keep_renewing(self) -> None:
        while True:
            await self.deps.clock.pause(RENEW_AFTER)
            async with self._writing:
                if self._stored.record.lease is None:
                    return
                # If the lease is lost, the next write of the run raises.
                with suppress(ReprieveError):
                    await self._renew()

    async def _renew(self) -> None:
        renewed = self._stored.record.renew(self.now(), LEASE)
        self._stored = await self.deps.ledger.write(self._stored, renewed)
        self._record = replace(self._record, lease=renewed.lease)

    async def let_go(self) -> None:
        """Give the lease up after a fault of ours, so that the next try need not wait for its end.

        The message then comes back to a restore that can be claimed, and after enough tries lands
        on the poison queue, where the restore ends. If even this write fails, the lease runs out.
        """
        if self._stored.record.lease is None:
            # Settled or parked already: the sweep does what is left.
            return
        now = self.now()
        entry = JournalEntry(now, "let-go", text("journal", "run-failed"))
        with suppress(ReprieveError):
            await self.deps.ledger.write(self._stored, self._stored.record.hand_over(now), entry)

    async def save_quietly(self, record: Record) -> None:
        """Write the record without a journal entry: one more wait for the same reason.

        Raises:
            LeaseLostError: another worker holds the restore; nothing was written.
        """
        await self._write(record)

    async def save(
        self,
        record: Record,
        event: str,
        detail: Text | None = None,
        step: StepName | None = None,
        *,
        request_id: str | None = None,
    ) -> None:
        """Write the record and one journal entry, and renew the lease.

        Raises:
            LeaseLostError: another worker holds the restore; nothing was written.
        """
        now = self.now()
        line = _Line(JournalEntry(now, event, detail, request_id, step))
        await self._write(record.renew(now, LEASE), line)

    async def _write(self, record: Record, *lines: _Line) -> None:
        """Write the record with all pending notes, then log the steps that ended."""
        async with self._writing:
            written = (*self._unwritten, *lines)
            entries = (line.entry for line in written)
            self._stored = await self.deps.ledger.write(self._stored, record, *entries)
            self._record, self._unwritten = self._stored.record, []
        for line in written:
            if line.ended is not None:
                telemetry.stepped(self._record, line.ended)

    async def save_notes(self) -> None:
        """Write the pending notes, and renew the lease.

        Raises:
            LeaseLostError: another worker holds the restore; nothing was written.
        """
        await self._write(self.record.renew(self.now(), LEASE))

    def forget_notes(self) -> None:
        """Discard the pending notes: go back to the record as last written."""
        self._record, self._unwritten = self._stored.record, []

    def note_plan(self, detail: Text) -> None:
        """Note that the plan is made; it is written together with its first result."""
        self._unwritten.append(_Line(JournalEntry(self.now(), "planned", detail)))

    async def attempt(self, step: Step) -> Step:
        """Write down that the effect of this step is about to be sent, just before it is.

        Raises:
            LeaseLostError: the hold is lost, or writing took too long; nothing was sent.
        """
        now = self.now()
        trying = replace(
            step,
            status=StepStatus.ATTEMPTING,
            started_at=now,
            ended_at=None,
            attempts=step.attempts + 1,
        )
        detail = text("journal", "attempt", count=trying.attempts)
        await self.save(self.record.with_step(trying, now), "attempting", detail, step.name)
        if self.now() - now > PROMPT:
            raise LeaseLostError(f"an effect on {self.record.id} was held up before it was sent")
        return trying

    def note_ended(
        self,
        step: Step,
        status: StepStatus,
        detail: Text | None = None,
        request_id: str | None = None,
    ) -> None:
        """Remember how this step ended; the next write carries it along.

        Enough for a step that only looked: were the note lost, the next run would look once more.
        After one that changes something, `save_notes`.
        """
        now = self.now()
        ended = replace(
            step,
            status=status,
            started_at=step.started_at or now,
            ended_at=now,
            detail=detail or step.detail,
            graph_request_id=request_id or step.graph_request_id,
        )
        over = replace(self.record, waits=0, waited_for=None, last_wait=None)
        self._record = over.with_step(ended, now)
        entry = JournalEntry(now, status.value, detail, request_id, step.name)
        self._unwritten.append(_Line(entry, ended))

    async def undo_attempt(self, step: Step, why: Text) -> None:
        """Write down that the effect certainly did not happen.

        The reason goes to the journal: what the step is about stays true of its next attempt.
        """
        now = self.now()
        back = replace(step, status=StepStatus.PENDING)
        await self.save(self.record.with_step(back, now), "not-done", why, step.name)

    async def fail_step(self, step: Step, outcome: Outcome, request_id: str | None) -> None:
        """Write down that Graph refused this step for good."""
        now = self.now()
        failed = replace(
            step,
            status=StepStatus.FAILED,
            ended_at=now,
            detail=outcome.text,
            graph_request_id=request_id,
        )
        entry = JournalEntry(now, "refused", outcome.text, request_id, step.name)
        await self._write(
            self.record.with_step(failed, now).renew(now, LEASE), _Line(entry, failed)
        )
