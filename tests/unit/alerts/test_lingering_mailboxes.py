"""A mailbox that answers without a licence is told of before it may go."""

from dataclasses import replace

import pytest

from shared.audit_trail.erase_person import erase_person
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.snapshot import Policy
from tests.builders import ENTERPRISEPACK_ID
from tests.fakes.refusals import denied
from tests.unit.world.lingering import ADA, MINUTE, days, lingering, told
from tests.unit.world.watched import DAY, Watched, the_data, unlicensed, watched

ADMIN = RequestedBy(Door.HTTP, "admin", "admin-id")


async def test_a_mailbox_that_answers_throughout_is_told_of_at_each_threshold_once() -> None:
    """For 33 days: by the licence's own clock, which its answers do not move."""
    world = await lingering()

    await days(world, 33)

    may_go_at = "2026-12-22T13:00:00Z"
    assert told(world) == [(days_, "mailbox", may_go_at) for days_ in (7.0, 3.0, 1.0)]
    first = world.alerts()[0]
    assert len({one["id"] for one in world.alerts()}) == 3
    assert (first["type"], first["subject"]) == ("restore.window-closing.v1", ADA.id)
    assert the_data(first) == {
        "user": {"id": ADA.id, "userPrincipalName": ADA.mail, "displayName": "Megan Bowen"},
        "case": "license-removed",
        "threshold": 7.0,
        "daysLeft": 6.9513,
        "startedAt": "2026-11-22T13:00:00Z",
        "endsAt": may_go_at,
        "evidence": "mailbox",
        "licenses": [{"skuId": ENTERPRISEPACK_ID, "skuPartNumber": "ENTERPRISEPACK"}],
    }


async def test_nothing_is_told_before_a_second_look_some_minutes_later() -> None:
    """Given back and taken away anew while nobody looked: its question of before is due still."""
    world = await lingering()
    world.tell(ADA)
    await world.look(after=MINUTE)
    world.tell(unlicensed(ADA))

    await world.look(after=24 * DAY)
    await world.look(after=5 * MINUTE)
    too_soon = told(world)
    for _ in range(3):
        await world.look(after=10 * MINUTE)

    assert too_soon == []
    assert [one[0] for one in told(world)] == [7.0]


async def test_one_that_falls_silent_is_lost_since_its_last_answer() -> None:
    """At day 20: seen within a day, nothing told before the window that begins there closes."""
    world = await lingering()
    await days(world, 20)
    silent_since = world.clock.now()
    world.directory.lingering.clear()
    await days(world, 2)

    seen = world.seen(ADA)
    assert seen.lost_at is not None
    assert silent_since - DAY < seen.lost_at <= silent_since
    assert world.storage.lingering.rows == set()
    await days(world, 20)
    assert told(world) == []

    await days(world, 10)

    assert [(one[0], one[1]) for one in told(world)] == [
        (days_, "observed") for days_ in (7.0, 3.0, 1.0)
    ]
    assert seen.lost_at.isoformat()[:19] + "Z" == the_data(world.alerts()[0])["startedAt"]


async def test_one_that_seemed_silent_for_a_moment_is_asked_on() -> None:
    """The mailbox service erred: minutes later it answers again, and twice."""
    world = await lingering()
    await days(world, 20)
    world.directory.lingering.clear()
    while world.storage.lingering.rows:
        await world.look()
    silent = world.seen(ADA).lingering_since
    world.directory.lingering.add(ADA.id)
    for _ in range(3):
        await world.look(after=10 * MINUTE)

    await days(world, 13)

    assert silent is None
    assert [(one[0], one[1]) for one in told(world)] == [
        (days_, "mailbox") for days_ in (7.0, 3.0, 1.0)
    ]
    assert len(world.storage.lingering.rows) == 1
    assert world.storage.second_looks.rows == set()


async def test_one_that_answers_weeks_after_it_was_silent_is_not_told_of_as_lost() -> None:
    """Found when its alert is due, and asked again before anything is told of it."""
    world = watched(ADA)
    await world.look()
    world.tell(unlicensed(ADA))
    await days(world, 20)
    world.directory.lingering.add(ADA.id)

    await days(world, 10)

    assert [(one[0], one[1]) for one in told(world)] == [
        (days_, "mailbox") for days_ in (7.0, 3.0, 1.0)
    ]


