"""The Observations port on the table `observations`: the last one of each user."""

from shared.domain.snapshot import Observation
from shared.ledger.codec import OBSERVATIONS
from shared.ledger.entity import join, key, split
from shared.ledger.rows import Rows

_ROW = "last"


class TableObservations:
    """The Observations port; StorageUnavailableError: a write may have arrived."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    async def last(self, user_id: str) -> Observation | None:
        """The last observation of this user. One round trip.

        Raises:
            UnreadableTextError: it was written by a release this one cannot read.
        """
        row = await self._rows.get(key(user_id), _ROW)
        return None if row is None else OBSERVATIONS.decode(join(row))

    async def note(self, observation: Observation) -> None:
        """Keep this observation in place of whatever was kept. One round trip."""
        columns = {"seenAt": observation.seen_at, **split(OBSERVATIONS.encode(observation))}
        partition = key(observation.user_id)
        await self._rows.put({"PartitionKey": partition, "RowKey": _ROW, **columns})
