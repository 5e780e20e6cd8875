"""The end of a restore reaches its callbackUrl: at least once, for a day, then a warning."""

import json
from datetime import timedelta

import pytest

from shared.domain.events.delivery import PATIENCE
from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Status
from shared.domain.requests.request import Door, RequestedBy
from shared.errors import StorageUnavailableError
from shared.events.deliver import deliver
from shared.ports.events import DeliveryAnswer, DeliveryReport
from shared.restore.cancel import cancel_restore
from shared.restore.conclude import finished_event
from shared.restore.retry import retry_restore
from tests.builders import USER_ID, a_request
from tests.fakes.events import FakeNotifier
from tests.reading import said
from tests.unit.world.callbacks import REQUEST, URL, a_world, drive, ended, under_way, warnings
from tests.unit.world.world import World

DOWN = StorageUnavailableError("down")
FAILED = DeliveryReport(DeliveryAnswer.FAILED, "http-500")
BY = RequestedBy(Door.HTTP, "Admin", "a")
SECOND = timedelta(seconds=1)


async def test_the_end_is_told_once() -> None:
    """The same event as on restore-results, under the restore's id and attempt; then nothing."""
    world = a_world()
    record = await ended(world)

    await drive(world)
    await world.sweep()

    (sent,) = world.notifier.sent
    assert (sent.url, sent.event_id) == (URL, f"{record.id}-1")
    owner = world.audience.owner(record.requested_by)
    assert json.loads(sent.body) == finished_event(record, owner)
    assert world.storage.outbox.results == [finished_event(record, world.audience.everybody())]
    assert warnings(await world.record(record.id)) == []
    assert world.storage.unfinished.rows == {}


async def test_without_a_callback_nothing_is_sent() -> None:
    """Most restores have none."""
    world = a_world()

    await world.restore(a_request(user=USER_ID))

    assert under_way(world) == []


async def test_a_cancelled_restore_is_told_of_too() -> None:
    """It has ended, and somebody may wait for it."""
    world = a_world()
    record = await world.accept(REQUEST)

    await cancel_restore(record.id, BY, world.deps)
    await drive(world)

    (sent,) = world.notifier.sent
    assert json.loads(sent.body)["data"]["status"] == "cancelled"


async def test_telling_does_not_hold_up_the_end() -> None:
    """The restore has ended, and nobody else waits for its user, before the first call is made."""
    world = a_world()

    record = await ended(world)

    assert record.status is Status.SUCCEEDED
    assert world.notifier.sent == []
    # The row that stays names a restore that has ended: whoever comes next takes it over.
    assert set(world.storage.locks.holders.values()) <= {record.id}
    assert world.storage.outbox.work[-1] == (under_way(world)[0].id, timedelta(0))


async def test_a_receiver_that_comes_back_is_told() -> None:
    """Backing off from seconds to an hour, always the same event id."""
    world = a_world()
    record = await ended(world)
    world.notifier.next_answers.extend([FAILED] * 9)
    waits = []

    while under_way(world):
        before = world.clock.now()
        await drive_one(world)
        waits.append((world.clock.now() - before).total_seconds())

    assert waits == [0, 10, 30, 60, 300, 900, 1800, 3600, 3600, 3600]
    assert {sent.event_id for sent in world.notifier.sent} == {f"{record.id}-1"}
    assert warnings(await world.record(record.id)) == []


async def drive_one(world: World) -> None:
    """Let the time pass until the one delivery is due, and deliver it."""
    (delivery,) = under_way(world)
    world.clock.advance(max(delivery.due_at - world.clock.now(), timedelta(0)))
    await deliver(delivery.id, world.deps)


async def test_a_receiver_may_name_its_time() -> None:
    """Retry-After is obeyed, within reason."""
    world = a_world()
    await ended(world)
    for asked, waited in ((90, 90), (0, 5), (10**6, 7200)):
        world.notifier.answer = DeliveryReport(
            DeliveryAnswer.FAILED, "http-503", timedelta(seconds=asked)
        )
        await drive_one(world)
        (delivery,) = under_way(world)
        assert (delivery.due_at - world.clock.now()).total_seconds() == waited


