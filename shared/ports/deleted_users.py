"""The port to the deleted users as a list; the other ports are in `ports.py`."""

from dataclasses import dataclass
from typing import Protocol

from shared.domain.lists.deleted_users import ReadingMode, SoftDeletedUser, Span


@dataclass(frozen=True, slots=True)
class BinRequest:
    """One page that is wanted: how many users (1 to 999), deleted when, and read how, from where.

    `skip_token` comes from an earlier page of the same `reading`; `reading` None: as Graph grants.
    """

    size: int
    deleted_within: Span | None = None
    reading: ReadingMode | None = None
    skip_token: str | None = None


@dataclass(frozen=True, slots=True)
class BinPage:
    """One page, how it was read, and the skip token of the next one; None at the end.

    A page may hold fewer users than asked for, or none, and go on all the same.
    """

    users: tuple[SoftDeletedUser, ...]
    reading: ReadingMode
    next: str | None


class RecycleBin(Protocol):
    """The soft-deleted users of the tenant."""

    async def page(self, asked: BinRequest) -> BinPage:
        """One page, longest deleted first unless its reading is PLAIN.

        Raises:
            AnsweredError: status 400 for a skip token that leads nowhere (any more).
        """
        ...
