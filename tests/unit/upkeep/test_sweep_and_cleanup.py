"""Sweep and cleanup: nothing is forgotten, and only what is past its time goes."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from shared.audit_trail.close_day import last_day
from shared.domain.lists.losses import ListedLoss, LossCase
from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import JournalEntry
from shared.domain.requests.request import RestoreKind
from shared.domain.window import Evidence, Window, WindowVerdict
from shared.errors import (
    BusyError,
    LeaseLostError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.pacing import AT_ONCE, LONGEST_PART
from shared.restore.accept import QUEUE_GRACE
from shared.restore.cleanup import clean_up_restores
from shared.restore.conclude import MESSAGE_GRACE
from shared.restore.hold import LEASE
from shared.upkeep.cleanup import clean_up
from shared.upkeep.sweep import ORPHAN_AFTER
from tests.builders import NOW, USER_ID, a_deleted_person, a_record, a_request
from tests.fakes.clock import HurryingClock
from tests.unit.world.world import World, code_of

REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")


async def test_a_restore_nobody_took_is_queued_again_and_ever_more_seldom() -> None:
    """Every minute at first, then after an eighth of the time it stands still, hourly at last."""
    world = World()
    record = await world.accept(REQUEST)
    world.storage.outbox.work.clear()

    queued = []
    for minute in range(1, 12 * 60):
        world.clock.advance(timedelta(minutes=1))
        if await world.sweep():
            queued.append(minute)

    gaps = [later - earlier for earlier, later in pairwise(queued)]
    assert queued[:4] == [1, 2, 3, 4]
    assert gaps == sorted(gaps)
    assert gaps[-2:] == [60, 60]
    assert len(queued) < 50
    assert {item for item, _ in world.storage.outbox.work} == {record.id}


async def test_a_restore_at_work_is_left_alone_until_its_lease_is_over() -> None:
    """The row is moved to the end of the lease."""
    world = World()
    record = await world.accept(REQUEST)
    stored = await world.storage.ledger.read(record.id)
    assert stored is not None
    world.clock.advance(QUEUE_GRACE)
    held = stored.record.claim("w", world.clock.now(), timedelta(minutes=2))
    await world.storage.ledger.write(stored, held)

    first = await world.sweep()
    world.clock.advance(timedelta(minutes=2))
    second = await world.sweep()
    world.clock.advance(MESSAGE_GRACE)
    third = await world.sweep()

    # The first has left a message for the end of the lease; one that is lost is sent again.
    assert (first, second, third) == (0, 0, 1)


@pytest.mark.parametrize("second", range(0, 60, 4))
async def test_a_dead_worker_s_restore_goes_on_within_a_minute(second: int) -> None:
    """Wherever in its minute the sweep was when the worker died: after the lease, or the sweep."""
    world = World()
    record = await world.accept(REQUEST)
    stored = await world.storage.ledger.read(record.id)
    assert stored is not None
    world.clock.advance(QUEUE_GRACE)
    died_at = world.clock.now()
    await world.storage.ledger.write(stored, stored.record.claim("w", died_at, LEASE))
    world.storage.outbox.work.clear()

    world.clock.advance(timedelta(seconds=second))
    queued = await world.sweep()

    ((again, delay),) = world.storage.outbox.work
    taken_at = world.clock.now() + delay
    assert again == record.id
    assert queued == (timedelta(seconds=second) >= LEASE)
    assert LEASE <= taken_at - died_at <= timedelta(seconds=60)


async def test_a_message_that_finds_a_living_worker_does_nothing() -> None:
    """Each renewal of the lease is a sign of life; nothing is claimed, counted or written."""
    world = World()
    record = await world.accept(REQUEST)
    stored = await world.storage.ledger.read(record.id)
    assert stored is not None
    world.clock.advance(QUEUE_GRACE)
    held = stored.record.claim("w", world.clock.now(), LEASE)
    written = await world.storage.ledger.write(stored, held)
    await world.sweep()
    world.clock.advance(timedelta(seconds=16))
    renewed = held.renew(world.clock.now(), LEASE)
    await world.storage.ledger.write(written, renewed)
    world.clock.advance(LEASE - timedelta(seconds=16))

    after = await world.run(record.id)

    assert after == renewed
    assert after.died_claims == 1


async def test_a_row_without_a_record_is_dropped_after_an_hour() -> None:
    """Accepting stopped half-way, and nobody was told that it was accepted."""
    world = World()
    await world.storage.unfinished.note("orphan", NOW)

    await world.sweep()
    still_there = [row async for row in world.storage.unfinished.due(NOW)]
    world.clock.advance(ORPHAN_AFTER + timedelta(seconds=1))
    await world.sweep()

    assert len(still_there) == 1
    assert [row async for row in world.storage.unfinished.due(world.clock.now())] == []


async def test_cleanup_takes_a_row_of_another_instant_alone() -> None:
    """It was left by an equal request of the same moment; its restore is young and stays."""
    world = World()
    record = await world.accept(REQUEST)
    stray = NOW - timedelta(days=200)
    await world.storage.days.note(record.id, stray)

    await clean_up_restores(world.deps)

    assert world.storage.days.rows == {(record.id, record.created_at)}
    assert await world.storage.ledger.read(record.id) is not None


async def test_cleanup_removes_what_ended_long_ago_and_nothing_else() -> None:
    """Ninety days after its end a restore goes, with its journal, key, pointer and day row."""
    world = World()
    world.put(a_deleted_person())
    old = await world.restore(REQUEST)
    world.clock.advance(timedelta(days=1))
    young = await world.restore(a_request(kind=RestoreKind.MAILBOX, user=USER_ID))
    waiting = await world.accept(a_request(user="later@contoso.com"))
    world.clock.advance(timedelta(days=90))

    removed = await clean_up_restores(world.deps)

    assert removed == 1
    assert await world.storage.ledger.read(old.id) is None
    assert await world.storage.ledger.journal(old.id) == ()
    assert await world.storage.joins.find(old.fingerprint) is None
    assert await world.storage.ledger.read(young.id) is not None
    assert await world.storage.ledger.read(waiting.id) is not None
    assert await clean_up_restores(world.deps) == 0


async def test_cleanup_counts_the_keep_time_from_the_end() -> None:
    """A restore that waited for weeks is kept as long after its end as any other."""
    world = World()
    ended = replace(
        a_record(), status=Status.FAILED, finished_at=NOW - timedelta(days=89), lease=None
    )
    created_at = NOW - timedelta(days=110)
    await world.storage.days.note(ended.id, created_at)
    stored = replace(ended, created_at=created_at)
    await world.storage.ledger.insert(stored, JournalEntry(NOW, "accepted"))

    assert await clean_up_restores(world.deps) == 0


async def test_cleanup_drops_day_rows_that_lead_nowhere() -> None:
    """A day row without a record is left by an acceptance cut short."""
    world = World()
    created_at = NOW - timedelta(days=91)
    await world.storage.days.note("orphan", created_at)

    await clean_up_restores(world.deps)

    assert [row async for row in world.storage.days.before(NOW)] == []


async def ended_long_ago(world: World, count: int) -> None:
    """Put so many restores past their keep time into the ledger, all of one day."""
    at = NOW - timedelta(days=100)
    ended = replace(a_record(), status=Status.FAILED, created_at=at, finished_at=at)
    for number in range(count):
        await world.storage.days.note(f"old-{number}", at)
        record = replace(ended, id=f"old-{number}")
        await world.storage.ledger.insert(record, JournalEntry(at, "accepted"))


async def test_cleanup_ends_before_the_host_ends_it() -> None:
    """With more to remove than it has time for, it leaves the rest to the next one."""
    world = World(clock=HurryingClock(NOW))
    lots = LONGEST_PART // timedelta(minutes=1) + 1
    await ended_long_ago(world, (lots + 1) * AT_ONCE)

    assert await clean_up_restores(world.deps) == lots * AT_ONCE
    assert await clean_up_restores(world.deps) == AT_ONCE
    assert world.storage.days.rows == set()


async def test_cleanup_that_loses_storage_leaves_nothing_half_removed() -> None:
    """Removals that were under way come to their end; the next cleanup takes the rest."""
    world = World()
    await ended_long_ago(world, 3 * AT_ONCE)
    world.storage.ledger.fail_next("remove", StorageUnavailableError("busy"))

    with pytest.raises(StorageUnavailableError):
        await clean_up_restores(world.deps)
    left = len(world.storage.days.rows)

    assert await clean_up_restores(world.deps) == left
    assert world.storage.days.rows == set()


async def test_whose_window_has_ended_is_in_no_list_any_more() -> None:
    """Names and addresses of those who cannot be saved are not kept; the others stay."""
    world = World()
    window = Window(WindowVerdict.OPEN, NOW, NOW + timedelta(days=2), 2, Evidence.OBSERVED)
    over = ListedLoss("a", "adele@contoso.com", LossCase.DELETED_USER, window, NOW)
    later = replace(window, ends_at=NOW + timedelta(days=4))
    unknown = replace(window, verdict=WindowVerdict.UNKNOWN, ends_at=None)
    others = (replace(over, id="b", window=later), replace(over, id="c", window=unknown))
    await world.storage.loss_list.put((over, *others))
    world.clock.advance(timedelta(days=3))

    await clean_up(world.deps)

    assert set(world.storage.loss_list.rows) == {"b", "c"}


async def test_a_restore_of_another_release_keeps_the_cleanup_from_nothing_else() -> None:
    """After a roll back: the day is closed with its end, and all that is over is removed."""
    world = World()
    world.put(a_deleted_person())
    await ended_long_ago(world, 1)
    young = await world.restore(REQUEST)
    world.storage.ledger.reads = lambda restore_id: restore_id != young.id

    await clean_up(world.deps)
    closed = await last_day(world.deps.proofs)

    assert await world.storage.ledger.read("old-0") is None
    assert closed is not None
    assert young.id in {head.restore_id for head in closed.heads}


async def test_a_damaged_day_of_the_trail_keeps_the_cleanup_from_nothing() -> None:
    """It would stop each cleanup from then on."""
    world = World()
    await ended_long_ago(world, 1)
    world.storage.proofs.blobs["days/2020-01-01.json"] = b"{"

    await clean_up(world.deps)

    assert await world.storage.ledger.read("old-0") is None


async def test_an_entry_of_the_log_of_another_release_keeps_the_cleanup_from_nothing_else() -> None:
    """What was to be removed of the audit log stays; the restores go."""
    world = World()
    await ended_long_ago(world, 1)
    world.storage.audit_cursors.fail_next("remove_before", UnreadableTextError("version 2"))

    await clean_up(world.deps)

    assert await world.storage.ledger.read("old-0") is None


async def test_an_end_that_was_not_published_is_published_by_the_sweep() -> None:
    """A crash between the end and its event: the event follows, under the same id."""
    world = World()
    world.put(a_deleted_person())
    record = await world.restore(REQUEST)
    (first,) = world.storage.outbox.results
    await world.storage.unfinished.note(record.id, NOW)

    await world.sweep()

    assert code_of(record) is Code.USER_RESTORED
    assert [event["id"] for event in world.storage.outbox.results] == [first["id"]] * 2


@pytest.mark.parametrize(
    ("fault", "is_raised"),
    [(ValueError("a bug of ours"), True), (BusyError(), False), (LeaseLostError("x"), False)],
    ids=["a bug", "busy", "a lost race"],
)
async def test_one_end_that_cannot_be_published_holds_up_nobody_else(
    fault: Exception, *, is_raised: bool
) -> None:
    """Each sweep would stop at the same row; a bug is raised when all others are done."""
    world = World()
    world.put(a_deleted_person())
    ended = await world.restore(REQUEST)
    await world.storage.unfinished.note(ended.id, NOW)
    forgotten = await world.accept(a_request(user="nobody@contoso.com"))
    world.clock.advance(QUEUE_GRACE)
    world.storage.outbox.work.clear()
    world.storage.outbox.fail_next("publish_result", fault)

    with pytest.raises(type(fault)) if is_raised else nullcontext():
        await world.sweep()

    assert [restore_id for restore_id, _ in world.storage.outbox.work] == [forgotten.id]
    assert await world.storage.unfinished.find(ended.id) is not None


async def test_a_sweep_that_loses_storage_ends_there() -> None:
    """Each row more would wait for storage in vain; the next sweep takes them all."""
    world = World()
    for name in ("one@contoso.com", "two@contoso.com"):
        await world.accept(a_request(user=name))
    world.clock.advance(QUEUE_GRACE)
    world.storage.outbox.work.clear()
    world.storage.ledger.fail_next("read", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await world.sweep()

    assert world.storage.outbox.work == []


async def test_a_restore_that_waits_for_its_day_says_so_every_day(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Or the picture of what waits would forget it; nothing else is told of twice."""
    caplog.set_level("INFO")
    world = World()
    world.put(a_deleted_person())
    later = NOW + timedelta(days=12)
    request = a_request(kind=RestoreKind.USER, user=USER_ID, not_before=later)
    scheduled = await world.accept(request)
    await world.run(scheduled.id)
    await world.accept(a_request(kind=RestoreKind.USER, user="nobody@contoso.com"))
    caplog.clear()

    for _ in range(2):
        world.clock.advance(timedelta(days=1))
        await clean_up(world.deps)

    said = [json.loads(line[len("reprieve ") :]) for line in caplog.messages]
    told = [line for line in said if line["event"] == "parked"]
    assert [line["restoreId"] for line in told] == [scheduled.id] * 2
    assert [line["waitSeconds"] for line in told] == [11 * 86_400, 10 * 86_400]
