"""Waiting: for a time, a seat, a mailbox, another restore; and what ends each wait."""

from datetime import timedelta

from shared.domain.outcomes import Code
from shared.domain.records.progress import WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.errors import AnsweredError, NotSentError
from shared.ports.ledger import LockedBy
from tests.builders import (
    NOW,
    USER_ID,
    a_deleted_person,
    a_request,
    a_sku,
    because,
)
from tests.reading import said
from tests.unit.world.people import DAY, NAMED, SHARED, UNLICENSED, ask, world_with
from tests.unit.world.world import code_of

FORBIDDEN = AnsweredError(
    status=403, code="Authorization_RequestDenied", message="Insufficient privileges."
)


async def test_a_scheduled_restore_waits_for_its_time() -> None:
    """It is looked at once, parked, and taken in by the sweep when it is due."""
    world = world_with(a_deleted_person())
    due_at = NOW + 5 * DAY
    record = await world.accept(ask(RestoreKind.USER, not_before=due_at))

    parked = await world.run(record.id)
    world.storage.outbox.work.clear()
    world.clock.advance(5 * DAY)
    queued = await world.sweep()
    ended = await world.run(record.id)

    assert parked.waiting is not None
    assert (parked.waiting.reason, parked.waiting.until) == (WaitingFor.SCHEDULE, due_at)
    assert queued == 1
    assert code_of(ended) is Code.USER_RESTORED


async def test_a_schedule_past_the_window_is_refused_at_once() -> None:
    """Nobody should wait for a refusal; and the window is still open, so nobody should give up."""
    world = world_with(a_deleted_person())
    record = await world.accept(ask(RestoreKind.USER, not_before=NOW + 28 * DAY))

    ended = await world.run(record.id)

    assert code_of(ended) is Code.WINDOW_CLOSED
    assert ended.outcome is not None
    assert "earlier notBefore" in said(ended.outcome).fix
    assert ended.window is not None
    assert ended.window.verdict == "open"


async def test_without_the_permission_to_look_the_mailbox_is_not_claimed() -> None:
    """The restore ends well, under the name of what was done, with a warning."""
    world = world_with(a_deleted_person())
    world.directory.fail_next("mailbox", FORBIDDEN)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.USER_RESTORED
    assert [item.code for item in record.warnings] == ["mailbox-not-verified"]
    assert "MailboxSettings.Read" in said(record.warnings[0]).fix


async def test_a_mailbox_that_takes_its_time_is_waited_for() -> None:
    """Back-off, not failure: the mailbox may take hours."""
    world = world_with(a_deleted_person())
    world.directory.mailbox_delay = timedelta(hours=3)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert timedelta(hours=3) <= world.clock.now() - NOW < timedelta(hours=3.6)
    assert sum(call.startswith("mailbox") for call in world.directory.calls) < 15


async def test_a_mailbox_that_never_comes_is_said_so() -> None:
    """At the deadline the restore fails, with the three causes."""
    world = world_with(a_deleted_person())
    world.directory.mailbox_delay = timedelta(days=20)

    record = await world.restore(ask(RestoreKind.MAILBOX))

    assert code_of(record) is Code.MAILBOX_NOT_SEEN
    assert world.clock.now() - NOW == timedelta(hours=24)


async def test_a_user_that_perhaps_had_no_mailbox_is_not_failed_for_it() -> None:
    """An unlicensed user was asked for and is back; the missing mailbox is a warning."""
    world = world_with(SHARED)

    record = await world.restore(ask(RestoreKind.USER))

    assert code_of(record) is Code.USER_RESTORED
    assert [item.code for item in record.warnings] == ["mailbox-not-verified"]


async def test_no_seat_is_waited_for_and_taken_when_it_comes() -> None:
    """The restore is parked for a seat, and looks again every minute."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW - DAY]
    world.directory.put_sku(a_sku(free_seats=0))
    record = await world.accept(ask(RestoreKind.LICENSE, license=NAMED))

    parked = await world.finish(record.id, until=NOW)
    world.directory.put_sku(a_sku(free_seats=1))
    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.SEAT
    assert code_of(ended) is Code.LICENSE_RESTORED
    assert world.directory.assigned[USER_ID] == 1


async def test_no_seat_until_the_window_closes() -> None:
    """It ends as no-seat, and nothing was assigned one moment too late."""
    world = world_with(UNLICENSED)
    world.directory.license_changes[USER_ID] = [NOW - 30 * DAY + timedelta(hours=1)]
    world.directory.put_sku(a_sku(free_seats=0))
    record = await world.accept(ask(RestoreKind.LICENSE, license=NAMED))
    await world.finish(record.id, until=NOW)
    world.clock.advance(timedelta(hours=1))
    world.directory.put_sku(a_sku(free_seats=1))

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.NO_SEAT
    assert world.directory.assigned[USER_ID] == 0


async def test_the_window_is_looked_at_again_before_the_effect() -> None:
    """A restore that waited too long for its turn is not carried out any more."""
    world = world_with(a_deleted_person())
    world.directory.fail_next("restore_user", NotSentError(because("no way to Graph")))
    record = await world.accept(ask(RestoreKind.USER))
    parked = await world.run(record.id)
    world.clock.advance(28 * DAY)

    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.DIRECTORY
    assert code_of(ended) is Code.WINDOW_CLOSED_WHILE_WAITING
    assert world.directory.restored[USER_ID] == 0


async def test_two_restores_of_one_user_change_it_once() -> None:
    """The second waits for the lock, looks again, and finds the work done."""
    world = world_with(a_deleted_person())
    world.directory.fail_next("restore_user", NotSentError(because("no way to Graph")))
    first = await world.accept(ask(RestoreKind.USER))
    second = await world.accept(ask(RestoreKind.MAILBOX))

    await world.run(first.id)
    parked = await world.run(second.id)
    ended = [code_of(await world.finish(item.id)) for item in (first, second)]

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.USER_LOCK
    assert ended == [Code.USER_RESTORED, Code.ALREADY_ACTIVE]
    assert world.directory.restored[USER_ID] == 1


async def test_the_lock_of_an_ended_restore_is_no_lock() -> None:
    """A crash between the end and the release does not block the user."""
    world = world_with(a_deleted_person())
    ended = await world.restore(a_request(user="nobody@contoso.com"))
    await world.storage.locks.take(USER_ID, LockedBy(ended.id, 1))

    record = await world.restore(ask(RestoreKind.USER))

    assert code_of(record) is Code.USER_RESTORED


async def test_a_schedule_past_the_window_is_no_window_closed_while_waiting() -> None:
    """The restore had to wait for Graph first; its window is open all the same."""
    world = world_with(a_deleted_person())
    world.directory.fail_next("active", NotSentError(because("no way to Graph")))
    record = await world.accept(ask(RestoreKind.USER, not_before=NOW + 28 * DAY))

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.WINDOW_CLOSED
    assert ended.plan == ()


async def test_a_restore_that_waits_for_its_mailbox_keeps_nobody_from_the_user() -> None:
    """All changes are made: another restore need not wait a day for the mailbox of the first."""
    world = world_with(a_deleted_person())
    world.directory.mailbox_delay = timedelta(hours=5)
    first = await world.accept(ask(RestoreKind.MAILBOX))
    parked = await world.run(first.id)

    second = await world.restore(ask(RestoreKind.USER))

    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.MAILBOX
    assert code_of(second) is Code.ALREADY_ACTIVE
    assert second.waits == 0
