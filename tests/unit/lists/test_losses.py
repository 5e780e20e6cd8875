"""The list of losses: who is in it, in which order, and how it keeps up with the tenant."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.documents.loss import capacity_document
from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.lists.loss_cursor import LossCursor
from shared.domain.lists.losses import ListedLoss, LossCase, LossPlace, LossQuery
from shared.domain.person import AssignedLicense, Person, UserPlan
from shared.domain.requests.request import RestoreKind
from shared.domain.values.json_values import Json
from shared.domain.window import NO_WINDOW, Evidence, WindowVerdict
from shared.errors import AnsweredError, ThrottledError
from shared.lists.capacity import Capacity, read_capacity
from shared.lists.losses import list_losses
from shared.ports.watch import StoredObservation
from tests.builders import EXCHANGE_PLAN_ID, NOW, a_request, a_sku, an_observation, because
from tests.unit.world.watched import DAY, HOUR, somebody, unlicensed, watched
from tests.unit.world.world import World

ADA, BEN, CLEO, DAN = (somebody(number) for number in range(1, 5))

_ELSE: dict[str, Any] = {"mail": "a@else.example", "proxy_addresses": ()}


def deleted(person: Person, *, days_ago: float) -> Person:
    """The same person, deleted that long before NOW."""
    return replace(person, deleted_at=NOW - days_ago * DAY)


async def everybody(world: World, **query: object) -> list[ListedLoss]:
    """All pages of the list."""
    found: list[ListedLoss] = []
    page = await list_losses(LossQuery(**query), world.deps)  # type: ignore[arg-type]
    found += page.rows
    while page.next is not None:
        page = await list_losses(LossQuery(**query, place=page.next), world.deps)  # type: ignore[arg-type]
        found += page.rows
    return found


async def ids(world: World, **query: object) -> list[str]:
    """Who is listed, in order."""
    return [row.id for row in await everybody(world, **query)]


def observed(world: World, person: Person, lost_at: datetime) -> None:
    """The service saw this person lose the licence then; the timer has noted it."""
    world.put(unlicensed(person))
    licenses = person.licenses
    world.storage.observations.kept[person.id] = an_observation(
        person.id, *licenses, seen_at=lost_at, lost_at=lost_at
    )
    world.storage.changed.rows.add((person.id, lost_at))


async def test_deleted_and_unlicensed_stand_in_one_list() -> None:
    """Soonest end of window first; whose window has closed is left out."""
    world = World()
    world.put(deleted(ADA, days_ago=3), deleted(BEN, days_ago=31))
    observed(world, CLEO, NOW - 29 * DAY)
    observed(world, DAN, NOW - HOUR)

    rows = await everybody(world)

    assert [(row.id, row.case, row.window.verdict) for row in rows] == [
        (CLEO.id, LossCase.LICENSE_REMOVED, WindowVerdict.CLOSING),
        (ADA.id, LossCase.DELETED_USER, WindowVerdict.OPEN),
        (DAN.id, LossCase.LICENSE_REMOVED, WindowVerdict.OPEN),
    ]
    assert rows[0].lost_at == NOW - 29 * DAY
    assert rows[0].window.evidence is Evidence.OBSERVED
    assert [one.sku_id for one in rows[0].licenses] == [ADA.licenses[0].sku_id]
    assert (rows[1].lost_at, rows[1].deleted_at) == (None, NOW - 3 * DAY)


async def test_the_licence_went_before_the_deletion() -> None:
    """The earlier clock counts, and the case says so."""
    world = World()
    observed(world, ADA, NOW - 20 * DAY)
    world.put(deleted(unlicensed(ADA), days_ago=2))

    [row] = await everybody(world)

    assert (row.case, row.lost_at) == (LossCase.DELETED_AND_UNLICENSED, NOW - 20 * DAY)
    assert row.deleted_at == NOW - 2 * DAY


@pytest.mark.parametrize(
    ("person", "is_listed"),
    [
        (unlicensed(ADA), True),
        (replace(unlicensed(ADA), mail=None, proxy_addresses=()), False),
        (replace(unlicensed(ADA), user_type="Guest"), False),
        (replace(ADA, user_type="Guest"), True),
        (
            replace(unlicensed(ADA), mail="a@else.example", proxy_addresses=()),
            False,
        ),
        (replace(unlicensed(ADA), user_principal_name="a@else.example", **_ELSE), True),
        (replace(unlicensed(ADA), user_principal_name="ExRemoved-1@contoso.com", **_ELSE), True),
    ],
    ids=[
        *("perhaps shared", "no mailbox", "guest", "guest with a plan", "mail user"),
        *("the domain was the tenant's", "deleted in Exchange"),
    ],
)
async def test_which_deleted_users_had_a_mailbox(person: Person, *, is_listed: bool) -> None:
    """A plan beats name and type; an address of this tenant may be a shared mailbox's."""
    world = World()
    world.directory.domains = frozenset({"contoso.com"})
    world.put(deleted(person, days_ago=2))

    assert (await ids(world) == [ADA.id]) == is_listed


