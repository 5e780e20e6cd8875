"""Give free seats of a SKU to the waiting restores in the order in which they asked.

    asked for ──▶ somebody ahead? ── no ──▶ ask Graph ── no seat ──▶ stand in the queue, wait
                      └── yes ──▶ stand in the queue ──▶ among the first N of it? ──▶ ask Graph

N is the number of free seats at the last count, which whoever wakes first makes anew every minute
for all. The count is a hint and may lag: the true check is Graph's answer, and a "no" from Graph
costs nobody the place.

The order of the writes: a place is taken before the record says so, and given up when it is known
that no seat is needed any more. So a crash leaves a place too many, never one too few; whoever
counts takes away the places of restores that do not wait any more.
"""

from datetime import timedelta

from shared.domain.decision import StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.licensing.skus import carries_mailbox
from shared.domain.person import Person
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.errors import AnsweredError, UnreadableTextError
from shared.ports.deps import IntakeDeps
from shared.ports.seats import SeatCount, SeatPlace
from shared.restore.locking import ended_unread_at
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Continue, Park

# A free seat is looked for at every sweep, and the sweep runs every minute.
SEAT_WAIT = timedelta(minutes=1)

# A little less than a minute: who waits for a seat wakes once in the life of a count.
COUNT_LIFE = timedelta(seconds=55)

# Graph's count of seats may lag behind, so every so often the head of the queue asks for a seat
# although the count shows none. A quarter of an hour costs nobody a mailbox.
BLIND_SEAT_TRY = 15

# The most restores that one count lets ask; more free seats are given out over some minutes.
MOST_CALLED = 200


def is_time_to_look(run: Run) -> bool:
    """Whether a restore should look at its user before it waits for a seat.

    At first, and at intervals: somebody may have assigned the licence by hand.
    """
    return run.waits_for(WaitingFor.SEAT) % BLIND_SEAT_TRY == 0


async def wait_for_turn(run: Run, person: Person | None) -> Park | Continue:
    """Wait, without asking Graph for a seat, while others are ahead.

    A restore that has its turn for one SKU but not for another does not block those behind it: it
    leaves the first queue, and comes back to the same place there, by its time of acceptance.
    """
    needed = _needed(run.record, person)
    shut = [sku_id for sku_id in needed if not await _is_our_turn(sku_id, run)]
    if not shut or await leave_out(run, tuple(shut)):
        return CONTINUE
    carrying = await _carrying(run)
    return await _stand_in_line(tuple(one for one in shut if one in carrying), run)


async def wait_for_seat(run: Run, error: AnsweredError) -> Park:
    """Wait after Graph said that there is no seat: for the SKU it names, else for all."""
    return await _stand_in_line(short_of(run, error), run)


def short_of(run: Run, error: AnsweredError) -> tuple[str, ...]:
    """The SKUs of which Graph says that no seat is free: the one it names, else all."""
    needed = _needed(run.record, None)
    named = tuple(sku_id for sku_id in needed if sku_id in error.message.lower())
    return named or needed


async def leave_out(run: Run, shut: tuple[str, ...]) -> bool:
    """Go on without these licences if one that carries the mailbox is left; whether that is so.

    No mailbox waits for an add-on, nor for a second licence that carries it.
    """
    if len(run.record.licenses) == 1:
        return False
    left = (item.sku_id for item in run.record.licenses if item.sku_id not in shut)
    if not (await _carrying(run)).intersection(left):
        return False
    names = tuple(map(run.record.name_of, shut))
    run.warn(FindingCode.LICENSE_LEFT_OUT, "no-seat", licenses=names)
    run.note_left_out(shut)
    return True


async def _carrying(run: Run) -> frozenset[str]:
    """Those of the licences to assign that carry the mailbox; a single one does."""
    licenses = run.record.licenses
    if len(licenses) == 1:
        return frozenset(item.sku_id for item in licenses)
    skus = await run.deps.tenant.skus()
    return frozenset(item.sku_id for item in licenses if carries_mailbox(item, skus))


async def leave_queues(record: Record, deps: IntakeDeps) -> None:
    """Give up every place of this restore; safe to repeat."""
    for sku_id in record.seat_queues:
        await deps.seats.leave(sku_id, _place(record))


async def served(run: Run) -> None:
    """Give up the places once the restore has its seat, and note it for the next write."""
    await leave_queues(run.record, run.deps)
    run.note_seat_queues(())


async def _stand_in_line(shut: tuple[str, ...], run: Run) -> Park:
    place, seats = _place(run.record), run.deps.seats
    for sku_id in shut:
        if sku_id not in run.record.seat_queues or is_time_to_look(run):
            await seats.join(sku_id, place)
    for sku_id in set(run.record.seat_queues).difference(shut):
        await seats.leave(sku_id, place)
    run.note_seat_queues(shut)
    names = tuple(map(run.record.name_of, shut))
    return Park(WaitingFor.SEAT, run.now() + SEAT_WAIT, text("wait", "seat", licenses=names))


async def _is_our_turn(sku_id: str, run: Run) -> bool:
    place = _place(run.record)
    first = await run.deps.seats.first(sku_id, 1)
    is_head = not first or place <= first[0]
    if is_head and is_time_to_look(run):
        return True
    count = await _count(sku_id, run)
    if is_head:
        return count.free > 0
    return count.through is not None and place <= count.through


async def _count(sku_id: str, run: Run) -> SeatCount:
    """The last count, made anew if it is too old: one read of the SKUs a minute, for everybody."""
    seats, now = run.deps.seats, run.now()
    last = await seats.last_count(sku_id)
    if last is not None and now - last.counted_at < COUNT_LIFE:
        return last
    # A SKU that is not there any more has no count: Graph's own answer decides.
    free = next((sku.free_seats for sku in await run.deps.tenant.skus() if sku.sku_id == sku_id), 1)
    called = min(free, MOST_CALLED)
    waiting = await _first_waiting(sku_id, max(called, 1), run)
    count = SeatCount(now, free, waiting[-1] if waiting and called > 0 else None)
    await seats.note(sku_id, count)
    return count


async def _first_waiting(sku_id: str, limit: int, run: Run) -> tuple[SeatPlace, ...]:
    """The first of the queue who still wait."""
    while True:
        places = await run.deps.seats.first(sku_id, limit)
        if all([await _still_waits(sku_id, place, run) for place in places]):
            return places


async def _still_waits(sku_id: str, place: SeatPlace, run: Run) -> bool:
    """Whether the restore of this place still waits; if it has ended, the place is removed."""
    if place == _place(run.record):
        return True
    try:
        stored = await run.deps.ledger.read(place.restore_id)
    except UnreadableTextError:
        if await ended_unread_at(place.restore_id, run.deps) is None:
            return True
        stored = None
    if stored is not None and _needs_seat(stored.record) and _place(stored.record) == place:
        return True
    await run.deps.seats.leave(sku_id, place)
    return False


def _needs_seat(record: Record) -> bool:
    """Whether it needs one, or may: a place is taken before the plan is written that wants it."""
    step = record.step(StepName.ASSIGN_LICENSE)
    is_open = record.is_to_decide if step is None else not step.is_over
    return not record.status.is_final and is_open


def _needed(record: Record, person: Person | None) -> tuple[str, ...]:
    """The SKUs of which a seat is needed: those that the user does not have."""
    held = {license_.sku_id for license_ in person.licenses} if person is not None else set()
    return tuple(item.sku_id for item in record.licenses if item.sku_id not in held)


def _place(record: Record) -> SeatPlace:
    return SeatPlace(record.retried_at or record.created_at, record.id)
