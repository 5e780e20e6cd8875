"""Describe how far the list of losses has followed the deleted users and the audit log."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

# What comes late: deleted users appear in a list minutes after they were deleted, and records of
# the audit log within minutes as a rule.
OVERLAP = timedelta(hours=1)

# A tenant with fewer deleted users than these, or fewer people in its log, is followed as a whole:
# whatever came late, or left, is noticed at once, for a request of Graph or a read of storage.
FEW = 1_000


@dataclass(frozen=True, slots=True)
class AuditSign:
    """A record of the audit log: somebody's licences were changed."""

    user_id: str
    at: datetime

    @property
    def mark(self) -> str:
        """A short name that marks the record as looked at."""
        text = f"{self.user_id} {self.at.isoformat()}"
        return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


@dataclass(frozen=True, slots=True)
class LossCursor:
    """The progress of the list; `seen` are the marks of the signs that were looked at last."""

    deleted_until: datetime | None = None
    """Who was deleted before this is listed; None: nobody was looked for yet."""
    has_many_deleted: bool = False
    has_more_deleted: bool = False
    """Whether there was no time for those deleted after `deleted_until`."""
    followed_at: datetime | None = None
    """At this instant or later Graph was asked for those deleted just before `deleted_until`."""
    signs_until: datetime | None = None
    seen: tuple[str, ...] = ()

    @property
    def may_come_late(self) -> bool:
        """Whether Graph may since show somebody deleted before `deleted_until`."""
        if self.deleted_until is None:
            return False
        return self.followed_at is None or self.followed_at - self.deleted_until < OVERLAP

    def left_of(self, signs: Iterable[AuditSign], *, are_few: bool) -> list[AuditSign]:
        """The signs that were not looked at yet, oldest first."""
        seen = frozenset(self.seen)
        begin = None if are_few or self.signs_until is None else self.signs_until - OVERLAP
        left = (one for one in signs if begin is None or one.at > begin)
        return sorted((one for one in left if one.mark not in seen), key=lambda one: one.at)

    def looked_at(self, signs: Iterable[AuditSign]) -> Self:
        """The cursor after these were looked at."""
        done = tuple(signs)
        instants = [at for at in (self.signs_until, *(one.at for one in done)) if at is not None]
        marks = (*self.seen, *(one.mark for one in done))
        until = max(instants, default=None)
        return replace(self, signs_until=until, seen=tuple(dict.fromkeys(marks))[-2 * FEW :])