@pytest.mark.parametrize("plan", ["Enabled", "Suspended"])
async def test_a_person_with_a_plan_is_not_listed(plan: str) -> None:
    """Also where the subscription is not paid for at the moment."""
    world = World()
    observed(world, ADA, NOW - 2 * DAY)
    world.put(replace(ADA, plans=(UserPlan(EXCHANGE_PLAN_ID, plan),)))

    assert await ids(world) == []


async def test_a_mailbox_that_became_shared_is_no_loss() -> None:
    """It needs no licence."""
    world = World()
    observed(world, ADA, NOW - 2 * DAY)
    world.directory.purposes[ADA.id] = "shared"

    assert await ids(world) == []


async def test_an_unknown_window_comes_last_and_only_with_a_sign() -> None:
    """Seen with a licence long ago, and without one lately: nobody can tell when it went."""
    world = World()
    observed(world, ADA, NOW - 40 * DAY)
    kept = world.storage.observations.kept[ADA.id]
    before, after = kept.runs
    runs = (before, replace(after, first=NOW - DAY, last=NOW - DAY))
    world.storage.observations.kept[ADA.id] = replace(kept, runs=runs)
    world.put(deleted(BEN, days_ago=1))

    rows = await everybody(world, top=1)

    assert [row.id for row in rows] == [BEN.id, ADA.id]
    assert (rows[1].window.verdict, rows[1].window.ends_at) == (WindowVerdict.UNKNOWN, None)


async def test_the_only_sign_is_a_record_of_the_audit_log() -> None:
    """The person is looked at once, and listed; a licensed one is not, and not looked at again."""
    world = World()
    world.put(unlicensed(ADA), BEN)
    world.directory.license_changes[ADA.id] = [NOW - 4 * DAY]
    world.directory.license_changes[BEN.id] = [NOW - 4 * DAY]

    [row] = await everybody(world)
    world.directory.calls.clear()
    again = await ids(world)

    assert (row.id, row.window.evidence, row.lost_at) == (ADA.id, Evidence.AUDIT, NOW - 4 * DAY)
    assert again == [ADA.id]
    assert not [call for call in world.directory.calls if call.startswith("active")]


def half_told(*people: Person) -> World:
    """A tenant of people whose licence went: the short log says when, a long one which."""
    world = World()
    world.directory.put_sku(a_sku(free_seats=1))
    had = LicenseContent(ADA.licenses)
    for number, person in enumerate(people, start=4):
        at = NOW - number * DAY
        world.put(unlicensed(person))
        world.directory.license_hints[person.id] = [at]
        world.directory.audit_records.append(
            AuditRecord(person.id, at, Activity.UPDATE_USER, before=had, after=LicenseContent(()))
        )
    return world


def told(capacity: Capacity) -> Json:
    """The answer to whoever asks for the seats."""
    return capacity_document(capacity.seats, capacity.license_unknown)


async def test_capacity_asks_for_those_whose_loss_is_half_told() -> None:
    """A few in a call, those first who were looked at longest ago; then everybody's seat counts."""
    people = (ADA, BEN, CLEO, *(replace(ADA, id=f"half-{number}") for number in range(3)))
    world = half_told(*people)
    needed, asked, unknown = [], [], []
    for _ in range(4):
        capacity = await read_capacity(world.deps)
        needed.append(sum(one.needed for one in capacity.seats))
        unknown.append(told(capacity).get("licenseUnknown"))
        asked.append(sum(call.startswith("updates_of") for call in world.directory.calls))
        world.clock.advance(timedelta(minutes=3))

    assert capacity.people == 6
    assert needed == [2, 4, 6, 6]
    assert unknown == [4, 2, None, None]
    assert asked == [2, 4, 6, 6]


