"""Rounds over the guards: no crash, race or fault makes a second restore or hides a guard."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from shared.domain.guards.guard import GuardState, guard_id_for
from shared.domain.outcomes import Code
from shared.errors import (
    AnsweredError,
    NotSentError,
    OutcomeUnknownError,
    StorageUnavailableError,
    ThrottledError,
    UnreadableTextError,
)
from shared.guards.orders import remove_guard
from shared.guards.rounds import AT_ONCE, ROUND_TIME, keep_guards
from shared.upkeep.watch_tenant import LOOK_TIME, watch_tenant
from tests.builders import USER_ID, a_deleted_person, a_person, because
from tests.fakes.refusals import denied, not_found
from tests.unit.world.guarded import (
    HOUR,
    ORDER,
    an_order,
    begun,
    finish_all,
    guard,
    one_look,
    seen,
    tick,
)
from tests.unit.world.people import world_with
from tests.unit.world.world import World, code_of

STORAGE = ("ledger", "joins", "unfinished", "days", "observations", "outbox", "guards")
METHODS = ("read", "write", "insert", "find", "point", "note", "last", "page", "enqueue_work")
GRAPH = ("active", "deleted", "ids", "conflicts", "skus", "roles_held")


class CrashError(BaseException):
    """The process is gone: nothing catches this."""


class Crash:
    """Stop the world before or after the nth call of any port; `calls` is how many there were."""

    def __init__(self, nth: int, *, after: bool) -> None:
        self._nth, self._after = nth, after
        self.calls = 0

    def arm(self, world: World) -> None:
        """Stand between the timer and every port, in this world."""
        for name in STORAGE:
            port = getattr(world.storage, name)
            for method in METHODS:
                if hasattr(port, method):
                    setattr(port, method, self._wrap(getattr(port, method)))
        for method in GRAPH:
            setattr(world.directory, method, self._wrap(getattr(world.directory, method)))

    def disarm(self) -> None:
        """Let everything through again."""
        self._nth = 0

    def _wrap(self, real: Callable[..., object]) -> Callable[..., object]:
        async def call(*args: object, **kwargs: object) -> object:
            self.calls += 1
            strikes = self.calls == self._nth
            if strikes and not self._after:
                raise CrashError
            result = await real(*args, **kwargs)  # type: ignore[misc]
            if strikes:
                raise CrashError
            return result

        return call


async def a_world_with_a_loss() -> World:
    """Megan, guarded by name, deleted before anybody looked."""
    world = world_with(a_deleted_person())
    await guard(world)
    return world


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_at_any_call_heals_at_the_next_round(after: bool) -> None:  # noqa: FBT001
    """Before or after whatever port call: exactly one restore, noted on its guard, and done."""
    for nth in count(1):
        world = await a_world_with_a_loss()
        crash = Crash(nth, after=after)
        crash.arm(world)
        try:
            await tick(world)
        except CrashError:
            crash.disarm()
        else:
            break
        await tick(world)
        await world.sweep()
        await finish_all(world)
        await tick(world)
        await tick(world)

        assert [code_of(record) for record in begun(world)] == [Code.MAILBOX_RESTORED], nth
        loss = seen(world).last_loss
        assert loss is not None
        assert loss.restore_id == begun(world)[0].id
        assert world.directory.restored[USER_ID] == 1
    assert nth > 15


async def test_two_rounds_at_once_begin_one_restore() -> None:
    """The guard's ETag lets one of them go on, and the key makes the rest one restore."""
    world = await a_world_with_a_loss()

    world.clock.advance(timedelta(minutes=10))
    rounds = await asyncio.gather(*(keep_guards(world.deps) for _ in range(5)))
    await tick(world)

    assert sum(one.begun for one in rounds) == 1
    assert len(begun(world)) == 1
    loss = seen(world).loss
    assert loss is not None
    assert loss.restore_id == begun(world)[0].id


