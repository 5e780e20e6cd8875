"""The list of deleted users page by page: bounded work, lost places, and Graph's refusals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.lists.deleted_users import (
    BinPlace,
    DeletedUsersQuery,
    ReadingMode,
    SoftDeletedUser,
)
from shared.domain.window import WindowVerdict
from shared.errors import (
    AnsweredError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionMissingError,
    StorageUnavailableError,
    ThrottledError,
)
from shared.lists.deleted_users import (
    LARGEST_PAGE,
    MOST_PAGES,
    list_deleted_users,
)
from shared.ports.deleted_users import BinPage, BinRequest
from shared.ports.deps import Deps
from tests.builders import NOW, because
from tests.fakes.deleted_users import ScriptedBin
from tests.reading import said
from tests.unit.lists.test_deleted_users import DAY, HOUR, a_user, ids, pages, refusal
from tests.unit.world.world import World


async def test_a_search_reads_a_bounded_number_of_pages() -> None:
    """An empty page with a place to go on from, until the one hit is found."""
    world = World()
    rows = MOST_PAGES * LARGEST_PAGE
    world.put(*(a_user(number, 20 * DAY) for number in range(rows)), a_user(rows, DAY))

    first, last = await pages(world, DeletedUsersQuery(search=f"Person {rows}"))

    assert (first.rows, first.next is None) == ((), False)
    assert [row.user.display_name for row in last.rows] == [f"Person {rows}"]
    assert world.recycle_bin.sizes == [LARGEST_PAGE] * (MOST_PAGES + 1)


async def test_a_slow_graph_ends_the_work_of_a_call() -> None:
    """An answer in time with a place to go on from is worth more than a full page."""
    world = World()
    empty = BinPage((), ReadingMode.SORTED, "next")

    class SlowBin:
        """Half a minute for a page."""

        async def page(self, asked: BinRequest) -> BinPage:
            """An empty page with more to come."""
            assert asked.size > 0
            world.clock.advance(timedelta(seconds=30))
            return empty

    deps = replace(world.deps, recycle_bin=SlowBin())
    listing = await list_deleted_users(DeletedUsersQuery(search="x"), deps)

    assert listing.next == BinPlace(NOW, ReadingMode.SORTED, "next")
    assert world.clock.now() == NOW + timedelta(seconds=30)


async def test_an_unfiltered_page_is_one_page_of_graphs() -> None:
    """One request, of just the size asked for."""
    world = World()
    world.put(*(a_user(number, DAY) for number in range(30)))

    await list_deleted_users(DeletedUsersQuery(top=7), world.deps)

    assert world.recycle_bin.sizes == [7]


async def test_those_beyond_the_days_end_the_list_without_graphs_filter() -> None:
    """In order of deletion nobody after the last one closes sooner, so nothing more is read."""
    world = World()
    world.recycle_bin.refused = {ReadingMode.FILTERED}
    world.put(a_user(0, 29 * DAY), *(a_user(number, DAY) for number in range(1, 900)))

    [page] = await pages(world, DeletedUsersQuery(closing_within=3 * DAY))

    assert len(page.rows) == 1
    assert len(world.recycle_bin.sizes) == 1


@pytest.mark.parametrize("search", ["0000000100", "8ccc0123456789ab"])
async def test_the_id_in_front_of_a_name_is_no_name(search: str) -> None:
    """Digits of the object id find nobody."""
    world = World()
    world.put(a_user(1, DAY))

    assert await ids(world, search=search) == []


@pytest.mark.parametrize("search", ["ÄRMEL", "ärmel", "straße", "STRASSE", "müller@"])
async def test_a_search_does_not_look_at_case(search: str) -> None:
    """In the name, the display name and the address, also beyond ASCII."""
    world = World()
    user = a_user(1, DAY, display_name="Ärmel Straße", mail="Müller@contoso.com")
    world.put(user, a_user(2, DAY, display_name=None, mail=None))

    assert await ids(world, search=search) == [user.id]


@pytest.mark.parametrize("refused", [set(), {ReadingMode.SORTED}])
async def test_a_user_that_leaves_between_two_pages_takes_nobody_along(
    refused: set[ReadingMode],
) -> None:
    """The last one shown was restored: those deleted at the same time may come again."""
    world = World()
    world.recycle_bin.refused = refused
    users = [a_user(number, 9 * DAY - number // 4 * HOUR) for number in range(12)]
    world.put(*users)
    query = DeletedUsersQuery(search="person", top=6)

    first = await list_deleted_users(query, world.deps)
    world.directory.purge(first.rows[-1].user.id)
    rest = [
        row.user.id
        for page in await pages(world, replace(query, place=first.next))
        for row in page.rows
    ]

    left = {user.id for user in users} - {row.user.id for row in first.rows}
    assert left <= set(rest)


async def test_where_graph_does_not_sort_the_list_says_so() -> None:
    """Each page in order by itself, and everybody on some page."""
    world = World()
    world.recycle_bin.refused = {ReadingMode.SORTED}
    world.put(a_user(1, DAY), a_user(2, 3 * DAY), a_user(3, 2 * DAY))

    first, second = await pages(world, DeletedUsersQuery(top=2))

    assert [row.user.display_name for row in first.rows] == ["Person 0002", "Person 0001"]
    assert [row.user.display_name for row in second.rows] == ["Person 0003"]
    assert not first.is_sorted
    assert not second.is_sorted


async def test_a_deletion_without_a_time_is_unknown_and_stands_last() -> None:
    """The window is never guessed."""
    timeless = SoftDeletedUser("1", "a@contoso.com")
    known = SoftDeletedUser("2", "b@contoso.com", deleted_at=NOW - DAY)
    page = BinPage((timeless, known), ReadingMode.SORTED, None)

    listing = await list_deleted_users(DeletedUsersQuery(), scripted(page))
    closing = await list_deleted_users(DeletedUsersQuery(closing_within=99 * DAY), scripted(page))

    assert [(row.user, row.window.verdict) for row in listing.rows] == [
        (known, WindowVerdict.OPEN),
        (timeless, WindowVerdict.UNKNOWN),
    ]
    assert [row.user for row in closing.rows] == [known]


def scripted(*answers: BinPage | Exception) -> Deps:
    """The ports of an empty world, with these answers about the deleted users."""
    return replace(World().deps, recycle_bin=ScriptedBin(*answers))


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (refusal(403), PermissionMissingError),
        (refusal(400), DirectoryRefusedError),
        (ThrottledError(because("429"), 40 * HOUR), DirectoryUnavailableError),
        (OutcomeUnknownError(because("lost")), DirectoryUnavailableError),
        (
            AnsweredError(status=403, code="unreadable-answer", message=""),
            DirectoryUnavailableError,
        ),
    ],
)
async def test_graphs_no_is_an_error(error: Exception, raised: type[Exception]) -> None:
    """An empty list would say that nobody is deleted."""
    world = World()
    world.directory.fail_next("page", error)

    with pytest.raises(raised):
        await list_deleted_users(DeletedUsersQuery(), world.deps)


async def test_a_missing_permission_is_named_with_graphs_words() -> None:
    """What to grant, and what Microsoft's support asks for."""
    world = World()
    world.directory.fail_next("page", refusal(403))

    with pytest.raises(PermissionMissingError) as caught:
        await list_deleted_users(DeletedUsersQuery(), world.deps)

    assert caught.value.permission == "User.Read.All"
    assert "User.Read.All" in said(caught.value).fix
    assert "r-1" in said(caught.value).message