async def test_after_a_day_it_is_given_up_with_a_warning() -> None:
    """The last try is a day after the end; the restore stays as it ended, but for the warning."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = FAILED

    await drive(world)

    warned = await world.record(record.id)
    assert world.clock.now() - record.finished_at == PATIENCE if record.finished_at else False
    assert warnings(warned) == [FindingCode.CALLBACK_FAILED]
    assert "http-500" in said(warned.warnings[0]).message
    assert "secret" not in said(warned.warnings[0]).message
    assert (warned.status, warned.outcome, warned.steps) == (
        record.status,
        record.outcome,
        record.steps,
    )
    assert (await world.events(record.id))[-1] == FindingCode.CALLBACK_FAILED
    assert world.storage.unfinished.rows == {}


@pytest.mark.parametrize(
    ("why", "says", "leads_to"),
    [
        ("host-not-allowed", "was not sent", "CALLBACK_HOSTS"),
        ("address-not-public", "was not sent", "a public address"),
        ("name-not-found", "did not reach", "spelled right"),
        ("connection-failed", "certificate", "certificate"),
        ("timeout", "may have received it all the same", "5 seconds"),
        ("worker-died", "may have arrived all the same", "by its id"),
    ],
)
async def test_the_warning_says_what_was_seen(why: str, says: str, leads_to: str) -> None:
    """Nobody is said to have been called who was not, and the fix fits the cause."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.FAILED, why)

    await drive(world)

    warning = said((await world.record(record.id)).warnings[0])
    assert says in warning.message
    assert leads_to in warning.fix
    assert "was called" not in warning.message
    assert why not in warning.message


async def test_a_receiver_that_is_gone_for_good_is_asked_once() -> None:
    """410 says that nobody will ever be there again."""
    world = a_world()
    record = await ended(world)
    world.notifier.answer = DeliveryReport(DeliveryAnswer.GONE, "http-410")

    await drive(world)

    assert len(world.notifier.sent) == 1
    assert warnings(await world.record(record.id)) == [FindingCode.CALLBACK_FAILED]


async def test_without_room_it_is_put_back_and_is_no_try() -> None:
    """An instance with its hands full tells nobody that the receiver failed."""
    world = a_world()
    await ended(world)
    world.notifier.next_answers.append(DeliveryReport(DeliveryAnswer.BUSY, "no-room"))

    await drive_one(world)

    (delivery,) = under_way(world)
    wait = delivery.due_at - world.clock.now()
    assert delivery.tries == 0
    assert 5 * SECOND <= wait <= 20 * SECOND
    assert world.storage.outbox.work[-1] == (delivery.id, wait)


async def test_a_message_that_comes_early_or_twice_sends_nothing() -> None:
    """Only a delivery that is due is sent."""
    world = a_world()
    await ended(world)
    world.notifier.next_answers.append(FAILED)
    (delivery,) = under_way(world)
    await deliver(delivery.id, world.deps)

    await deliver(delivery.id, world.deps)
    world.clock.advance(9 * SECOND)
    await deliver(delivery.id, world.deps)

    assert len(world.notifier.sent) == 1


async def test_the_next_attempt_has_a_callback_of_its_own() -> None:
    """Retried, the old end's warning stays off the new attempt, and the new end is told."""
    world = World()
    record = await ended(world)
    assert record.status is Status.REFUSED
    world.notifier.answer = FAILED
    again = await retry_restore(record.id, BY, world.deps)
    world.clock.advance(PATIENCE)
    (old,) = under_way(world)

    await deliver(old.id, world.deps)

    assert await world.record(record.id) == again
    world.notifier.answer = DeliveryReport(DeliveryAnswer.DELIVERED, "http-200")
    await world.finish(record.id)
    await drive(world)
    assert world.notifier.sent[-1].event_id == f"{record.id}-2"


async def test_of_two_workers_one_sends() -> None:
    """A message that arrives twice at the same moment."""
    world = a_world()
    await ended(world)
    (delivery,) = under_way(world)
    kept = await world.storage.deliveries.read(delivery.id)
    assert kept is not None
    await world.storage.deliveries.write(kept, kept.value.taken(world.clock.now(), 30 * SECOND))

    await deliver(delivery.id, world.deps)

    assert world.notifier.sent == []
    world.clock.advance(31 * SECOND)
    await deliver(delivery.id, world.deps)
    assert len(world.notifier.sent) == 1


class _SlowFirst(FakeNotifier):
    """The first sending takes longer than its worker may; meanwhile another worker has its turn."""

    def __init__(self, world: World, late: DeliveryAnswer) -> None:
        super().__init__()
        self._world, self._late = world, DeliveryReport(late, "http-410")

    async def send(self, url: str, event_id: str, body: str, *, caller: str) -> DeliveryReport:
        """Send, and for the first time let a minute pass in which the event arrives by another."""
        report = await super().send(url, event_id, body, caller=caller)
        if len(self.sent) > 1:
            return report
        self._world.clock.advance(timedelta(minutes=1))
        (delivery,) = under_way(self._world)
        await deliver(delivery.id, self._world.deps)
        return self._late


@pytest.mark.parametrize("late", [DeliveryAnswer.GONE, DeliveryAnswer.FAILED])
async def test_a_worker_that_lost_its_turn_gives_nothing_up(late: DeliveryAnswer) -> None:
    """What another host has brought did arrive, whatever the slow one is told in the end."""
    world = a_world()
    record = await ended(world)
    world.notifier = _SlowFirst(world, late)
    (delivery,) = under_way(world)

    await deliver(delivery.id, world.deps)

    assert len(world.notifier.sent) == 2
    assert warnings(await world.record(record.id)) == []
    assert under_way(world) == []