async def test_a_guard_removed_in_the_middle_begins_nothing_and_stays_removed() -> None:
    """The look was on its way: its write finds no guard."""
    world = await a_world_with_a_loss()
    real = world.directory.deleted

    async def and_remove(user_id: str) -> object:
        await world.storage.guards.remove(guard_id_for(ORDER))
        return await real(user_id)

    world.directory.deleted = and_remove  # type: ignore[method-assign, assignment]
    await tick(world)

    assert begun(world) == []
    assert world.storage.guards.rows == {}


async def test_a_removed_guard_leaves_its_restore_and_added_again_has_it_again() -> None:
    """The loss is the same, and so is its restore, whatever the new remarks are."""
    world = await a_world_with_a_loss()
    await tick(world)
    (record,) = begun(world)
    again = replace(ORDER, reason="other words")

    await remove_guard(guard_id_for(ORDER), world.deps)
    await guard(world, again)
    await tick(world)

    assert begun(world) == [record]
    loss = seen(world, again).loss
    assert loss is not None
    assert loss.restore_id == record.id


def many(world: World, number: int) -> list[str]:
    """Ids of as many deleted people, put into the directory."""
    ids = [f"{at:08x}-0000-4000-8000-000000000000" for at in range(number)]
    for at, user_id in enumerate(ids):
        upn = f"person{at}@contoso.com"
        person = a_deleted_person(id=user_id, user_principal_name=upn, mail=None)
        world.put(replace(person, proxy_addresses=()))
    return ids


async def guard_all(world: World, ids: list[str]) -> list[str]:
    """Guard each of them; the guards' ids in the order of a round."""
    return sorted([await guard(world, an_order(user=user_id)) for user_id in ids])


