"""The list of deleted users: everybody once, soonest end first, by the clock that counts."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain.lists.deleted_users import DeletedUsersQuery, ReadingMode
from shared.domain.person import AssignedLicense, Person
from shared.domain.window import Evidence, WindowVerdict
from shared.errors import (
    AnsweredError,
    UnreadableTextError,
)
from shared.lists.deleted_users import (
    DeletedListing,
    list_deleted_users,
)
from tests.builders import ENTERPRISEPACK_ID, NOW, a_deleted_person, a_person, an_observation
from tests.unit.world.world import World

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def a_user(number: int, ago: timedelta, **fields: object) -> Person:
    """A user deleted that long ago, without a licence."""
    name = f"person{number:04}@contoso.com"
    plain = a_deleted_person(
        id=f"{number:08x}-aaaa-4bbb-8ccc-0123456789ab",
        user_principal_name=name,
        display_name=f"Person {number:04}",
        mail=name,
        deleted_at=NOW - ago,
        licenses=(),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


async def seen_without(world: World, user: Person, lost_at: datetime | None) -> None:
    """Have the service observe that this user lost the last mailbox plan then."""
    await world.storage.observations.note(an_observation(user.id, lost_at=lost_at))


async def seen_lost_and_gone(world: World, user: Person, lost_at: datetime) -> None:
    """Have the service observe the loss, and then the deletion, as its timer does."""
    seen = an_observation(user.id, lost_at=lost_at, deleted_at=user.deleted_at)
    await world.storage.observations.note(seen)
    await world.storage.losses.note(user.id, lost_at)


async def pages(world: World, query: DeletedUsersQuery) -> list[DeletedListing]:
    """Every page, followed from place to place."""
    found = [await list_deleted_users(query, world.deps)]
    while (place := found[-1].next) is not None:
        found.append(await list_deleted_users(replace(query, place=place), world.deps))
    return found


async def ids(world: World, **query: object) -> list[str]:
    """Who is on all the pages, in order."""
    asked = DeletedUsersQuery(**query)  # type: ignore[arg-type]
    return [row.user.id for page in await pages(world, asked) for row in page.rows]


def refusal(status: int) -> AnsweredError:
    """A definitive "no" of Graph's."""
    return AnsweredError(status=status, code="Some_Code", message="No.", request_id="r-1")


@settings(max_examples=60, deadline=None)
@given(
    hours=st.lists(st.integers(0, 40 * 24), max_size=250),
    top=st.integers(1, 120),
    search=st.none() | st.sampled_from(["PERSON", "7", "@contoso", "nobody"]),
    days=st.none() | st.sampled_from([0, 1, 3, 30]),
    refused=st.sets(st.sampled_from([ReadingMode.FILTERED, ReadingMode.SORTED])),
)
async def test_all_pages_together_hold_everybody_asked_for_once(
    hours: list[int], top: int, search: str | None, days: int | None, refused: set[ReadingMode]
) -> None:
    """Whatever Graph grants, whatever the page; and in order where Graph sorts."""
    world = World()
    world.recycle_bin.refused = refused
    users = [a_user(number, ago * HOUR) for number, ago in enumerate(hours)]
    world.put(a_person(), *users)
    within = None if days is None else days * DAY

    found = await pages(world, DeletedUsersQuery(search, within, top))

    rows = [row for page in found for row in page.rows]
    left = {user.id: 30 * DAY - ago * HOUR for user, ago in zip(users, hours, strict=True)}
    expected = {
        user.id
        for user in users
        if (search is None or search.lower() in user.user_principal_name)
        and (within is None or timedelta(0) < left[user.id] <= within)
    }
    assert sorted(row.user.id for row in rows) == sorted(expected)
    assert all(len(page.rows) <= top for page in found)
    ends = [[row.window.ends_at or NOW for row in page.rows] for page in found]
    assert all(page == sorted(page) for page in ends)
    if ReadingMode.SORTED not in refused or (
        days is not None and ReadingMode.FILTERED not in refused
    ):
        every = [end for page in ends for end in page]
        assert every == sorted(every)


async def test_the_closed_come_first_and_say_so() -> None:
    """Graph goes on listing them for some days; a verdict tells them from those to be saved."""
    world = World()
    world.put(a_user(1, 2 * DAY), a_user(2, 31 * DAY), a_user(3, 28 * DAY), a_user(4, 30 * DAY))

    [page] = await pages(world, DeletedUsersQuery())

    assert [(row.user.display_name, row.window.verdict) for row in page.rows] == [
        ("Person 0002", WindowVerdict.CLOSED),
        ("Person 0004", WindowVerdict.CLOSED),
        ("Person 0003", WindowVerdict.CLOSING),
        ("Person 0001", WindowVerdict.OPEN),
    ]
    assert page.is_sorted


