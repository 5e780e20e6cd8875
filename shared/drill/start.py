"""Begin a drill: the restore of a throw-away account that it deletes itself, on the timer."""

from contextlib import suppress
from datetime import datetime

from shared.domain.drills.drill import DRILLS_APART, drill_id, drill_order, tries_again_at
from shared.domain.records.record import Record
from shared.errors import KeyReusedError, UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.restore.accept import accept
from shared.restore.drilling.told import DRILL, note_begun


async def start_drill(user: str | None, deps: IntakeDeps) -> Record | None:
    """The drill that was begun.

    None: there are none, one is under way or still has to bring its account back, there was one
    lately, or another release wrote the last one.

    Raises:
        StorageUnavailableError: it may have begun; begun again on the same day, it is the same.
    """
    if user is None:
        return None
    try:
        last = await last_drill(deps)
    except UnreadableTextError:
        # Another release wrote it: its account may still have to come back.
        return None
    now = deps.clock.now()
    if last is not None and _is_in_the_way(last, now, deps):
        return None
    with suppress(KeyReusedError):
        begun = await accept(drill_order(user, now), deps)
        # Not before: if nothing was begun, the last drill is still the one to tell of.
        await note_begun(begun.record, deps)
        return begun.record if begun.is_new else None
    return None


def _is_in_the_way(last: Record, now: datetime, deps: IntakeDeps) -> bool:
    is_over = last.status.is_final and tries_again_at(last, deps.retention) is None
    return not is_over or now < last.created_at + DRILLS_APART


async def last_drill(deps: IntakeDeps) -> Record | None:
    """The drill that was begun last; None: there was none, or it is past its keep time.

    Raises:
        StorageUnavailableError: it could not be read.
    """
    begun_at = await deps.health_signals.last_beat(DRILL)
    stored = await deps.ledger.read(drill_id(begun_at)) if begun_at is not None else None
    return None if stored is None else stored.record
