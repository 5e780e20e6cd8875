"""Describe a list of restores: the query, and the place reached in the list."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Self

from shared.domain.outcomes import Status
from shared.domain.record import Record


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A place in the list of all restores, newest first; the list goes on after it.

    Without a restore id: just before every restore that was created at this instant.
    """

    created_at: datetime
    restore_id: str = ""

    @classmethod
    def end_of(cls, moment: datetime) -> Self:
        """Before the newest restore of this moment's UTC day."""
        return cls(datetime.combine(moment.astimezone(UTC).date(), time.max, UTC))

    def day_before(self) -> "ListPlace":
        """Before the newest restore of the UTC day before this place's own."""
        return ListPlace.end_of(self.created_at.astimezone(UTC) - timedelta(days=1))

    @property
    def day(self) -> str:
        """The UTC day of this place, so that days compare as texts."""
        return self.created_at.astimezone(UTC).strftime("%Y%m%d")


@dataclass(frozen=True, slots=True)
class ListQuery:
    """A query of the list: which restores, how many at a time, and after which place."""

    status: Status | None = None
    user: str | None = None
    top: int = 25
    place: ListPlace | None = None

    def matches(self, record: Record) -> bool:
        """Whether the restore is one of those asked for; names compare without regard to case."""
        if self.status is not None and record.status is not self.status:
            return False
        return self.user is None or self.user.casefold() in _names(record)


def _names(record: Record) -> set[str]:
    names = {record.request.user} if record.request is not None else set()
    if record.person is not None:
        names |= {record.person.id, record.person.user_principal_name or ""}
    return {name.casefold() for name in names}