@pytest.mark.parametrize(
    "fault",
    [not_found(USER_ID), denied(), OutcomeUnknownError(because("500"))],
    ids=["404", "403", "500"],
)
async def test_a_fault_of_one_stops_no_other(
    fault: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    """Three guards, one look that fails: two restores now, the third at the next round."""
    world = World()
    await guard_all(world, many(world, 3))
    world.directory.fail_next("deleted", fault)

    first = await tick(world)
    second = await tick(world)

    assert (first.begun, second.begun) == (2, 1)
    assert "person" not in caplog.text
    assert "@" not in caplog.text


async def test_a_guard_that_cannot_be_read_stops_no_other() -> None:
    """It was written by a release of tomorrow."""
    world = World()
    await guard_all(world, many(world, 3))
    world.storage.guards.fail_next("read", UnreadableTextError("of tomorrow"))

    assert (await tick(world)).begun == 2


async def test_what_nobody_foresaw_is_raised_after_all_others() -> None:
    """A bug shows, and still the other mailboxes come back."""
    world = World()
    await guard_all(world, many(world, 2 * AT_ONCE))
    world.directory.fail_next("deleted", ZeroDivisionError())

    with pytest.raises(ZeroDivisionError):
        await tick(world)

    assert len(begun(world)) == 2 * AT_ONCE - 1


@pytest.mark.parametrize(
    "fault", [ThrottledError(because("429"), None), NotSentError(because("no route"))]
)
async def test_a_throttled_round_stops_and_the_next_goes_on_from_there(fault: Exception) -> None:
    """Nobody is looked at twice before everybody was looked at once."""
    world = World()
    many_ids = many(world, 3 * AT_ONCE)
    in_order = await guard_all(world, many_ids)
    real, looks = world.directory.deleted, count(1)

    async def throttled(user_id: str) -> object:
        if next(looks) > AT_ONCE:
            raise fault
        return await real(user_id)

    world.directory.deleted = throttled  # type: ignore[method-assign, assignment]
    first = await tick(world)
    world.directory.deleted = real  # type: ignore[method-assign]
    pages = world.storage.guards.calls["page"]
    second = await tick(world)

    assert (first.begun, second.begun) == (AT_ONCE, 2 * AT_ONCE)
    assert first.stopped == type(fault).__name__
    assert first.place == in_order[AT_ONCE - 1]
    assert world.storage.guard_mark.mark == ""
    assert world.storage.guards.calls["page"] - pages == 4


async def test_a_round_ends_when_its_time_is_up() -> None:
    """Graph answers slowly: the rest is looked at by the next round."""
    world = World()
    await guard_all(world, many(world, 3 * AT_ONCE))
    real = world.directory.deleted

    async def slow(user_id: str) -> object:
        world.clock.advance(ROUND_TIME / AT_ONCE)
        return await real(user_id)

    world.directory.deleted = slow  # type: ignore[method-assign, assignment]
    rounds = [await tick(world) for _ in range(3)]

    assert [one.begun for one in rounds] == [AT_ONCE] * 3
    assert len(begun(world)) == 3 * AT_ONCE


async def test_guards_have_what_the_observing_has_left_of_the_time() -> None:
    """The host would end the run, and its process, before a mark says how far it came."""
    world = World()
    await guard_all(world, many(world, 3 * AT_ONCE))
    real = world.directory.deleted

    async def slow(user_id: str) -> object:
        world.clock.advance(ROUND_TIME / AT_ONCE / 2)
        return await real(user_id)

    async def observing_takes_long(_: str | None) -> None:
        world.clock.advance(LOOK_TIME - ROUND_TIME / 4)
        world.directory.deleted = slow  # type: ignore[method-assign, assignment]

    world.feed.before_page = observing_takes_long
    began = world.clock.now()
    await watch_tenant(world.deps)

    # A batch that has begun is looked at to its end.
    assert world.clock.now() - began <= LOOK_TIME + ROUND_TIME / 4
    assert world.storage.guard_mark.mark != ""


@pytest.mark.parametrize("number", [1, AT_ONCE - 1, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
@pytest.mark.parametrize("behind", [0.0, 0.3, 1.0])
async def test_a_round_looks_at_everybody_once(number: int, behind: float) -> None:
    """Wherever it begins."""
    world = World()
    in_order = await guard_all(world, many(world, number))
    world.storage.guard_mark.mark = in_order[int(behind * (number - 1))]

    kept = await tick(world)

    assert (kept.looked_at, kept.begun) == (number, number)
    assert world.storage.guard_mark.mark == ""


async def test_a_storage_that_is_down_is_told() -> None:
    """The timer fails where everybody sees it; the next round makes everything good."""
    world = World()
    await guard_all(world, many(world, 3))
    world.storage.ledger.fail_next("insert", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await tick(world)
    await tick(world)

    assert len(begun(world)) == 3


async def test_the_subscriptions_are_read_once_for_all() -> None:
    """They are the same for everybody in one round."""
    world = World()
    await guard_all(world, many(world, 2 * AT_ONCE))
    world.directory.calls.clear()

    await one_look(world)

    assert world.directory.calls.count("skus") == 1


async def test_an_audit_log_that_takes_no_more_questions_holds_nobody_up() -> None:
    """Many lost their licence at once: all are begun in this round, and it asks the log no more."""
    world = World()
    for user_id in many(world, 2 * AT_ONCE):
        person = world.directory.person(user_id)
        world.put(replace(person, deleted_at=None, licenses=(), plans=()))
        await guard(world, an_order(user=user_id))
    world.directory.calls.clear()
    world.directory.fail_next("changes_since", ThrottledError(because("429"), None))

    kept = await one_look(world, timedelta(minutes=10))

    asked = [call for call in world.directory.calls if call.startswith("changes_since")]
    assert (kept.begun, kept.stopped) == (2 * AT_ONCE, None)
    assert len(asked) == 1


async def test_a_proxy_that_answers_for_graph_is_no_loss() -> None:
    """Nothing follows from an answer that may not be Graph's."""
    world = world_with(a_person())
    await guard(world)
    await tick(world)
    page = AnsweredError(status=404, code="unreadable-answer", message="a proxy's page")
    world.directory.fail_next("active", page)

    await tick(world, HOUR)

    assert seen(world).state is GuardState.WATCHING
    assert begun(world) == []
