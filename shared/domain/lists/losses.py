"""Describe a row of the list of losses, its place in the order, and the query for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain.window import Evidence, Window, WindowVerdict
from shared.domain.window.judge import days_left

# A row is read again by id when it is older than this: whoever came back, or was purged, while
# nothing told of it, leaves the list.
TRUSTED_FOR = timedelta(days=1)
# Of whom only the audit log tells, and not yet which licence went, the log is asked again.
HALF_TOLD_FOR = timedelta(minutes=2)

# Sorts after every object id.
BEHIND_ALL = "~"


class LossCase(StrEnum):
    """How a mailbox was lost."""

    DELETED_USER = "deleted-user"
    LICENSE_REMOVED = "license-removed"
    DELETED_AND_UNLICENSED = "deleted-and-unlicensed"


@dataclass(frozen=True, slots=True)
class ListedLicense:
    """A licence that would come back, and the group that gave it, if a group did."""

    sku_id: str
    group_id: str | None = None
    is_held: bool = False
    """Whether the person has it still, with the mailbox switched off in it: it takes no seat."""


@dataclass(frozen=True, slots=True)
class ListedLoss:
    """Somebody who lost a mailbox, as of the last look. All instants are aware UTC.

    `lost_at`: when the licence went, as far as anybody knows; None where the deletion is the one
    loss. `addresses` are looked through, not shown; former names are among them. `window` is as
    judged at `looked_at`.
    """

    id: str
    user_principal_name: str
    case: LossCase
    window: Window
    looked_at: datetime
    display_name: str | None = None
    mail: str | None = None
    addresses: tuple[str, ...] = ()
    user_type: str | None = None
    synced: bool = False
    lost_at: datetime | None = None
    deleted_at: datetime | None = None
    licenses: tuple[ListedLicense, ...] = ()

    @property
    def needs(self) -> tuple[str, ...]:
        """The SKUs, each once, of which bringing this person back takes a seat."""
        return tuple(dict.fromkeys(one.sku_id for one in self.licenses if not one.is_held))

    @property
    def place(self) -> "LossPlace":
        """The place of the row in the list."""
        return LossPlace(_rank(self.window), self.window.ends_at, self.id)

    def is_called(self, text: str) -> bool:
        """Whether the text is part of a name, an address or the id, without regard to case.

        Or all its words are parts of one of them: an address list writes the surname first.
        """
        names = (self.user_principal_name, self.display_name, self.mail, self.id, *self.addresses)
        words = text.casefold().replace(",", " ").split()
        return any(
            text.casefold() in name or (words and all(word in name for word in words))
            for name in (name.casefold() for name in names if name)
        )

    def at(self, now: datetime, closing: timedelta) -> "ListedLoss":
        """The same row with the window as it is at another instant."""
        window = self.window
        if window.ends_at is None:
            return self
        left = window.ends_at - now
        verdict = window.verdict
        if left <= timedelta(0):
            verdict = WindowVerdict.CLOSED
        elif left < closing:
            verdict = WindowVerdict.CLOSING
        seen = Window(verdict, window.started_at, window.ends_at, days_left(left), window.evidence)
        return self._with(seen)

    def _with(self, window: Window) -> "ListedLoss":
        """`replace` finds out anew for each row of a list which fields there are."""
        return ListedLoss(
            self.id,
            self.user_principal_name,
            self.case,
            window,
            self.looked_at,
            self.display_name,
            self.mail,
            self.addresses,
            self.user_type,
            self.synced,
            self.lost_at,
            self.deleted_at,
            self.licenses,
        )

    def is_old(self, now: datetime) -> bool:
        """Whether the row is to be read again before it is shown."""
        return now - self.looked_at > TRUSTED_FOR

    def is_half_told(self, now: datetime) -> bool:
        """Whether the audit log may say by now which licence went."""
        return self.lacks_license and now - self.looked_at > HALF_TOLD_FOR

    @property
    def lacks_license(self) -> bool:
        """Whether the log told of a loss, perhaps without saying when, and not of which licence."""
        return self.window.evidence in {Evidence.AUDIT, Evidence.NONE} and not self.licenses


@dataclass(frozen=True, slots=True)
class LossPlace:
    """A place in the list: soonest end first, then mailboxes that still answer, then the unknown.

    `ends_at` is None for the last two, whose `rank` is 1 and 2.
    """

    rank: int
    ends_at: datetime | None
    user_id: str = ""

    @classmethod
    def ending_at(cls, at: datetime) -> "LossPlace":
        """The place before everybody whose window ends after this instant."""
        return cls(0, at, BEHIND_ALL)


@dataclass(frozen=True, slots=True)
class LossQuery:
    """A query of the list: which losses, how many at a time, and after which place."""

    search: str | None = None
    case: LossCase | None = None
    closing_within: timedelta | None = None
    top: int = 100
    place: LossPlace | None = None

    def admits(self, row: ListedLoss) -> bool:
        """Whether this person is asked for."""
        if self.case is not None and row.case is not self.case:
            return False
        return self.search is None or row.is_called(self.search)

    def is_behind(self, row: ListedLoss, now: datetime) -> bool:
        """Whether this row and all that follow it end later than is asked for."""
        if self.closing_within is None:
            return False
        ends_at = row.window.ends_at
        return ends_at is None or ends_at > now + self.closing_within


def _rank(window: Window) -> int:
    if window.ends_at is not None:
        return 0
    return 1 if window.verdict is WindowVerdict.OPEN else 2
