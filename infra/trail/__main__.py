"""Check the tables and blobs themselves, past the service: `python -m infra.trail`.

    --account <name>               with the roles to read tables and blobs, and `az login`
    --connection-string <text>     Azurite, or an account with keys
    --file <export>                only an export; what check_trail.py does
    --known <hash>                 with any of them: the last day's hash of an earlier check

It reads, and writes nothing. Besides the links it holds each journal against the end that its
record knows: so a last entry that was removed is found before the day is closed.
"""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

from azure.data.tables.aio import TableClient
from azure.identity.aio import DefaultAzureCredential
from azure.storage.blob.aio import ContainerClient

from infra.trail import check_trail
from infra.trail.check_trail import Broken, Trail
from shared.documents.trail import trail_line
from shared.domain.audit_trail.days import DAYS, decode_day
from shared.domain.audit_trail.erasures import ERASURES, decode_erasure
from shared.domain.audit_trail.items import TrailEntry, item_in
from shared.domain.records.progress import JournalEntry
from shared.ledger.records_and_journals import CHANGED
from shared.ledger.tables.rows import Rows
from shared.ledger.trail_store.entries import entry_in
from shared.ledger.trail_store.proofs import CONTAINER, BlobProofs
from shared.texts.reader import Reader

_NAME = "restores"


async def check(restores: Rows, proofs: BlobProofs, now: datetime, known: str = "") -> Trail:
    """The trail, if every link of it holds, and the day whose hash is known is in it.

    Raises:
        Broken: one does not.
    """
    trail = Trail(now, known=known)
    async for name in proofs.names(DAYS):
        day = item_in(name, await proofs.read(name) or b"", decode_day)
        trail.take(trail_line(day, Reader()))
    async for entry in _entries(restores):
        trail.take(trail_line(entry, Reader()))
    async for name in proofs.names(ERASURES):
        erasure = item_in(name, await proofs.read(name) or b"", decode_erasure)
        trail.take(trail_line(erasure, Reader()))
    trail.finish()
    return trail


async def _entries(restores: Rows) -> AsyncIterator[TrailEntry]:
    """Every entry, by restore and number; behind the last one of a restore stands its record."""
    last: JournalEntry | None = None
    async for page in restores.pages("PartitionKey ne @changed", {"changed": CHANGED}):
        for row in page:
            if row["RowKey"] != "record":
                entry = entry_in(row)
                if isinstance(entry, JournalEntry):
                    last = entry
                    _demand_in_place(row, entry)
                yield entry
                continue
            link = last.link if last is not None else None
            if link is None or (link.restore_id, link.hash) != (row["PartitionKey"], row["head"]):
                raise Broken(f"the end of restore {row['PartitionKey']} is not its record's")


def _demand_in_place(row: Any, entry: JournalEntry) -> None:
    link = entry.link
    place = link and (link.restore_id, f"j-{link.number:06d}")
    if place != (row["PartitionKey"], row["RowKey"]):
        raise Broken(f"entry {row['RowKey']} of restore {row['PartitionKey']} is another's")


async def _check_account(account: str | None, connection: str | None, known: str) -> Trail:
    async with AsyncExitStack() as stack:
        if connection is not None:
            table = TableClient.from_connection_string(connection, _NAME)
            blobs = ContainerClient.from_connection_string(connection, CONTAINER)
        else:
            credential = await stack.enter_async_context(DefaultAzureCredential())
            host = f"https://{account}"
            tables, blob_host = f"{host}.table.core.windows.net", f"{host}.blob.core.windows.net"
            table = TableClient(tables, _NAME, credential=credential)
            blobs = ContainerClient(blob_host, CONTAINER, credential=credential)
        await stack.enter_async_context(table)
        await stack.enter_async_context(blobs)
        now = datetime.now(UTC)  # noqa: TID251 - a command of a person
        return await check(Rows(table), BlobProofs(lambda: blobs), now, known)


def main() -> int:
    """Check, and end as check_trail.py does: 0 to 3."""
    about = (__doc__ or "").partition(": `")[0] + ": whether the trail was rewritten. Reads only."
    parser = argparse.ArgumentParser(prog="python -m infra.local trail", description=about)
    where = parser.add_mutually_exclusive_group(required=True)
    where.add_argument("--account", help="the storage account")
    where.add_argument("--connection-string", help="of Azurite, or of an account with keys")
    where.add_argument(
        "--file", help="only an export, whole; for a part of one: infra/trail/check_trail.py"
    )
    parser.add_argument(
        "--known", default="", metavar="HASH", help="the last day's hash of an earlier check"
    )
    given = parser.parse_args()
    if given.file:
        return check_trail.main([given.file, "--known", given.known])
    try:
        trail = asyncio.run(_check_account(given.account, given.connection_string, given.known))
    except Broken as broken:
        print(f"broken: {broken}")
        return 1
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing was proven
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    said, code = check_trail.summary(trail)
    print(said)
    return code


if __name__ == "__main__":
    sys.exit(main())
