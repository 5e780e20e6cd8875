"""Ports to the waits that Graph ordered and all workers share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from shared.errors import Quota


class Throttles(Protocol):
    """What one throttled worker tells the others: Graph looks at nothing before an instant."""

    async def read(self) -> Mapping[Quota, datetime]:
        """For each quota that was used up lately, when it is free again; by one round trip."""
        ...

    async def note(self, quota: Quota, until: datetime) -> None:
        """Warn the others, unless a later instant stands there already."""
        ...
