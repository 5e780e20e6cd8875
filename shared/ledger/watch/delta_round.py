"""Store the progress of the watch in one row of the table `observeround`, under its ETag."""

from shared.errors import LeaseLostError
from shared.ledger.tables.codec import ROUNDS
from shared.ledger.tables.entity import etag_of, join, split
from shared.ledger.tables.faults import RowStateError
from shared.ledger.tables.rows import Rows
from shared.ports.watch import DeltaRound, StoredDeltaRound

_PLACE = {"PartitionKey": "round", "RowKey": "users"}


class TableDeltaRounds:
    """The DeltaRounds port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def read(self) -> StoredDeltaRound:
        """The round; a fresh one if there is none yet. One point read.

        Raises:
            UnreadableTextError: it was written by a release this one cannot read.
        """
        row = await self._rows.get(_PLACE["PartitionKey"], _PLACE["RowKey"])
        if row is None:
            return StoredDeltaRound(DeltaRound(), None)
        return StoredDeltaRound(ROUNDS.decode(join(row)), etag_of(row.metadata))

    async def write(self, stored: StoredDeltaRound, changed: DeltaRound) -> StoredDeltaRound:
        """Replace the round if it is still the one in `stored`. One round trip.

        Raises:
            LeaseLostError: another worker wrote it since, or a first try of ours arrived although
                its answer was lost; in doubt the run stops, and the next one goes on.
        """
        row = {**_PLACE, **split(ROUNDS.encode(changed))}
        try:
            if stored.etag is None:
                return StoredDeltaRound(changed, await self._rows.create(row))
            return StoredDeltaRound(changed, await self._rows.replace(row, stored.etag))
        except RowStateError as error:
            raise LeaseLostError("another run goes on with the round") from error
