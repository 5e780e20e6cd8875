"""List the soft-deleted users of the tenant, soonest end of window first, a page at a time.

The order is Graph's, by deletedDateTime: those past their window, whom Graph goes on listing for
some days, come first, as `closed`. Within a page the window's own end counts; so a user whose
licence went before the deletion stands first on its page, not in the list.

The text is looked for here: Graph's `$search` would look at the names that carry the object id in
front, and is not documented together with sorting by deletedDateTime. So a search that hits
seldom reads many of Graph's pages: the work of one call is bounded, and a page of the list may
have few users, or none, and still say where the list goes on.

`closing_within` looks at the deletion, so that Graph can filter by it. Users whose window closes
sooner, because the licence went before the deletion, come with the first page, which may then have
more users than were asked for: as far as the service has observed the loss.

A list read while people come and go is no snapshot: what Graph's own pages do when a user leaves
the bin between two of them is not documented. Memory holds one of them, whatever the tenant's size.
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from http import HTTPStatus

from shared import telemetry
from shared.domain.licensing.skus import Sku
from shared.domain.lists.deleted_users import (
    BinPlace,
    DeletedUsersQuery,
    Last,
    ReadingMode,
    SoftDeletedUser,
    Span,
)
from shared.domain.observations.observation import Observation
from shared.domain.text import text
from shared.domain.window import Evidence, Loss, Window, judge_window
from shared.errors import AnsweredError, Fault, InvalidRequestError, UnreadableTextError
from shared.lists.lost_before_deletion import lost_before_deletion
from shared.ports.deleted_users import BinPage, BinRequest
from shared.ports.deps import Deps
from shared.restore.read_errors import asking

PERMISSION = "User.Read.All"

# The most that $top may be. Source: Microsoft "List deletedItems".
LARGEST_PAGE = 999

# Five of the largest pages search 100,000 deleted users in twenty-one calls, and each call in a
# few seconds. Where Graph is slow, a call begins no further page after this time: with the
# patience for the page under way (25 s) it stays below a minute.
MOST_PAGES = 5
LONGEST_WALK = timedelta(seconds=20)

# Those who close soon lie side by side in the order of the list; a page to find them by.
_USUAL_PAGE = 100

# A user without a mailbox licence costs a point read of the observations, of some milliseconds.
_AT_ONCE = 30

# What Graph may answer to a place it does not know any more.
_PLACE_LOST = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE})

_FAR_OFF = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class DeletedRow:
    """A deleted user and the window in which it can come back."""

    user: SoftDeletedUser
    window: Window


@dataclass(frozen=True, slots=True)
class DeletedListing:
    """One page, and where the next one begins (None at the end); `is_sorted` unless Graph will not.

    An unsorted list is sorted within each page only.
    """

    rows: tuple[DeletedRow, ...]
    next: BinPlace | None
    is_sorted: bool


async def list_deleted_users(query: DeletedUsersQuery, deps: Deps) -> DeletedListing:
    """The next page of the deleted users that are asked for.

    Raises:
        InvalidRequestError: Graph does not know the place any more.
        PermissionMissingError, DirectoryRefusedError, DirectoryUnavailableError: as in `asking`.
        StorageUnavailableError: what was observed of the users could not be read.
    """
    with asking(PERMISSION):
        place = query.place or BinPlace(deps.clock.now().replace(microsecond=0))
        return await _Walk(query, place.as_of, deps).listing(place)


class _Walk:
    """One call's way through the list: Graph's pages in, rows out."""

    def __init__(self, query: DeletedUsersQuery, as_of: datetime, deps: Deps) -> None:
        self._query = query
        self._as_of = as_of
        self._deps = deps
        self._span = query.deleted_within(as_of, deps.policy.retention)
        self._skus = _Skus(deps)

    async def listing(self, start: BinPlace) -> DeletedListing:
        """Read pages until there are rows enough, the list ends, or the work of a call is done."""
        rows = await self._lost_before_deletion() if self._query.place is None else []
        place: BinPlace | None = start
        is_sorted = True
        until = self._deps.clock.now() + LONGEST_WALK
        for _ in range(MOST_PAGES):
            if place is None or len(rows) >= self._query.top or self._deps.clock.now() > until:
                break
            page = await self._page(place)
            is_sorted = page.reading is not ReadingMode.PLAIN
            left = place.left_of(page.users)
            more, dealt = await self._take(left, self._query.top - len(rows))
            rows += more
            place = self._after(replace(place, reading=page.reading), page, left[:dealt], left)
        rows.sort(key=lambda row: row.window.ends_at or _FAR_OFF)
        return DeletedListing(tuple(rows), place, is_sorted)

    async def _lost_before_deletion(self) -> list[DeletedRow]:
        if self._span is None:
            return []
        users = await lost_before_deletion(self._span, self._deps)
        rows = await asyncio.gather(*(self._row(user) for user in users))
        return [row for row in rows if row is not None]

    async def _page(self, place: BinPlace) -> BinPage:
        asked = BinRequest(_size(self._query), self._span, place.reading, place.skip_token)
        try:
            return await self._deps.recycle_bin.page(asked)
        except AnsweredError as error:
            if place is self._query.place and place.skip_token and error.status in _PLACE_LOST:
                raise _place_lost() from error
            raise

    async def _take(
        self, users: tuple[SoftDeletedUser, ...], most: int
    ) -> tuple[list[DeletedRow], int]:
        """The rows of at most so many of these users, and how many users were dealt with."""
        rows: list[DeletedRow] = []
        for start in range(0, len(users), _AT_ONCE):
            some = users[start : start + _AT_ONCE]
            found = await asyncio.gather(*(self._row_in_span(user) for user in some))
            for dealt, row in enumerate(found, start + 1):
                if row is not None:
                    rows.append(row)
                if len(rows) == most:
                    return rows, dealt
        return rows, len(users)

    def _after(
        self,
        place: BinPlace,
        page: BinPage,
        dealt: tuple[SoftDeletedUser, ...],
        left: tuple[SoftDeletedUser, ...],
    ) -> BinPlace | None:
        is_sorted = page.reading is not ReadingMode.PLAIN
        if dealt and is_sorted and _is_beyond(dealt[-1], self._span):
            return None
        if len(dealt) < len(left):
            last = dealt[-1]
            return replace(place, last=Last(last.id, last.deleted_at if is_sorted else None))
        if page.next is None:
            return None
        return replace(place, skip_token=page.next, last=None)

    async def _row_in_span(self, user: SoftDeletedUser) -> DeletedRow | None:
        if self._span is not None and not self._span.holds(user.deleted_at):
            return None
        return await self._row(user)

    async def _row(self, user: SoftDeletedUser) -> DeletedRow | None:
        """The user with its window; None if it is not asked for."""
        text = self._query.search
        if text is not None and not user.is_called(text):
            return None
        policy = self._deps.policy
        losses = await self._losses(user)
        now = self._deps.clock.now()
        window = judge_window(losses, now, retention=policy.retention, closing=policy.closing)
        return DeletedRow(user, window) if self._query.admits(window, self._as_of) else None

    async def _losses(self, user: SoftDeletedUser) -> tuple[Loss, ...]:
        deleted_at = user.deleted_at
        deletion = () if deleted_at is None else (Loss(Evidence.DELETED, deleted_at),)
        if user.licenses and user.carries_mailbox(await self._skus.read()):
            # Whatever was lost before was given back, as a restore would see it. That is most of
            # the users, and none of them costs a read.
            return deletion
        observation = await _last(user.id, self._deps)
        lost_at = observation.lost_at if observation is not None else None
        return deletion if lost_at is None else (*deletion, Loss(Evidence.OBSERVED, lost_at))


class _Skus:
    """The tenant's SKUs, read when first needed and once for a call.

    None where Graph refuses: the earlier clock then counts for everybody, which costs a question
    at most.
    """

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._lock = asyncio.Lock()
        self._skus: tuple[Sku, ...] | None = None

    async def read(self) -> tuple[Sku, ...]:
        """The SKUs.

        Raises:
            DirectoryError: Graph could not be asked; never AnsweredError.
        """
        async with self._lock:
            if self._skus is None:
                try:
                    self._skus = await self._deps.tenant.skus()
                except AnsweredError:
                    self._skus = ()
            return self._skus


async def _last(user_id: str, deps: Deps) -> Observation | None:
    """What was last observed; None also if it cannot be read, which must not hide the others."""
    try:
        return await deps.observations.last(user_id)
    except UnreadableTextError as error:
        telemetry.failed(f"list of deleted users, {user_id}", error)
        return None


def _size(query: DeletedUsersQuery) -> int:
    """How many users to read at a time; the same for every page of a list."""
    if query.search is not None:
        return LARGEST_PAGE
    return query.top if query.closing_within is None else max(query.top, _USUAL_PAGE)


def _is_beyond(user: SoftDeletedUser, span: Span | None) -> bool:
    return span is not None and user.deleted_at is not None and user.deleted_at > span.latest


def _place_lost() -> InvalidRequestError:
    return InvalidRequestError((Fault("/skipToken", text("fault", "place-lost")),))