async def test_a_loss_observed_before_the_deletion_counts() -> None:
    """The earlier clock is the mailbox's; a later one, or none, changes nothing."""
    world = World()
    users = [a_user(number, 2 * DAY) for number in range(4)]
    world.put(*users)
    await seen_without(world, users[1], NOW - 28 * DAY)
    await seen_without(world, users[2], NOW - DAY)
    await seen_without(world, users[3], None)

    [page] = await pages(world, DeletedUsersQuery())

    first = page.rows[0]
    assert first.user.id == users[1].id
    assert first.window.evidence is Evidence.OBSERVED
    assert (first.window.verdict, first.window.days_left) == (WindowVerdict.CLOSING, 2.0)
    assert {row.window.evidence for row in page.rows[1:]} == {Evidence.DELETED}
    assert "skus" not in world.directory.calls


@pytest.mark.parametrize(
    ("sku_id", "evidence"),
    [(ENTERPRISEPACK_ID, Evidence.DELETED), ("another", Evidence.OBSERVED)],
)
async def test_a_licence_given_back_before_the_deletion_ends_the_loss(
    sku_id: str, evidence: Evidence
) -> None:
    """As a restore would see it; the SKUs are read once, and who has one costs no other read."""
    world = World()
    users = [a_user(n, 2 * DAY, licenses=(AssignedLicense(sku_id),)) for n in range(3)]
    world.put(*users)
    for user in users:
        await seen_without(world, user, NOW - 9 * DAY)

    [page] = await pages(world, DeletedUsersQuery())

    assert {row.window.evidence for row in page.rows} == {evidence}
    assert world.directory.calls.count("skus") == 1
    reads = world.storage.observations.calls["last"]
    assert reads == (3 if evidence is Evidence.OBSERVED else 0)


async def test_without_the_skus_the_earlier_clock_counts() -> None:
    """A window thought too short costs a question, one thought too long the mailbox."""
    world = World()
    user = a_user(1, 2 * DAY, licenses=(AssignedLicense(ENTERPRISEPACK_ID),))
    world.put(user)
    await seen_without(world, user, NOW - 9 * DAY)
    world.directory.fail_next("skus", refusal(403))

    [page] = await pages(world, DeletedUsersQuery())

    assert page.rows[0].window.evidence is Evidence.OBSERVED


async def test_closing_leaves_out_who_is_lost_by_the_earlier_clock() -> None:
    """Deleted 28 days ago and without a licence for 31: nothing can be done in the two days."""
    world = World()
    users = [a_user(number, 28 * DAY) for number in range(2)]
    world.put(*users)
    await seen_without(world, users[0], NOW - 31 * DAY)

    assert await ids(world, closing_within=3 * DAY) == [users[1].id]


async def test_an_observation_that_cannot_be_read_hides_nobody() -> None:
    """Another release's row costs its own evidence, not the list."""
    world = World()
    world.put(a_user(1, 2 * DAY))
    world.storage.observations.fail_next("last", UnreadableTextError("v9"))

    [page] = await pages(world, DeletedUsersQuery())

    assert [row.window.evidence for row in page.rows] == [Evidence.DELETED]


@pytest.mark.parametrize("closing", [None, 3 * DAY])
async def test_the_filter_does_not_move_while_the_list_is_read(closing: timedelta | None) -> None:
    """Hours between two pages show nobody twice and leave nobody out."""
    world = World()
    users = [a_user(number, 28 * DAY + number * HOUR) for number in range(8)]
    world.put(*users)
    query = DeletedUsersQuery(closing_within=closing, top=3)

    first = await list_deleted_users(query, world.deps)
    world.clock.advance(6 * HOUR)
    second = await list_deleted_users(replace(query, place=first.next), world.deps)
    third = await list_deleted_users(replace(query, place=second.next), world.deps)

    found = [row.user.id for page in (first, second, third) for row in page.rows]
    assert found == [user.id for user in reversed(users)]
    assert third.next is None


async def test_who_lost_the_licence_first_is_found_by_the_days_left() -> None:
    """Deleted five days ago, and to be lost tomorrow: whoever asks for the next three days sees."""
    world = World()
    early, late, back = a_user(1, 5 * DAY), a_user(2, 28 * DAY), a_user(3, 5 * DAY)
    active = replace(a_user(4, DAY), deleted_at=None)
    world.put(early, late, back, active)
    await seen_lost_and_gone(world, early, NOW - 29 * DAY)
    await seen_lost_and_gone(world, late, NOW - 29 * DAY)
    await seen_lost_and_gone(world, active, NOW - 29 * DAY)
    await world.storage.losses.note(back.id, NOW - 29 * DAY)
    await seen_without(world, back, None)

    (page,) = await pages(world, DeletedUsersQuery(closing_within=3 * DAY))

    assert [row.user.id for row in page.rows] == [early.id, late.id]
    assert {row.window.evidence for row in page.rows} == {Evidence.OBSERVED}
    assert await ids(world, closing_within=3 * DAY, search="0002") == [late.id]
    assert len(await ids(world, closing_within=3 * DAY, top=1)) == 2


async def test_a_user_is_found_by_any_address() -> None:
    """An alias is as good as the name; what stands before the colon is no part of it."""
    world = World()
    user = a_user(1, DAY, proxy_addresses=("SMTP:person0001@contoso.com", "smtp:emma@contoso.com"))
    world.put(user)

    assert await ids(world, search="EMMA@") == [user.id]
    assert await ids(world, search="smtp") == []
