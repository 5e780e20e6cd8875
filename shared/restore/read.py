"""Read: how one restore stands, by one point read."""

import re

from shared.domain.record import Record
from shared.errors import RestoreNotFoundError
from shared.restore.deps import IntakeDeps

_ID = re.compile(r"[0-9a-f]{32}")


async def read_restore(restore_id: str, deps: IntakeDeps) -> Record:
    """The restore of this id.

    Raises:
        RestoreNotFoundError: there is none, or it is past its keep time.
        StorageUnavailableError: the ledger cannot be reached.
    """
    stored = await deps.ledger.read(restore_id) if _ID.fullmatch(restore_id) else None
    if stored is None:
        raise RestoreNotFoundError
    return stored.record