async def test_capacity_does_not_ask_again_at_once() -> None:
    """A log that does not know which licence went keeps nobody else from being asked for."""
    world = half_told(ADA, BEN, CLEO)
    lost = [one for one in world.directory.audit_records if one.user_id == CLEO.id]
    world.directory.audit_records[:] = lost
    needed = []
    for minutes in (0, 1, 3):
        world.clock.advance(timedelta(minutes=minutes))
        capacity = await read_capacity(world.deps)
        needed.append(sum(one.needed for one in capacity.seats))
    asked = [call for call in world.directory.calls if call.startswith("updates_of")]

    assert needed[-1] == 1
    assert len(asked) == 4


async def test_which_licence_went_is_asked_of_the_log_for_few_at_a_time() -> None:
    """Two people in a call; a later one asks for the others, and capacity then counts all."""
    world = half_told(ADA, BEN, CLEO)

    first = [len(row.licenses) for row in await everybody(world)]
    at_once = [len(row.licenses) for row in await everybody(world)]
    world.clock.advance(timedelta(minutes=3))
    later = [len(row.licenses) for row in await everybody(world)]
    capacity = await read_capacity(world.deps)

    assert later == [1, 1, 1]
    assert sorted(first) == sorted(at_once) == [0, 1, 1]
    assert [(one.needed, one.short) for one in capacity.seats] == [(3, 2)]
    asked = [call for call in world.directory.calls if call.startswith("updates_of")]
    assert len(asked) == 3


async def test_a_log_that_names_no_licence_is_not_asked_at_each_call() -> None:
    """The loss is listed by its hint; a log that is busy takes nobody off."""
    world = World()
    world.put(unlicensed(ADA))
    world.directory.license_hints[ADA.id] = [NOW - 4 * DAY]
    world.directory.fail_next("updates_of", ThrottledError(because("429"), 40 * HOUR))

    rows = [await everybody(world), await everybody(world)]

    assert [[one.id for one in some] for some in rows] == [[ADA.id], [ADA.id]]
    assert len([call for call in world.directory.calls if call.startswith("updates_of")]) == 1


async def test_the_list_without_the_log_is_still_a_list() -> None:
    """A tenant that does not show its log, or a busy one, takes nobody off the list."""
    world = World()
    world.put(deleted(ADA, days_ago=1))
    world.directory.fail_next("changes_since", ThrottledError(because("429"), 40 * HOUR))

    assert await ids(world) == [ADA.id]
    world.directory.shows_audit = False
    world.clock.advance(2 * DAY)
    assert await ids(world) == [ADA.id]


async def test_whoever_came_back_leaves_the_list() -> None:
    """A deleted user at once; who has the licence again when the row is a day old."""
    world = World()
    world.put(deleted(ADA, days_ago=1))
    observed(world, BEN, NOW - 2 * DAY)
    assert await ids(world) == [ADA.id, BEN.id][::-1]

    world.put(ADA, BEN)
    assert await ids(world) == [BEN.id]
    world.clock.advance(DAY + HOUR)
    assert await ids(world) == []
    assert world.storage.loss_list.rows == {}


async def test_whom_the_service_brought_back_leaves_the_list_at_once() -> None:
    """The end of a restore is noted."""
    world = World()
    observed(world, ADA, NOW - 2 * DAY)
    assert await ids(world) == [ADA.id]

    await world.restore(a_request(kind=RestoreKind.MAILBOX, user=ADA.id))

    assert await ids(world) == []


async def test_a_loss_that_the_timer_noticed_is_listed() -> None:
    """A loss, a deletion, and a return."""
    world = watched(ADA, BEN)
    await world.look()
    world.tell(unlicensed(ADA), replace(BEN, deleted_at=world.clock.now()))
    await world.look()
    assert sorted(await ids(world)) == [ADA.id, BEN.id]

    world.tell(ADA, BEN)
    await world.look()
    assert await ids(world) == []