async def test_one_that_falls_silent_between_two_alerts_has_a_window_of_its_own() -> None:
    """Told of at 7 days by the licence; from the last answer on, its own three alerts follow."""
    world = await lingering()
    await days(world, 25)
    world.directory.lingering.clear()

    await days(world, 31)

    assert [(one[0], one[1]) for one in told(world)] == [
        (7.0, "mailbox"),
        (7.0, "observed"),
        (3.0, "observed"),
        (1.0, "observed"),
    ]


@pytest.mark.parametrize("is_told_by_the_feed", [True, False])
async def test_one_whose_licence_is_back_is_not_told_of(*, is_told_by_the_feed: bool) -> None:
    """Whether the feed says so, or the look at the person."""
    world = await lingering()
    await days(world, 10)
    (world.tell if is_told_by_the_feed else world.put)(ADA)

    await days(world, 23)

    assert told(world) == []
    assert world.seen(ADA).lost_at is None
    assert world.storage.lingering.rows == set()
    assert world.storage.losses.rows == set()


async def test_one_who_was_erased_is_neither_asked_nor_told_of() -> None:
    """The row that is left has an id alone, and goes within a day."""
    world = await lingering()
    await days(world, 10)
    await erase_person(ADA.id, ADMIN, world.deps)
    await world.look()
    world.directory.calls.clear()

    await days(world, 23)

    assert told(world) == []
    assert f"mailbox {ADA.id}" not in world.directory.calls
    assert world.storage.lingering.rows == set()


async def test_one_who_is_deleted_is_told_of_by_the_window_that_has_begun() -> None:
    """From the last answer of the mailbox, as the deletion came later."""
    world = await lingering()
    await days(world, 10)
    world.tell(replace(unlicensed(ADA), deleted_at=world.clock.now()))

    await days(world, 30)

    assert next((one[0], one[1]) for one in told(world)) == (7.0, "observed")
    assert world.storage.lingering.rows == set()


async def test_one_that_became_a_shared_mailbox_is_not_told_of() -> None:
    """It needs no licence."""
    world = await lingering()
    await days(world, 10)
    world.directory.purposes[ADA.id] = "shared"

    await days(world, 23)

    assert told(world) == []
    assert world.storage.lingering.rows == set()


async def test_what_the_service_took_away_itself_is_not_told_of() -> None:
    """An undo, after which the mailbox answers for as long as ever."""
    world = watched(ADA)
    await world.look()
    await world.storage.taken.note(ADA.id, world.clock.now() + MINUTE)
    world.directory.lingering.add(ADA.id)
    world.tell(unlicensed(ADA))

    await days(world, 33)

    assert told(world) == []


async def test_one_found_late_is_told_of_once_it_was_looked_at_twice() -> None:
    """With two days left: at 3 days, and no more at 7; not after the first look."""
    world = watched(ADA)
    await world.look()
    world.directory.lingering.add(ADA.id)
    world.clock.advance(28 * DAY)
    world.tell(unlicensed(ADA))
    await world.look()
    early = told(world)

    await world.look(after=10 * MINUTE)
    await world.look()

    assert early == []
    assert [(one[0], one[1]) for one in told(world)] == [(3.0, "mailbox")]


async def test_where_a_licence_takes_effect_with_a_delay_the_thirty_days_count() -> None:
    """Nothing is told a second time before the sixty are over, and nothing in their place."""
    world = await lingering(Watched(policy=Policy(delayed_delicensing=True)))

    await days(world, 62)

    may_go_at = "2026-12-22T13:00:00Z"
    assert told(world) == [(days_, "mailbox", may_go_at) for days_ in (7.0, 3.0, 1.0)]


async def test_nothing_is_told_while_nothing_of_the_person_is_read() -> None:
    """Graph shows no property at all: it is asked again, and told of when it is read."""
    world = await lingering()
    await days(world, 22)
    world.put(replace(unlicensed(ADA), account_enabled=None))
    await days(world, 2)
    unread = told(world)
    world.put(unlicensed(ADA))

    await world.look()

    assert unread == []
    assert [(one[0], one[1]) for one in told(world)] == [(7.0, "mailbox")]


async def test_nobody_says_that_it_answers_who_may_not_ask() -> None:
    """The permission is gone by day 15: what is told rests on the last answer."""
    world = await lingering()
    await days(world, 15)
    for _ in range(200):
        world.directory.fail_next("mailbox", denied())

    await days(world, 20)
    by_then = told(world)
    await days(world, 10)

    assert by_then == []
    assert [(one[0], one[1]) for one in told(world)] == [
        (days_, "observed") for days_ in (7.0, 3.0, 1.0)
    ]
