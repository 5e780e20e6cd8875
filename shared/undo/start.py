"""Accept an undo: one ended restore, taken back once, by a record of its own.

The id of the undo follows from the restore and its attempt, so that a request that is repeated, by
a flow or by two people, meets the undo that is there already.
"""

from contextlib import suppress

from shared.domain.records.record import Record
from shared.domain.requests.keys import KeySpace, RestoreOrder, undo_id
from shared.domain.requests.request import RequestedBy, RestoreKind, RestoreRequest
from shared.domain.text import text
from shared.domain.undos.take_back import take_back_of
from shared.errors import KeyReusedError, NotUndoableError
from shared.lists.one_restore import read_restore
from shared.ports.deps import IntakeDeps
from shared.restore.accept import accept


async def start_undo(
    restore_id: str, reason: str | None, by: RequestedBy, deps: IntakeDeps, *, is_allowed: bool
) -> Record:
    """The undo of this restore: a new one, or the one that was asked for before.

    Raises:
        RestoreNotFoundError: there is no such restore.
        NotUndoableError: undoing is turned off, or there is nothing to take back; nothing was
            begun.
        TooManyError: the caller has too many restores under way; nothing was begun.
        StorageUnavailableError: the undo may exist; the same request again joins it.
    """
    original = await read_restore(restore_id, deps)
    known = await deps.ledger.read(_id_of_undo(original))
    if known is not None:
        return known.record
    if not is_allowed:
        raise NotUndoableError(text("not-undoable", "off"))
    order = _order(original, reason, by)
    with suppress(KeyReusedError):
        return (await accept(order, deps)).record
    # Somebody else was faster, and gave another reason.
    return await read_restore(_id_of_undo(original), deps)


def _order(original: Record, reason: str | None, by: RequestedBy) -> RestoreOrder:
    person = original.person
    if original.kind in {RestoreKind.UNDO, RestoreKind.DRILL}:
        raise NotUndoableError(text("not-undoable", "of-its-own"))
    if not original.status.is_final:
        raise NotUndoableError(text("not-undoable", "unfinished", status=original.status.value))
    if person is None or not take_back_of(original).is_any:
        raise NotUndoableError(text("not-undoable"))
    request = RestoreRequest(RestoreKind.UNDO, person.id, reason=reason)
    return RestoreOrder(
        request,
        by,
        _id_of_undo(original),
        KeySpace("undo", original.id).mark(str(original.attempts)),
        undoes=original.id,
        person=person,
    )


def _id_of_undo(original: Record) -> str:
    return undo_id(original.id, original.attempts, original.created_at)
