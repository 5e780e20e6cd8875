"""Erase a person: what the service remembers of somebody goes from every table.

    a restore under way: refuse ── the erasure, as a blob ── batches ── guards, deliveries,
    subscriptions ── restores ── lists ── that somebody was forgotten ── what was observed, last

The blob says first that it is done on purpose, so a trail that lacks something always has the
reason. What tells names apart goes last: after a crash anywhere the same again does the rest. So
restores, by which somebody is known who was never observed, come behind what is searched for names;
and a host that takes in an item of a batch meanwhile makes a restore that is still to come.

A restore that has sent a change, or may have, is not broken off: whoever asks is told to wait. One
that has changed nothing ends as cancelled, without a name in the event of its end.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from shared import telemetry
from shared.audit_trail.erase_orders import erase_from_batches, erase_from_orders
from shared.domain.audit_trail.erasures import encode_erasure, erasure_blob, erasure_of
from shared.domain.audit_trail.traces import (
    Traces,
    entry_without,
    names_in,
    own_record_without,
    without,
)
from shared.domain.records.chain import ERASED
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import RequestedBy
from shared.domain.text import text
from shared.errors import (
    BusyError,
    LeaseLostError,
    NotCancellableError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.ports.deps import IntakeDeps
from shared.ports.ledger import StoredRecord
from shared.restore.accept import QUEUE_GRACE
from shared.restore.conclude import publish_end
from shared.watch.ask_for_a_round import note_look
from shared.watch.forget import note_forgotten

# Workers write a handful of times in a row.
_TRIES = 10


async def erase_person(user_id: str, by: RequestedBy, deps: IntakeDeps) -> None:
    """Forget the person with this object id; of somebody unknown there is nothing to forget.

    Raises:
        NotCancellableError: a restore of this person is under way; nothing was erased.
        BusyError: workers wrote faster than this could; the same again does the rest.
        StorageUnavailableError: some was erased; the same again does the rest.
    """
    traces = await _traces(user_id, deps)
    async for stored in _restores(deps):
        _demand_over(stored.record, traces)
    erasure = erasure_of(user_id, by, deps.clock.now())
    if not await deps.proofs.keep(erasure_blob(erasure), encode_erasure(erasure)):
        raise StorageUnavailableError("an erasure of this very instant is there already")
    try:
        await erase_from_batches(traces, deps)
        await erase_from_orders(traces, deps)
    except LeaseLostError as error:
        raise BusyError from error
    async for stored in _restores(deps):
        await _erase_from(stored.record.id, traces, by, erasure.at, deps)
    await deps.loss_list.drop([user_id])
    await _forget_observed(user_id, deps)


async def _traces(user_id: str, deps: IntakeDeps) -> Traces:
    """Everything by which the person can be recognised in texts."""
    traces = Traces(user_id)
    kept = (await deps.watch.observations.many([user_id])).get(user_id)
    if kept is not None:
        names = kept.observation.names
        traces = traces.with_names(
            (
                names.user_principal_name,
                names.display_name,
                *names.addresses,
                *names.current,
                *names.former,
            )
        )
    async for stored in _restores(deps):
        for candidate in stored.record.candidates:
            if candidate.id == user_id:
                more = (candidate.user_principal_name, candidate.display_name)
                traces = traces.with_names(more)
        if traces.is_of(stored.record):
            traces = traces.with_names(names_in(stored.record))
    return traces


async def _restores(deps: IntakeDeps) -> AsyncIterator[StoredRecord]:
    """Every restore there is; one that this release cannot read is left, and reported."""
    async for restore_id in deps.trail.created_since(None):
        try:
            stored = await deps.ledger.read(restore_id)
        except UnreadableTextError as error:
            telemetry.failed(f"erasing from restore {restore_id}", error)
            continue
        if stored is not None:
            yield stored


def _demand_over(record: Record, traces: Traces) -> None:
    is_under_way = not record.status.is_final and not record.is_cancellable
    if traces.is_of(record) and is_under_way:
        raise NotCancellableError(text("not-cancellable", "erasing", restore_id=record.id))


async def _erase_from(
    restore_id: str, traces: Traces, by: RequestedBy, at: datetime, deps: IntakeDeps
) -> None:
    for _ in range(_TRIES):
        stored = await deps.ledger.read(restore_id)
        if stored is None:
            return
        _demand_over(stored.record, traces)
        try:
            await _erase_once(stored, traces, by, at, deps)
        except LeaseLostError:
            continue
        return
    raise BusyError


async def _erase_once(
    stored: StoredRecord, traces: Traces, by: RequestedBy, at: datetime, deps: IntakeDeps
) -> None:
    """Leave of the restore what may stay; one of this person's that has not ended ends here."""
    record, is_own = stored.record, traces.is_of(stored.record)
    entries = [JournalEntry(at, ERASED, text("journal", "erased"), by=replace(by, name=None))]
    ends = is_own and not record.status.is_final
    if ends:
        record = record.cancel(at)
        entries.insert(0, JournalEntry(at, "cancelled", by=replace(by, name=None)))
        await deps.unfinished.note(record.id, at + QUEUE_GRACE)
    left = own_record_without(record, traces) if is_own else without(record, traces)
    await deps.ledger.erase(
        stored, left, lambda entry: entry_without(entry, traces, is_own=is_own), *entries
    )
    if record.join_mark and is_own:
        await deps.joins.forget(record.join_mark, record.id)
    if ends:
        telemetry.ended(left)
        await publish_end(left, deps)


async def _note_forgotten(user_id: str, deps: IntakeDeps) -> None:
    """Have nobody conclude from what is gone; whoever is still there is looked at next time.

    The feed tells of changes alone, and would not name somebody again whose licence stays.
    """
    now = deps.clock.now()
    await deps.watch.doubts.note(user_id, now)
    if not await note_forgotten(now, deps):
        raise BusyError


async def _forget_observed(user_id: str, deps: IntakeDeps) -> None:
    was_seen = False
    for _ in range(_TRIES):
        kept = (await deps.watch.observations.many([user_id])).get(user_id)
        if kept is None and was_seen:
            # A round beside this one may have settled the doubt while the person was remembered.
            await deps.watch.doubts.note(user_id, deps.clock.now())
            await note_look(deps.clock.now(), deps)
        if kept is None:
            return
        was_seen = True
        await _note_forgotten(user_id, deps)
        names = kept.observation.names
        await deps.watch.names.forget(user_id, (*names.current, *names.former))
        await deps.watch.observations.remove(kept)
    raise BusyError
