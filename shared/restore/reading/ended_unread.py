"""Tell of a restore that this release cannot read whether it has ended, by what stands beside it.

Its record is of another release, or damaged; one that is damaged for ever would else hold its user,
its place in a queue and its caller's room for ever.
"""

from datetime import datetime

from shared.errors import UnreadableTextError
from shared.ports.deps import IntakeDeps


async def ended_unread_at(restore_id: str, deps: IntakeDeps) -> datetime | None:
    """When it was last written, if it has ended; None: it may go on, or nobody can tell.

    Raises:
        StorageUnavailableError: it could not be reached.
    """
    try:
        end = await deps.trail.head(restore_id)
    except UnreadableTextError:
        return None
    return None if end is None or end.is_open else end.head.at
