"""The soft-deleted users of the tenant as a list: who is asked for, and where one stands in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.licensing.skus import Sku, carries_mailbox
from shared.domain.person import AssignedLicense
from shared.domain.window import Window, WindowVerdict


@dataclass(frozen=True, slots=True)
class SoftDeletedUser:
    """A soft-deleted user as the list shows it; the name is the one before the deletion.

    `deleted_at` is None where Graph does not say; the window is then unknown, never guessed.
    """

    id: str
    user_principal_name: str
    display_name: str | None = None
    mail: str | None = None
    addresses: tuple[str, ...] = ()
    """As Graph has them, with `smtp:` in front; looked through, not shown."""
    user_type: str | None = None
    synced: bool = False
    deleted_at: datetime | None = None
    licenses: tuple[AssignedLicense, ...] = ()

    def is_called(self, text: str) -> bool:
        """Whether the text is part of a name or of an address, without regard to case."""
        addresses = (address.partition(":")[2] for address in self.addresses)
        names = (self.user_principal_name, self.display_name, self.mail, *addresses)
        return any(text.casefold() in name.casefold() for name in names if name)

    def carries_mailbox(self, skus: tuple[Sku, ...]) -> bool:
        """Whether a licence it still has carries a mailbox, so that an earlier loss is undone."""
        return any(carries_mailbox(license_, skus) for license_ in self.licenses)


class ReadingMode(StrEnum):
    """How much of the work Graph does, most first; a skip token belongs to one of them."""

    FILTERED = "filtered"
    """Sorted by Graph, and only those deleted within a span, if one was asked for."""
    SORTED = "sorted"
    """All of them, sorted by Graph."""
    PLAIN = "plain"
    """All of them, in Graph's own order."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one instant to another, both included."""

    earliest: datetime
    latest: datetime

    def holds(self, at: datetime | None) -> bool:
        """Whether the instant lies in it."""
        return at is not None and self.earliest <= at <= self.latest


@dataclass(frozen=True, slots=True)
class Last:
    """The last user dealt with on a page; `deleted_at` only where the page is sorted by it."""

    user_id: str
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BinPlace:
    """A place in the list: a page of Graph's, and how far it has been read.

    `as_of` is when the list was begun: its filter must not move while it is read.
    """

    as_of: datetime
    reading: ReadingMode | None = None
    skip_token: str | None = None
    last: Last | None = None

    def left_of(self, users: tuple[SoftDeletedUser, ...]) -> tuple[SoftDeletedUser, ...]:
        """The users of this place's page that were not dealt with yet.

        If the last one has left the bin meanwhile, those deleted at the same instant come again:
        a user shown twice is better than one never shown.
        """
        last = self.last
        if last is None:
            return users
        for at, user in enumerate(users, 1):
            if user.id == last.user_id:
                return users[at:]
        return tuple(user for user in users if not _is_before(user, last))


def _is_before(user: SoftDeletedUser, last: Last) -> bool:
    if user.deleted_at is None or last.deleted_at is None:
        return False
    return user.deleted_at < last.deleted_at


@dataclass(frozen=True, slots=True)
class DeletedUsersQuery:
    """Which deleted users, how many at a time, and where to go on."""

    search: str | None = None
    closing_within: timedelta | None = None
    top: int = 100
    place: BinPlace | None = None

    def deleted_within(self, as_of: datetime, retention: timedelta) -> Span | None:
        """When a user was deleted whose window closes in the time asked for; None: whenever."""
        if self.closing_within is None:
            return None
        return Span(as_of - retention, as_of + self.closing_within - retention)

    def admits(self, window: Window, as_of: datetime) -> bool:
        """Whether a user with this window is asked for."""
        if self.closing_within is None:
            return True
        if window.ends_at is None or window.verdict is WindowVerdict.CLOSED:
            return False
        return window.ends_at <= as_of + self.closing_within
