"""Lists: everything there is, newest first, each once, however it is paged."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.http.restores.list_restores import list_for
from shared.domain.lists.restores import ListPlace, ListQuery
from shared.domain.outcomes import Code, Status, outcome
from shared.domain.records.progress import JournalEntry
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.errors import RoleMissingError, UnreadableTextError
from shared.intake.caller import KEY_HOLDER, Caller
from shared.lists.restores import MOST_ROWS
from tests.builders import NOW, UPN, USER_ID, a_person, a_record, a_request
from tests.unit.world.world import World

READER = Caller("r", "reader", frozenset({Role.READ}))

# How long ago each was accepted, its status, who asked, and for whom.
ROWS = st.lists(
    st.tuples(
        st.integers(0, 9 * 86_400),
        st.sampled_from([Status.QUEUED, Status.REFUSED, Status.CANCELLED]),
        st.sampled_from(["owner", "another"]),
        st.sampled_from([UPN, USER_ID, "alex@contoso.com"]),
    ),
    max_size=70,
)


def a_row(number: int, seconds: int, status: Status, owner: str, user: str) -> Record:
    """A restore of some time ago."""
    at = NOW - timedelta(seconds=seconds)
    record = replace(
        a_record(id=f"{number:032x}", request=a_request(user=user)),
        created_at=at,
        requested_by=RequestedBy(Door.HTTP, None, owner),
    )
    if status is Status.CANCELLED:
        return record.cancel(NOW)
    refused = outcome(Code.USER_NOT_FOUND, "no")
    return record if status is Status.QUEUED else record.settle(refused, NOW)


async def file(world: World, *records: Record) -> None:
    """Keep these restores, as accept does."""
    for record in records:
        await world.storage.days.note(record.id, record.created_at)
        await world.storage.ledger.insert(record, JournalEntry(NOW, "accepted"))


async def pages(world: World, query: ListQuery) -> list[list[Record]]:
    """Every page, followed from link to link."""
    found = []
    while True:
        listing = await list_for(query, READER, world.deps)
        found.append(list(listing.records))
        if listing.next is None:
            return found
        query = replace(query, place=listing.next)


@given(
    ROWS,
    st.integers(1, 30),
    st.none() | st.sampled_from(Status),
    st.none() | st.sampled_from([UPN.upper(), USER_ID, "nobody"]),
)
@settings(deadline=None)
def test_all_pages_together_are_the_list(
    rows: list[tuple[int, Status, str, str]],
    top: int,
    status: Status | None,
    user: str | None,
) -> None:
    """Newest first, nothing twice, nothing left out, and no page longer than asked for."""
    records = [a_row(number, *row) for number, row in enumerate(rows)]
    query = ListQuery(status, user, top)

    async def read() -> list[list[Record]]:
        world = World()
        await file(world, *records)
        return await pages(world, query)

    found = asyncio.run(read())

    wanted = [item for item in records if query.matches(item)]
    wanted.sort(key=lambda item: (NOW - item.created_at, item.id))
    assert [item for page in found for item in page] == wanted
    assert all(len(page) == top for page in found[:-1])


async def test_the_end_is_told_with_the_last_restore() -> None:
    """A page that is full to the last restore has no link to an empty one."""
    world = World()
    await file(world, *(a_row(n, n * 90_000, Status.QUEUED, "owner", UPN) for n in range(4)))

    assert [len(page) for page in await pages(world, ListQuery(top=2))] == [2, 2]
    assert await pages(World(), ListQuery()) == [[]]


async def test_the_work_of_one_call_is_bounded() -> None:
    """A filter that hits nothing gives pages with nothing, each after 500 restores at most."""
    world = World()
    await file(world, *(a_row(n, n, Status.QUEUED, "owner", UPN) for n in range(1_100)))
    last = a_row(5_000, 86_400 * 3, Status.CANCELLED, "owner", UPN)
    await file(world, last)
    query = ListQuery(Status.CANCELLED)

    first = await list_for(query, READER, world.deps)

    assert (first.records, world.storage.ledger.calls["read"]) == ((), MOST_ROWS)
    assert first.next is not None
    assert await pages(world, query) == [[], [], [last]]


async def test_a_long_gap_is_crossed_in_bounded_steps() -> None:
    """A restore of last year is found, after calls that each read a hundred days at most."""
    world = World()
    old = a_row(1, 86_400 * 365, Status.QUEUED, "owner", UPN)
    await file(world, old)

    found = await pages(world, ListQuery())

    assert found == [[], [], [], [old]]
    assert world.storage.days.calls["page"] <= 370


async def test_a_record_that_cannot_be_read_is_left_out() -> None:
    """A row that was never opened, and a record of another release, hide nobody behind them."""
    world = World()
    await file(world, *(a_row(n, n, Status.QUEUED, "owner", UPN) for n in range(2)))
    await world.storage.days.note("f" * 32, NOW)
    world.storage.ledger.fail_next("read", UnreadableTextError("of tomorrow"))

    (page,) = await pages(world, ListQuery())

    assert len(page) == 1


async def test_a_row_of_another_instant_is_passed_over() -> None:
    """It was left by an equal request of the same moment that crashed or lost its storage."""
    world = World()
    row = a_row(1, 1, Status.QUEUED, "owner", UPN)
    await file(world, row)
    await world.storage.days.note(row.id, row.created_at + timedelta(microseconds=1))

    (page,) = await pages(world, ListQuery())

    assert page == [row]


async def test_a_person_is_found_by_what_was_found() -> None:
    """Asked for by address, listed by object id and names, whatever the case."""
    world = World()
    record = replace(a_row(1, 0, Status.QUEUED, "owner", "mail@contoso.com"), person=a_person())
    await file(world, record)

    for user in (USER_ID.upper(), UPN.upper(), "Mail@contoso.com", "megan BOWEN"):
        assert await pages(world, ListQuery(user=user)) == [[record]]


async def test_a_person_who_came_back_under_another_name_is_found_by_both() -> None:
    """Whoever looks for the person knows the name of today; the record began with the old one."""
    world = World()
    asked = a_row(1, 0, Status.SUCCEEDED, "owner", "mail@contoso.com")
    record = replace(asked, person=a_person(), new_name="megan.bowen2@contoso.com")
    await file(world, record)

    for user in ("Megan.Bowen2@contoso.com", UPN, USER_ID):
        assert await pages(world, ListQuery(user=user)) == [[record]]


async def test_listing_needs_a_role_that_reads() -> None:
    """Function keys read all; without any role to read, the missing one is named."""
    world = World()
    await file(world, a_row(1, 0, Status.QUEUED, "owner", UPN))

    assert len((await list_for(ListQuery(), KEY_HOLDER, world.deps)).records) == 1
    with pytest.raises(RoleMissingError) as missing:
        await list_for(ListQuery(), Caller("a", "a", frozenset({Role.ADMIN})), world.deps)
    assert missing.value.role == Role.READ


def test_places_know_their_day() -> None:
    """UTC days, whatever the hour."""
    place = ListPlace(NOW)

    assert (place.day, place.day_before()) == (
        "20261122",
        ListPlace.end_of(NOW - timedelta(days=1)),
    )
