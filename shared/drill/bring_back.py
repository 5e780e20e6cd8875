"""Take up a drill that has ended and left its account deleted: nobody else may know of it.

Whatever ended it (a refusal, a worker that died over and over, a name that somebody else took) may
be over by now. It is tried again after an hour, then ever more rarely, until the account could not
come back any more; each end is told. Only the way back is tried: a retry never deletes.
"""

from contextlib import suppress

from shared.domain.drills.drill import DRILL_TIMER, tries_again_at
from shared.domain.records.record import Record
from shared.drill.start import last_drill
from shared.errors import BusyError, NotRetryableError, UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.restore.retry import retry_restore


async def bring_back(deps: IntakeDeps) -> Record | None:
    """The last drill, queued for another try; None: it is not wanted, or not yet.

    Raises:
        StorageUnavailableError: it may be queued; the next call tells.
    """
    try:
        last = await last_drill(deps)
    except UnreadableTextError:
        # Another release wrote it, and will take it up.
        return None
    due_at = None if last is None else tries_again_at(last, deps.retention)
    if last is None or due_at is None or deps.clock.now() < due_at:
        return None
    with suppress(BusyError, NotRetryableError):
        return await retry_restore(last.id, DRILL_TIMER, deps)
    return None
