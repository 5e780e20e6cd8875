"""Remember for some minutes what the audit log told a check of one person.

The log has five requests in ten seconds for the whole tenant, and a check of many people is sent
away when they are used up. Whoever comes back goes on with those who are not answered yet.
A restore asks anew: what it changes rests on what it has read itself.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shared.domain.evidence.audit_records import AuditRecord

# The log itself is late by minutes. A hundred people take over three minutes of it.
REMEMBERED_FOR = timedelta(minutes=5)
_MOST_PEOPLE = 2_000


@dataclass(slots=True)
class LogMemory:
    """What one worker has read; of the people remembered longest the first are forgotten."""

    _told: dict[str, tuple[datetime, tuple[AuditRecord, ...]]] = field(default_factory=dict)

    def of(self, user_id: str, now: datetime) -> tuple[AuditRecord, ...] | None:
        """The records that were read of this person lately; None: nobody has asked."""
        told = self._told.get(user_id)
        if told is None or not told[0] <= now < told[0] + REMEMBERED_FOR:
            return None
        return told[1]

    def keep(self, user_id: str, records: tuple[AuditRecord, ...], now: datetime) -> None:
        """Remember these records of a person, which were read now."""
        self._told.pop(user_id, None)
        if len(self._told) >= _MOST_PEOPLE:
            del self._told[next(iter(self._told))]
        self._told[user_id] = (now, records)