async def test_a_read_that_failed_takes_nobody_off() -> None:
    """Nothing read is not nothing there: neither a blank user nor one who is in no list."""
    world = World()
    observed(world, ADA, NOW - 2 * DAY)
    assert await ids(world) == [ADA.id]
    world.put(replace(unlicensed(ADA), account_enabled=None))
    world.clock.advance(DAY + HOUR)

    assert await ids(world) == [ADA.id]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"search": "USER2@"}, [BEN]),
        ({"search": "cleo"}, [CLEO]),
        ({"case": LossCase.LICENSE_REMOVED}, [CLEO]),
        ({"case": LossCase.DELETED_USER}, [BEN, ADA]),
        ({"closing_within": 3 * DAY}, [CLEO, BEN]),
        ({"closing_within": timedelta(hours=30)}, [CLEO]),
        ({"search": "nobody"}, []),
    ],
)
@pytest.mark.parametrize("top", [1, 100])
async def test_losses_are_filtered_by_name_loss_and_end(
    query: dict[str, object], found: list[Person], top: int
) -> None:
    """By a part of a name or address in any case, by what was lost, by the end of the window."""
    world = World()
    world.put(deleted(ADA, days_ago=1), deleted(BEN, days_ago=28))
    observed(world, replace(CLEO, display_name="Cleo"), NOW - 29 * DAY)

    assert await ids(world, top=top, **query) == [person.id for person in found]


@pytest.mark.parametrize(
    ("searched", "is_found"),
    [
        ("Bowen, Megan", True),
        ("bowen megan", True),
        ("gan Bow", True),
        ("Bowen, Adele", False),
        # Each word in another name of the person is nobody's name.
        ("Bowen megan.b@", False),
        (",", False),
    ],
)
def test_a_name_is_found_with_its_words_in_any_order(searched: str, *, is_found: bool) -> None:
    """As the address list has it, surname first."""
    row = ListedLoss(
        "a", "megan.b@contoso.com", LossCase.DELETED_USER, NO_WINDOW, NOW, "Megan Bowen"
    )

    assert row.is_called(searched) is is_found


async def test_a_tenant_with_many_deleted_is_followed_a_day_at_a_time() -> None:
    """What was listed once is not read again, and somebody deleted since is found."""
    world = World()
    crowd = [deleted(somebody(number), days_ago=number % 29) for number in range(10, 1_020)]
    world.put(*crowd)
    assert len(await ids(world, top=999)) == len(crowd)
    world.put(replace(ADA, deleted_at=NOW))
    world.clock.advance(HOUR)
    before = world.storage.observations.calls["many"]

    found = await ids(world, top=999)

    assert len(found) == len(crowd) + 1
    assert ADA.id in found
    assert world.storage.observations.calls["many"] - before < 10


