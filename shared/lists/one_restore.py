"""Read one restore from the ledger by its id."""

from shared.domain.records.record import Record
from shared.domain.requests.request import is_restore_id
from shared.errors import RestoreNotFoundError
from shared.ports.deps import IntakeDeps
from shared.restore.locking import as_it_stands


async def read_restore(restore_id: str, deps: IntakeDeps) -> Record:
    """The restore of this id.

    Raises:
        RestoreNotFoundError: there is none, or it is past its keep time.
        StorageUnavailableError: the ledger cannot be reached.
    """
    stored = await deps.ledger.read(restore_id) if is_restore_id(restore_id) else None
    if stored is None:
        raise RestoreNotFoundError
    return await as_it_stands(stored.record, deps)
