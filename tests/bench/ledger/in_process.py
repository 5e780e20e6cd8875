"""Run the real ledger, queues and clock inside the process of a bench, without a host."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.events.fan_out import EventFanOut
from shared.ledger.connections import StorageSettings
from shared.ledger.storage import Storage, open_storage
from shared.ports.deps import IntakeDeps
from shared.texts.reader import Audience


class MachineClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - this is the clock

    async def pause(self, span: timedelta) -> None:
        """Let this much time pass."""
        await asyncio.sleep(span.total_seconds())


@asynccontextmanager
async def opened(connection_string: str) -> AsyncIterator[Storage]:
    """The storage ports, with all tables and queues there."""
    storage = open_storage(StorageSettings(connection_string=connection_string))
    try:
        await storage.ensure()
        yield storage
    finally:
        await storage.close()


def intake_of(storage: Storage) -> IntakeDeps:
    """What the use cases that need no Graph are handed."""
    names = [item.name for item in fields(IntakeDeps)]
    ports: dict[str, Any] = {
        name: getattr(storage, name) for name in names if hasattr(storage, name)
    }
    return IntakeDeps(
        **ports,
        clock=MachineClock(),
        publisher=EventFanOut(),
        keep=timedelta(days=90),
        keep_seen=timedelta(days=90),
        retention=timedelta(days=30),
        audience=Audience(),
        callback_hosts=(),
    )
