"""Have the tenant looked at again before the next tick of the timer; the sweep sees to it."""

from datetime import datetime

from shared.domain.watch.second_look import WATCH_ID
from shared.ports.deps import IntakeDeps


async def note_look(at: datetime, deps: IntakeDeps) -> None:
    """Have the tenant looked at then, unless that is noted for earlier.

    Raises:
        StorageUnavailableError: it may be noted; if not, the timer's next tick is the next look.
    """
    noted = await deps.unfinished.find(WATCH_ID)
    if noted is None or at < noted.due_at:
        await deps.unfinished.note(WATCH_ID, at)
