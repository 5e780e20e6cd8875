"""A world whose ledger and blobs are on Azurite, and its alone, so that they can be hurt."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient
from azure.storage.blob.aio import ContainerClient

from infra.trail.check_trail import Broken, Trail
from shared.audit_trail.export import read_trail
from shared.documents.trail import trail_line
from shared.domain.audit_trail.query import TrailQuery
from shared.domain.records.progress import JournalEntry
from shared.domain.values.json_values import Json
from shared.ledger.records_and_journals import TableLedger
from shared.ledger.restores_by_day import TableDays
from shared.ledger.storage import Storage
from shared.ledger.tables.codec import ENTRIES
from shared.ledger.tables.entity import join, split
from shared.ledger.tables.rows import Rows
from shared.ledger.trail_store.entries import TableTrail
from shared.ledger.trail_store.proofs import BlobProofs
from shared.texts.reader import Reader
from tests.contract.ledger.storages import an_id
from tests.fakes.ledger import in_memory_storage
from tests.unit.world.world import World


@dataclass
class Hurt:
    """The world, and what an attacker with every right on the data gets hold of."""

    world: World
    table: TableClient
    blobs: ContainerClient

    async def rows(self, restore_id: str) -> list[TableEntity]:
        """The journal of a restore, as it lies there."""
        query = f"PartitionKey eq '{restore_id}' and RowKey lt 'record'"
        return [row async for row in self.table.query_entities(query)]

    async def put(self, row: TableEntity, entry: JournalEntry, row_key: str | None = None) -> None:
        """Write an entry in place of what a row says, or beside it."""
        bare = {name: value for name, value in row.items() if not name.startswith("doc")}
        keys = {"RowKey": row_key or row["RowKey"]}
        new = {**bare, **keys, **split(ENTRIES.encode(entry))}
        await self.table.upsert_entity(new, UpdateMode.REPLACE)

    async def rewrite_blob(self, name: str, **fields: object) -> None:
        """Change some fields of a blob, and leave the others."""
        blob = await self.blobs.download_blob(name)
        content = json.loads(await blob.readall()) | fields
        await self.blobs.upload_blob(name, json.dumps(content), overwrite=True)

    async def names(self, start: str) -> list[str]:
        """The blobs whose names begin so."""
        return [name async for name in self.blobs.list_blob_names(name_starts_with=start)]

    async def lines(self, top: int = 7) -> list[Json]:
        """The whole export, by pages of so many."""
        query, lines = TrailQuery(top=top), list[Json]()
        while True:
            page = await read_trail(query, self.world.deps)
            lines += [trail_line(item, Reader()) for item in page.items]
            if page.next is None:
                return lines
            query = replace(query, place=page.next)

    async def verdict(self) -> str:
        """What the checker says of the export: empty where it holds, else the broken link."""
        return verdict_on(await self.lines(), self.world)


def verdict_on(lines: Iterable[Json], world: World) -> str:
    """What the checker says of these lines: empty where they hold, else the broken link."""
    checker = Trail(world.clock.now())
    try:
        for line in json.loads(json.dumps(list(lines))):
            checker.take(line)
        checker.finish()
    except Broken as broken:
        return str(broken)
    return ""


def entry_of(row: TableEntity) -> JournalEntry:
    """The entry in a row."""
    return ENTRIES.decode(join(row))


# What other tests have left on the tables would hold these up.
_IN_MEMORY = (
    *("joins", "unfinished", "locks", "observations", "throttles", "audit_cursors", "seats"),
    *("outbox", "guards", "guard_mark", "watch", "loss_list", "deliveries", "subscriptions"),
    *("batches", "callers", "health_signals"),
)


@asynccontextmanager
async def hurt_world(connection: str, storage: Storage) -> AsyncIterator[Hurt]:
    """A world in memory but for its ledger, which is on tables and a container of its own."""
    restores, days = f"r{an_id()}", f"d{an_id()}"
    async with (
        TableClient.from_connection_string(connection, restores) as table,
        TableClient.from_connection_string(connection, days) as by_day,
        ContainerClient.from_connection_string(connection, f"c{an_id()}") as blobs,
    ):
        await table.create_table()
        await by_day.create_table()
        rows, day_rows = Rows(table), Rows(by_day)
        memory = in_memory_storage()
        kept: dict[str, Any] = {name: getattr(memory, name) for name in _IN_MEMORY}
        own = replace(
            storage,
            **kept,
            ledger=TableLedger(rows),
            days=TableDays(day_rows),
            trail=TableTrail(rows, day_rows),
            proofs=BlobProofs(lambda: blobs),
        )
        yield Hurt(World(storage=own), table, blobs)  # type: ignore[arg-type] # the same ports
