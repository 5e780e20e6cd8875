"""Note on a restore that it was taken back, once the undo has ended so."""

from contextlib import suppress

from shared import telemetry
from shared.domain.outcomes import Code
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.errors import BusyError, LeaseLostError, UnreadableTextError
from shared.ports.deps import IntakeDeps

# Nobody but a retry or a late callback writes an ended restore.
_TRIES = 5


async def note_undone(undo: Record, deps: IntakeDeps) -> None:
    """Note it on the restore that this undo has taken back; any number of times.

    One that this release cannot read stays without the note, and the log has it: the undo has
    ended all the same, and that is told.

    Raises:
        BusyError: others write it at this very moment; the sweep tries again.
        StorageUnavailableError: it may be written.
    """
    if not undo.undoes or undo.outcome is None or undo.outcome.code is not Code.UNDONE:
        return
    for _ in range(_TRIES):
        try:
            stored = await deps.ledger.read(undo.undoes)
        except UnreadableTextError as error:
            telemetry.failed(f"noting undo {undo.id} on restore {undo.undoes}", error)
            return
        if stored is None or stored.record.undone_by == undo.id:
            return
        now = undo.finished_at or deps.clock.now()
        entry = JournalEntry(
            now, "undone", text("journal", "undone", restore_id=undo.id), by=undo.requested_by
        )
        with suppress(LeaseLostError):
            await deps.ledger.write(stored, stored.record.undone(undo.id, now), entry)
            return
    raise BusyError
