"""Lock a user, so that only one restore at a time changes that user.

A lock is held by a restore, not by a worker, so a crash needs no time-out: the next worker of that
restore still has the lock. A restore that waits for an approval or a seat and has changed nothing
lets the user go, and takes it again before its change. A lock of a restore that has ended, or
changes nothing more, is void, whatever the row says. The row names the attempt: a host that stood
still while the restore ended and was retried neither frees the user of the new attempt nor takes it
over.

The row of a restore that changed its user stays behind: it says who changed the user last, since
reads lag behind that change. A restore that takes the lock over and changes nothing puts it back.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.records.progress import LockHolder, StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.errors import UnreadableTextError
from shared.ports.deps import Deps, IntakeDeps
from shared.ports.ledger import LockedBy
from shared.restore.run import Run
from shared.restore.run_results import Park, back_off

# An application's reads may show the state before a change for a while. No bound is documented;
# reports speak of up to two minutes. Source: Microsoft "Designing for Eventual Consistency for
# Microsoft Entra", 2026-03.
READS_LAG = timedelta(minutes=2)

# Most restores change their user within seconds, so a second one need not wait long; one that has
# restored its user and waits for a seat holds it for days.
LOCK_WAITS = tuple(timedelta(seconds=s) for s in (15, 15, 30, 60, 120, 300))


async def lock_user(user_id: str, run: Run) -> LockHolder | None:
    """Lock the user for this restore; return who else holds the lock, or None.

    It is taken over from a restore that has ended.
    """
    deps, ours = run.deps, _attempt_of(run.record)
    holder = await deps.locks.take(user_id, ours)
    if holder.restore_id != ours.restore_id:
        before = await _holder(holder.restore_id, deps)
        if isinstance(before, LockHolder):
            return before
        if not await deps.locks.take_over(user_id, holder=holder, by=ours):
            return LockHolder(holder.restore_id)
        if before is not None and before.was_touched:
            run.note_follows(before)
    run.locked_user_id = user_id
    return None


async def at_work_on(user_id: str, deps: Deps) -> LockHolder | None:
    """The restore that holds this user and is not over, if there is one.

    Raises:
        StorageUnavailableError: the lock, or the restore, could not be read.
    """
    holder_id = await deps.locks.holder(user_id)
    if holder_id is None:
        return None
    holder = await _holder(holder_id, deps)
    return holder if isinstance(holder, LockHolder) else None


async def as_it_stands(record: Record, deps: IntakeDeps) -> Record:
    """The restore, with what it says of the one that it waits for as that stands now.

    It looks again after some minutes only: until then nobody must be sent to one that has ended.

    Raises:
        StorageUnavailableError: the other restore could not be read.
    """
    waiting = record.waiting
    if waiting is None or waiting.holder is None:
        return record
    holder = await _holder(waiting.holder.restore_id, deps)
    if isinstance(holder, LockHolder):
        return replace(record, waiting=replace(waiting, holder=holder))
    freed = replace(waiting, holder=None, text=text("wait", "user-free"))
    return replace(record, waiting=freed)


async def last_change(run: Run) -> Record | None:
    """The restore that changed this user last, if its lock was taken over and it is still kept."""
    follows = run.record.follows
    if not follows:
        return None
    if run.followed is None:
        try:
            stored = await run.deps.ledger.read(follows)
        except UnreadableTextError:
            return None
        run.followed = None if stored is None else stored.record
    return run.followed


def changed_at(record: Record) -> datetime | None:
    """When this restore last changed its user, or may have."""
    made = {StepStatus.ATTEMPTING, StepStatus.DONE}
    return max(
        (
            step.ended_at or step.started_at
            for step in record.steps
            if step.name.is_effect and step.status in made and step.started_at is not None
        ),
        default=None,
    )


async def release_user(user_id: str, record: Record, deps: IntakeDeps) -> None:
    """Let the user go, once the restore has ended or only looks; any number of times."""
    if record.was_touched:
        return
    ours = _attempt_of(record)
    if not record.follows:
        await deps.locks.release(user_id, ours)
    else:
        await deps.locks.take_over(user_id, holder=ours, by=LockedBy(record.follows))


async def let_go_of_user(user_id: str, run: Run) -> None:
    """Release the lock, after it is written that the restore has ended or will change nothing more.

    Not before: a worker that lost its hold would take the lock from the one that goes on.
    """
    await release_user(user_id, run.record, run.deps)
    run.locked_user_id = None


async def free_for_good(record: Record, deps: IntakeDeps) -> None:
    """Give up the lock of a restore that is about to be forgotten, also after a change."""
    if record.person is not None:
        await deps.locks.release(record.person.id, _attempt_of(record))


def _attempt_of(record: Record) -> LockedBy:
    return LockedBy(record.id, record.attempts)


async def _holder(holder_id: str, deps: IntakeDeps) -> LockHolder | Record | None:
    """Who holds the lock, or the restore that has left it behind, if it is still kept."""
    try:
        stored = await deps.ledger.read(holder_id)
    except UnreadableTextError:
        ended_at = await ended_unread_at(holder_id, deps)
        # What it has changed is not known: reads have to show it before anybody looks.
        is_over = ended_at is not None and ended_at + READS_LAG <= deps.clock.now()
        return None if is_over else LockHolder(holder_id)
    if stored is None or stored.record.status.is_final or stored.record.only_looks:
        return None if stored is None else stored.record
    return holder_in(stored.record)


async def ended_unread_at(restore_id: str, deps: IntakeDeps) -> datetime | None:
    """When a restore that this release cannot read was last written, if it has ended.

    By what stands beside its record; None: it may go on, or nobody can tell. One that is damaged
    for ever would else hold its user, its place in a queue and its caller's room for ever.

    Raises:
        StorageUnavailableError: it could not be reached.
    """
    try:
        end = await deps.trail.head(restore_id)
    except UnreadableTextError:
        return None
    return None if end is None or end.is_open else end.head.at


def holder_in(record: Record) -> LockHolder:
    """The restore as the one that others wait for, with what it waits for itself."""
    why = record.waiting.text if record.waiting is not None else None
    return LockHolder(record.id, record.requested_by.id, why)


def wait_for_user_lock(run: Run, holder: LockHolder) -> Park:
    """The wait for the restore that has the user."""
    wait = back_off(LOCK_WAITS, run.waits_for(WaitingFor.USER_LOCK))
    return Park(WaitingFor.USER_LOCK, run.now() + wait, text("wait", "user-lock"), holder)
