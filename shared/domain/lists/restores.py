"""Describe a list of restores: the query, and the place reached in the list."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Self

from shared.domain.outcomes import Status
from shared.domain.records.record import Record


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
    requested_by: str | None = None
    batch: str | None = None
    since: datetime | None = None
    """Accepted at this instant or later."""
    until: datetime | None = None
    """Accepted before this instant."""

    @property
    def oldest_day(self) -> str:
        """The first UTC day that can have one of them, as `ListPlace.day` has it."""
        return "" if self.since is None else ListPlace(self.since).day

    def matches(self, record: Record) -> bool:
        """Whether the restore is one of those asked for; names compare without regard to case."""
        if self.status is not None and record.status is not self.status:
            return False
        if (
            self.requested_by is not None
            and self.requested_by != (record.requested_by.id or "").lower()
        ):
            return False
        if self.batch is not None and record.batch_id != self.batch:
            return False
        if not self._is_within(record.created_at):
            return False
        return self.user is None or self.user.casefold() in _names(record)

    def _is_within(self, created_at: datetime) -> bool:
        is_too_old = self.since is not None and created_at < self.since
        return not is_too_old and (self.until is None or created_at < self.until)


def _names(record: Record) -> set[str]:
    """What was asked for, and what the person was found to be called, or is called since then.

    Auditors know the names of the directory, and of whoever came back under another that one.
    """
    names = {record.request.user} if record.request is not None else set()
    names.add(record.new_name or "")
    if record.person is not None:
        found = record.person
        names |= {found.id, found.user_principal_name or "", found.display_name or ""}
    return {name.casefold() for name in names}
