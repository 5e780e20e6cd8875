"""An account that a drill has deleted, or may have, comes back, and is told of until then."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.decision import StepName
from shared.domain.outcomes import Code, Status
from shared.domain.records.record import Record
from shared.drill.bring_back import bring_back
from shared.drill.start import start_drill
from shared.errors import AnsweredError, NotSentError, OutcomeUnknownError, UnreadableTextError
from shared.restore.giving_up import gave_up
from shared.upkeep.poisoned_work import give_up
from tests.builders import USER_ID, a_person, because
from tests.fakes import refusals
from tests.fakes.health import FakePermissions
from tests.unit.drill.drilled import NEEDED, Drilled
from tests.unit.drill.test_told import check_of
from tests.unit.world.world import code_of

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class TakenBack(FakePermissions):
    """A token that holds everything for so many looks, and nothing after that."""

    def __init__(self, looks: int) -> None:
        super().__init__()
        self._looks = looks

    async def held(self) -> frozenset[str]:
        """What it holds now."""
        self._looks -= 1
        return NEEDED if self._looks >= 0 else frozenset()


async def away(world: Drilled) -> Record:
    """A drill whose deletion arrived, and whose answer was lost."""
    record = await world.begin()
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)
    return await world.run(record.id)


async def left_away(world: Drilled) -> Record:
    """A drill that Graph refused to let bring its account back."""
    world.directory.fail_next("restore_user", refusals.denied())
    return await world.drill()


async def try_again(world: Drilled, after: timedelta) -> Record | None:
    """The sweep of some time later, and the drill seen to its end if it was taken up."""
    world.clock.advance(after)
    again = await bring_back(world.deps)
    return None if again is None else await world.finish(again.id)


async def test_a_stale_read_after_the_deletion_shows_is_no_ending() -> None:
    """Path 1: one server shows it deleted, the next one as active: it is waited for."""
    world = Drilled()
    record = await away(world)
    deleted = world.directory.person(USER_ID)
    world.clock.advance(10 * MINUTE)
    world.directory.fail_next("deleted", NotSentError(because("down")))
    await world.run(record.id)
    world.put(replace(deleted, deleted_at=None))
    for _ in range(3):
        world.clock.advance(5 * MINUTE)
        assert not (await world.run(record.id)).status.is_final
    world.put(deleted)

    assert code_of(await world.finish(record.id)) is Code.MAILBOX_RESTORED


async def test_a_deletion_that_shows_after_hours_ends_as_failed_and_can_be_retried() -> None:
    """Path 2: never a success while nobody has seen the account come back."""
    world = Drilled()
    record = await world.begin()
    world.directory.replication_delay = 2 * HOUR

    ended = await world.finish(record.id)

    assert ended.status is Status.FAILED
    assert ended.is_away
    assert ended.is_retryable
    assert ended.outcome is not None
    assert ended.outcome.before is not None
    assert ended.outcome.before.variant == "drill-away"


async def test_the_hour_of_the_deletion_does_not_end_the_way_back() -> None:
    """The answer is lost, and Graph is down for longer than the hour: it comes back."""
    world = Drilled()
    record = await away(world)
    for _ in range(40):
        world.directory.fail_next("active", NotSentError(because("down")))

    ended = await world.finish(record.id)

    assert world.clock.now() > record.created_at + 2 * HOUR
    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert world.changes() == ["delete_user", "restore_user"]


async def test_a_deletion_of_the_last_minute_that_shows_late_is_not_called_undone() -> None:
    """Sent at minute 59, its answer lost, and reads that lag beyond the hour."""
    world = Drilled()
    record = await world.begin()
    world.clock.advance(59 * MINUTE)
    world.directory.replication_delay = 6 * MINUTE
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)

    assert code_of(await world.finish(record.id)) is Code.MAILBOX_RESTORED


def refused_read(world: Drilled) -> None:
    """One read is refused."""
    world.directory.fail_next("active", refusals.denied())


def refused_restore(world: Drilled) -> None:
    """The restore is refused."""
    world.directory.fail_next("restore_user", refusals.denied())


@pytest.mark.parametrize("refuse", [refused_read, refused_restore])
async def test_a_refusal_while_it_is_away_is_told_and_tried_again(
    refuse: Callable[[Drilled], None],
) -> None:
    """Without anybody's doing, after an hour: one deletion in all."""
    world = Drilled()
    record = await away(world)
    world.clock.advance(5 * MINUTE)
    refuse(world)
    ended = await world.finish(record.id)
    assert ended.status is Status.FAILED
    assert world.directory.person(USER_ID).is_deleted

    assert await try_again(world, 59 * MINUTE) is None
    again = await try_again(world, MINUTE)

    assert again is not None
    assert code_of(again) is Code.MAILBOX_RESTORED
    assert world.directory.deleted_again[USER_ID] == 1
    assert await try_again(world, HOUR) is None


