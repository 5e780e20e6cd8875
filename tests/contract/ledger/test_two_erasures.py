"""Two hosts erase the same person at once from a journal too long for one transaction."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import pytest
from azure.data.tables.aio import TableClient

from shared.domain.records.chain import ERASED, without_personal
from shared.errors import LeaseLostError
from shared.ledger.records_and_journals import TableLedger
from shared.ledger.tables.rows import TRANSACTION_LIMIT, Operation, Rows
from tests.contract.ledger.storages import a_new_record, an_entry

_LONG = TRANSACTION_LIMIT + 20


class _Meeting(Rows):
    """Rows of a host beside which another one acts before this one's second transaction."""

    other: Callable[[], Awaitable[None]]
    _submitted = 0

    async def submit(self, operations: Sequence[Operation]) -> list[Mapping[str, object]]:
        """Submit, and let the other host act in between."""
        self._submitted += 1
        if self._submitted == 2:
            await self.other()
        return await super().submit(operations)


async def _erase(ledger: TableLedger, restore_id: str) -> None:
    stored = await ledger.read(restore_id)
    assert stored is not None
    await ledger.erase(stored, stored.record, without_personal, an_entry(ERASED))


async def test_the_slower_one_looks_again(account: str) -> None:
    """It is told that another one writes; nothing personal is left, and the same again is fine."""
    record = a_new_record()
    async with TableClient.from_connection_string(account, "restores") as client:
        calm, rows = TableLedger(Rows(client)), _Meeting(client)
        rows.other = lambda: _erase(calm, record.id)
        assert await calm.insert(record, an_entry(worker="Megan"))
        stored = await calm.read(record.id)
        assert stored is not None
        for some in (TRANSACTION_LIMIT - 1, _LONG - TRANSACTION_LIMIT):
            entries = (an_entry(worker="Megan") for _ in range(some))
            stored = await calm.write(stored, record, *entries)

        with pytest.raises(LeaseLostError):
            await _erase(TableLedger(rows), record.id)
        await _erase(calm, record.id)

        assert "Megan" not in repr(await calm.journal(record.id))