@pytest.mark.parametrize("status", [400, 404, 410])
async def test_a_place_that_graph_does_not_know_is_the_callers_to_leave(status: int) -> None:
    """Not a fault of the service: the list is to be begun anew."""
    world = World()
    world.directory.fail_next("page", refusal(status))
    place = BinPlace(NOW, ReadingMode.SORTED, "stale")

    with pytest.raises(InvalidRequestError) as caught:
        await list_deleted_users(DeletedUsersQuery(place=place), world.deps)

    assert [fault.pointer for fault in caught.value.faults] == ["/skipToken"]


async def test_a_token_that_graph_gave_in_the_same_call_is_graphs_own_affair() -> None:
    """Only the place that the caller named can be the caller's fault."""
    deps = scripted(BinPage((), ReadingMode.SORTED, "fresh"), refusal(400))
    place = BinPlace(NOW, ReadingMode.SORTED, "good")

    with pytest.raises(DirectoryRefusedError):
        await list_deleted_users(DeletedUsersQuery(place=place), deps)


async def test_pages_that_graph_leaves_short_or_empty_are_gone_over() -> None:
    """A short page is no end; the work of a call is bounded all the same."""
    user = SoftDeletedUser("1", "a@contoso.com", deleted_at=NOW - DAY)
    empty = BinPage((), ReadingMode.SORTED, "next")
    deps = scripted(*[empty] * 4, BinPage((user,), ReadingMode.SORTED, "more"))

    listing = await list_deleted_users(DeletedUsersQuery(), deps)

    assert [row.user for row in listing.rows] == [user]
    assert listing.next == BinPlace(NOW, ReadingMode.SORTED, "more")


async def test_a_storage_that_is_down_is_an_error() -> None:
    """Without the evidence a window would be told too long."""
    world = World()
    world.put(a_user(1, DAY))
    world.storage.observations.fail_next("last", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await list_deleted_users(DeletedUsersQuery(), world.deps)