async def test_given_up_while_it_is_away_is_tried_again() -> None:
    """Its workers died over and over."""
    world = Drilled()
    record = await away(world)
    stored = await world.storage.ledger.read(record.id)
    assert stored is not None
    await give_up(stored, world.deps)
    assert code_of(await world.record(record.id)) is gave_up().code

    again = await try_again(world, HOUR)

    assert again is not None
    assert code_of(again) is Code.MAILBOX_RESTORED


async def test_it_is_tried_ever_more_rarely_and_not_after_its_window() -> None:
    """Each end is told, and a month has no thousand of them."""
    world = Drilled()
    await left_away(world)
    tries = 0
    for _ in range(31 * 24):
        world.directory.fail_next("restore_user", refusals.denied())
        tries += await try_again(world, HOUR) is not None

    assert 25 < tries < 45
    told: list[Any] = [one for one in world.storage.outbox.alerts if "drill" in str(one["type"])]
    assert len({event["id"] for event in told}) == tries + 1


async def test_no_new_drill_begins_before_the_account_is_back() -> None:
    """The next one would find it deleted, and take the place of the one to tell of."""
    world = Drilled()
    await left_away(world)
    world.clock.advance(2 * DAY)

    assert await start_drill(USER_ID, world.deps) is None
    assert await try_again(world, MINUTE) is not None
    world.clock.advance(DAY)
    assert await start_drill(USER_ID, world.deps) is not None


async def test_it_is_brought_back_although_drills_are_off_by_now() -> None:
    """And the status tells of it for as long."""
    world = Drilled()
    await left_away(world)
    world.policy = replace(world.policy, drill_user=None)
    assert (await check_of(world))["status"] == "degraded"

    again = await try_again(world, HOUR)

    assert again is not None
    assert code_of(again) is Code.MAILBOX_RESTORED
    assert await check_of(world) is None


async def test_a_drill_of_another_release_does_not_stop_the_sweep() -> None:
    """It is left to the release that can read it."""
    world = Drilled()
    await left_away(world)
    world.storage.ledger.fail_next("read", UnreadableTextError("newer"))

    assert await try_again(world, HOUR) is None


async def test_no_drill_begins_after_one_of_another_release() -> None:
    """Whether that has brought its account back, nobody can read."""
    world = Drilled()
    await world.begin()
    world.clock.advance(2 * DAY)
    world.storage.ledger.fail_next("read", UnreadableTextError("newer"))

    assert await start_drill(USER_ID, world.deps) is None


async def test_an_account_that_is_active_blocks_no_later_drill() -> None:
    """Somebody restored it: nothing is tried, and the next drill begins."""
    world = Drilled()
    record = await away(world)
    world.put(a_person())
    ended = await world.finish(record.id)
    assert ended.status is Status.FAILED

    assert await try_again(world, DAY) is None
    assert await start_drill(USER_ID, world.deps) is not None


@pytest.mark.parametrize(
    ("error", "is_held", "code", "variant"),
    [
        (refusals.denied(), False, Code.PERMISSION_MISSING, "drill-delete"),
        (refusals.denied(), True, Code.OUT_OF_REACH, "drill"),
        (refusals.bad_request("No."), True, Code.DIRECTORY_ERROR, "drill"),
    ],
)
async def test_a_refused_deletion_says_that_nothing_was_deleted(
    error: AnsweredError, code: Code, variant: str, *, is_held: bool
) -> None:
    """In the words of a drill: nobody is told to delete anything by hand."""
    world = Drilled()
    world.directory.fail_next("delete_user", error)
    if not is_held:
        world.grants = TakenBack(2)

    ended = await world.drill()

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == (code, variant)
    assert ended.outcome.before is not None
    assert ended.outcome.before.variant == "drill-untouched"
    assert not ended.is_away


async def test_a_read_refused_before_the_deletion_says_that_nothing_was_deleted() -> None:
    """Whatever ends a drill that has done nothing."""
    world = Drilled()
    world.directory.fail_next("active", refusals.denied())

    ended = await world.drill()

    assert ended.step(StepName.DELETE_USER) is None
    assert ended.outcome is not None
    assert ended.outcome.before is not None
    assert ended.outcome.before.variant == "drill-untouched"
