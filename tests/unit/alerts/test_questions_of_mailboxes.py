"""Each mailbox that answers without a licence is asked once a day, and nobody else pays for it."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import fields, replace

import pytest

from shared.alerts.lingering_mailboxes import LONGEST_QUESTIONS
from shared.errors import NotSentError, StorageUnavailableError
from tests.builders import because
from tests.fakes.tenant import FakeMailbox
from tests.unit.world.lingering import ADA, MINUTE, days, lingering, told
from tests.unit.world.watched import DAY, HOUR, Watched, somebody, unlicensed, watched

BEN = somebody(2)


async def test_it_is_asked_once_a_day_and_the_tenant_is_not_looked_at_for_it() -> None:
    """A question each day, and one to begin with, however often the timer runs."""
    world = await lingering()
    world.directory.calls.clear()

    for _ in range(30 * 24):
        await world.look()
        assert world.storage.second_looks.rows == set()
        assert len(world.storage.lingering.rows) == 1

    asked = [call for call in world.directory.calls if call.startswith("mailbox")]
    assert len(asked) == 31


async def cost_of_two_due(others: int) -> tuple[list[str], dict[str, dict[str, int]], int]:
    """Calls of Graph, of each storage port, and rows written, of a run in which two are due.

    So many others have lost as much: half of them are asked tomorrow, half are silent.
    """
    world = watched(ADA, BEN)
    await world.look()
    world.directory.lingering |= {ADA.id, BEN.id}
    world.tell(unlicensed(ADA), unlicensed(BEN))
    await world.look()
    await world.look(after=10 * MINUTE)
    await days(world, 22.75)
    store, now = world.storage, world.clock.now()
    for number in range(1_000, 1_000 + others):
        user_id = somebody(number).id
        store.observations.kept[user_id] = replace(world.seen(ADA), user_id=user_id)
        if number % 2:
            store.lingering.rows.add((user_id, now + DAY))
            store.losses.rows.add((user_id, now - (2 + number % 20) * HOUR))
        else:
            store.losses.rows.add((user_id, now - 10 * DAY))
    world.directory.calls.clear()
    ports = {one.name: getattr(store, one.name) for one in fields(store)}
    for port in ports.values():
        port.calls.clear()
    written = store.observations.writes.total()

    await world.look(after=8 * HOUR)

    assert {one["subject"] for one in world.alerts()} == {ADA.id, BEN.id}
    calls = {name: dict(port.calls) for name, port in ports.items() if port.calls}
    return sorted(world.directory.calls), calls, store.observations.writes.total() - written


async def test_a_run_costs_as_much_as_there_are_people_due() -> None:
    """Two, among thousands of losses or alone: the same questions, reads and writes."""
    alone = await cost_of_two_due(others=0)

    assert await cost_of_two_due(others=4_000) == alone
    graph, storage, written = alone
    assert [call for call in graph if ADA.id in call] == [f"active {ADA.id}", f"mailbox {ADA.id}"]
    assert storage["lingering"] == {"between": 1, "note_all": 1, "forget": 2}
    assert written == 2


async def test_what_is_left_when_time_is_up_is_asked_in_the_next_run() -> None:
    """The mailbox service is slow: a hundred in one run, and a hundred in the next."""
    world = await lingering()
    now = world.clock.now()
    world.storage.lingering.rows.clear()
    people = [somebody(number) for number in range(100, 300)]
    for person in people:
        world.put(unlicensed(person))
        world.directory.lingering.add(person.id)
        world.storage.observations.kept[person.id] = replace(world.seen(ADA), user_id=person.id)
        world.storage.lingering.rows.add((person.id, now))
    one_at_once = world.directory.mailbox

    async def slowly(user_id: str) -> FakeMailbox:
        world.clock.advance(LONGEST_QUESTIONS / 90)
        return await one_at_once(user_id)

    world.directory.mailbox = slowly  # type: ignore[method-assign]
    left = []
    for _ in range(2):
        await world.look(after=MINUTE)
        left.append(sum(at <= now for _, at in world.storage.lingering.rows))

    assert left == [100, 0]


async def _published(world: Watched) -> None:
    world.storage.outbox.fail_next("publish_alert", StorageUnavailableError("down"))


async def _marked(world: Watched) -> None:
    world.storage.marks.fail_next("note", StorageUnavailableError("down"))


async def _forgotten(world: Watched) -> None:
    world.storage.lingering.fail_next("forget", StorageUnavailableError("down"))


@pytest.mark.parametrize("break_", [_published, _marked, _forgotten])
async def test_an_alert_outlives_a_crash(break_: Callable[[Watched], Awaitable[None]]) -> None:
    """Before it was published, marked or done with: it comes, or comes again under its id."""
    world = await lingering()
    await days(world, 22)
    await break_(world)

    for _ in range(24):
        with suppress(StorageUnavailableError):
            await world.look(after=2 * HOUR)

    assert {one["id"] for one in world.alerts()} == {
        f"closing-{ADA.id}-7-2026-11-22T13:00:00Z",
    }


async def test_a_fault_of_graph_leaves_the_question_for_the_next_run() -> None:
    """Nothing is told on the strength of a question that was not answered."""
    world = await lingering()
    await days(world, 22.75)
    world.directory.fail_next("mailbox", NotSentError(because("down")))
    await world.look(after=8 * HOUR)
    early = told(world)

    await world.look(after=3 * MINUTE)

    assert early == []
    assert len(told(world)) == 1