async def test_a_list_that_could_not_be_made_whole_in_time_goes_on() -> None:
    """The first pages say where to go on, although nobody else is listed yet."""
    world = World()
    crowd = [deleted(somebody(number), days_ago=number % 29) for number in range(10, 1_020)]
    world.put(*crowd)
    reading = world.storage.observations.many

    async def slowly(user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        world.clock.advance(timedelta(seconds=5))
        return await reading(user_ids)

    world.storage.observations.many = slowly  # type: ignore[method-assign]

    first = await list_losses(LossQuery(top=999), world.deps)
    found = await ids(world, top=999)

    assert len(first.rows) < len(crowd) // 2
    assert first.next is not None
    assert sorted(found) == sorted(person.id for person in crowd)


async def test_whom_graph_shows_half_an_hour_late_is_found() -> None:
    """In a tenant with many deleted users, too, whose time was followed before."""
    world = World()
    world.put(*(deleted(somebody(number), days_ago=number % 29) for number in range(10, 1_020)))
    await ids(world, top=999)
    world.put(replace(ADA, deleted_at=NOW - HOUR / 2))
    world.clock.advance(HOUR / 4)

    assert ADA.id in await ids(world, top=999)


async def test_nobody_comes_late_to_a_time_that_was_long_past_when_it_was_followed() -> None:
    """The pages that go on with the deleted users look for none of them a second time."""
    world = World()
    world.put(*(deleted(somebody(number), days_ago=2 + number % 27) for number in range(10, 1_020)))
    world.storage.loss_list.followed = LossCursor(
        deleted_until=NOW - 10 * DAY,
        has_many_deleted=True,
        has_more_deleted=True,
        followed_at=NOW - DAY,
    )

    await list_losses(LossQuery(top=999, place=LossPlace.ending_at(NOW)), world.deps)

    assert world.storage.loss_list.calls["glance"] == 0
    assert len(world.storage.loss_list.rows) > 0


async def test_of_ten_thousand_deleted_in_an_hour_the_first_are_told_at_once() -> None:
    """The time allowed is kept within a day as well, and the links lead to all of them."""
    world = World()
    crowd = [deleted(somebody(number), days_ago=number / 200_000) for number in range(10, 6_000)]
    world.put(*crowd)
    reading = world.storage.observations.many

    async def slowly(user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        world.clock.advance(timedelta(seconds=2))
        return await reading(user_ids)

    world.storage.observations.many = slowly  # type: ignore[method-assign]

    first = await list_losses(LossQuery(top=999), world.deps)
    took, listed = world.clock.now() - NOW, len(world.storage.loss_list.rows)
    found = await ids(world, top=999)

    assert 0 < len(first.rows) <= listed < len(crowd) * 2 // 3
    assert first.next is not None
    assert took <= timedelta(seconds=10)
    assert sorted(found) == sorted(person.id for person in crowd)


async def test_one_moment_at_which_very_many_were_deleted_is_listed_as_a_whole() -> None:
    """It cannot be cut; the list is not stuck at it."""
    world = World()
    crowd = [deleted(somebody(number), days_ago=1) for number in range(10, 1_100)]
    world.put(*crowd)

    assert len(await ids(world, top=999)) == len(crowd)
    assert not world.storage.loss_list.followed.has_more_deleted


@pytest.mark.parametrize("many", [1_100, 4_400])
async def test_capacity_asks_as_often_however_many_were_deleted_lately(many: int) -> None:
    """Who was deleted within the hour is looked at again at each call: in one look at them all."""
    world = World()
    world.put(*(deleted(somebody(number), days_ago=number / 200_000) for number in range(1, many)))
    assert (await read_capacity(world.deps)).people == many - 1
    world.clock.advance(timedelta(minutes=1))
    asked = (world.storage.loss_list.calls, world.feed.calls)
    for calls in asked:
        calls.clear()

    assert (await read_capacity(world.deps)).people == many - 1

    in_storage, of_graph = map(dict, asked)
    assert in_storage == {"cursor": 3, "glance": 1, "note_cursor": 1, "needs_after": 1}
    assert of_graph == {"deleted_between": 2}


async def test_a_graph_that_cannot_be_asked_is_no_empty_list() -> None:
    """An error, and the rows are there when it answers again."""
    world = World()
    world.put(deleted(ADA, days_ago=1))
    world.feed.fail_next("deleted_between", AnsweredError(status=403, code="x", message="no"))

    with pytest.raises(Exception, match="permission"):
        await ids(world)
    assert await ids(world) == [ADA.id]


async def test_capacity_counts_everybody_once_for_each_licence() -> None:
    """Deleted users come back with their licences, and so take seats from the others."""
    other = AssignedLicense("another-sku")
    world = World()
    world.directory.put_sku(a_sku(free_seats=1))
    world.directory.put_sku(a_sku(sku_id="another-sku", part_number="ANOTHER", free_seats=-3))
    world.put(deleted(replace(ADA, licenses=(*ADA.licenses, other)), days_ago=1))
    observed(world, BEN, NOW - 29 * DAY)
    world.put(deleted(replace(unlicensed(CLEO), licenses=()), days_ago=3))

    capacity = await read_capacity(world.deps)

    assert capacity.people == 3
    assert capacity.first_ends_at == NOW + DAY
    assert [
        (seats.sku.part_number, seats.needed, seats.free, seats.short, seats.first_ends_at)
        for seats in capacity.seats
    ] == [
        ("ANOTHER", 1, 0, 1, NOW + 29 * DAY),
        ("ENTERPRISEPACK", 2, 1, 1, NOW + DAY),
    ]
