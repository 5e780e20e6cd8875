"""The real ledger, outbox and clock in the process of a bench, without a host."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from infra.local.landscape import Azurite
from shared.ledger.storage import Storage, StorageSettings, open_storage
from shared.restore.deps import IntakeDeps


class MachineClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock


@asynccontextmanager
async def opened(azurite: Azurite) -> AsyncIterator[Storage]:
    """The storage ports, with all tables and queues there."""
    storage = open_storage(StorageSettings(connection_string=azurite.connection_string))
    try:
        await storage.ensure()
        yield storage
    finally:
        await storage.close()


def intake_of(storage: Storage) -> IntakeDeps:
    """What the use cases that need no Graph are handed."""
    return IntakeDeps(
        clock=MachineClock(),
        ledger=storage.ledger,
        joins=storage.joins,
        unfinished=storage.unfinished,
        days=storage.days,
        locks=storage.locks,
        observations=storage.observations,
        throttles=storage.throttles,
        outbox=storage.outbox,
        keep=timedelta(days=90),
    )
