"""Look at every guarded person, and start a restore for each who lost account or licence.

The order of the writes for one guard is the promise "one restore per loss":

1. the guard with the loss pinned, under the ETag it was read with - of two rounds at once one goes
   on, and of a guard that was removed meanwhile nothing is begun;
2. the restore, through the same `accept` as every other door, with a key that derives from the
   guard and the pinned instant - again and again it is the same restore;
3. the guard with the restore's id - if this is lost, the next round finds the restore by its key.

Why one guard's fault stops no other: each is somebody's mailbox. Only what hits them all (Graph
throttles or cannot be reached, time is up) ends the round early; the next one goes on from there.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared import telemetry
from shared.domain.guards.guard import (
    Guard,
    GuardLoss,
    is_own_restore,
    restore_order,
)
from shared.domain.guards.guard_state import after_look, is_due, second_look_at
from shared.domain.records.record import Record
from shared.errors import (
    DirectoryError,
    KeyReusedError,
    NotSentError,
    StorageUnavailableError,
    UnreadableTextError,
)
from shared.guards.as_if_lost import refreshed
from shared.guards.cached_reads import CachedReads
from shared.guards.look import Unresolved, look_at
from shared.ports.deps import Deps
from shared.ports.guards import StoredGuard
from shared.restore.accept import Accepted, accept

# A look costs some reads of Graph. Ten at a time are through with a thousand guards in a minute or
# two, and leave most of Graph's allowance to the restores.
AT_ONCE = 10

# Its share of the ten minutes that the host gives a run; observing may leave it less (`ends_by`).
ROUND_TIME = timedelta(minutes=4)

# Under the first of so many ids that is free, or the guard's own, a restore is taken in.
_MOST_IDS = 3


@dataclass
class GuardRound:
    """One round: where it stands, how many persons were looked at, how many restores were begun."""

    place: str
    """Behind which guard the next round would begin, if this one stopped now."""
    looked_at: int = 0
    begun: int = 0
    stopped: str | None = None
    """Why the round goes no further."""
    again_at: datetime | None = None
    """When a loss that was seen once is to be looked at a second time."""
    bug: Exception | None = None
    """What nobody foresaw: raised when all others were looked at."""

    def note(self, ids: tuple[str, ...], looks: list["_Look | BaseException"]) -> None:
        """Add the results of these guards to the counts.

        Raises:
            StorageUnavailableError: one of them met it, and so would all others.
        """
        for look in looks:
            if isinstance(look, StorageUnavailableError) or not isinstance(look, Exception | _Look):
                raise look
            if isinstance(look, Exception):
                self.bug = self.bug or look
                continue
            self.looked_at += look.was_seen
            self.begun += look.has_begun
            soonest = [at for at in (self.again_at, look.again_at) if at is not None]
            self.again_at = min(soonest, default=None)
            self.stopped = self.stopped or look.stop
        if self.stopped is None:
            self.place = ids[-1]


@dataclass(frozen=True, slots=True)
class _Look:
    """The result of looking at one guard; `stop` says why the round ends here."""

    was_seen: bool = False
    has_begun: bool = False
    again_at: datetime | None = None
    stop: str | None = None


async def keep_guards(deps: Deps, ends_by: datetime | None = None) -> GuardRound:
    """Look at every guarded person once, or at as many as can be in its time.

    `ends_by`: the end of the run that it is a part of, if that comes sooner.

    Raises:
        StorageUnavailableError: some were looked at; the next round looks at all.
    """
    ends_at = deps.clock.now() + ROUND_TIME
    ends_at = ends_at if ends_by is None else min(ends_at, ends_by)
    reads = CachedReads(deps)
    start = await deps.guard_mark.read()
    kept = GuardRound(start)
    async for ids in _batches(start, deps):
        await reads.open()
        looking = (_keep(guard_id, reads) for guard_id in ids)
        kept.note(ids, await asyncio.gather(*looking, return_exceptions=True))
        if kept.stopped is None and deps.clock.now() >= ends_at:
            kept.stopped = "time is up"
        if kept.stopped is not None:
            telemetry.guard_round_stopped(kept.stopped)
            break
    else:
        kept.place = ""
    if kept.place != start:
        await deps.guard_mark.put(kept.place)
    if kept.bug is not None:
        raise kept.bug
    return kept


async def _batches(start: str, deps: Deps) -> AsyncIterator[tuple[str, ...]]:
    """Every guard's id once, a few at a time: those behind `start`, then those up to it."""
    place, is_second_half = start, not start
    while True:
        ids = await deps.guards.page(place, AT_ONCE)
        is_last = len(ids) < AT_ONCE
        if is_second_half and start:
            is_last = is_last or ids[-1] >= start
            ids = tuple(guard_id for guard_id in ids if guard_id <= start)
        if ids:
            yield ids
            place = ids[-1]
        if is_last and is_second_half:
            return
        if is_last:
            place, is_second_half = "", True


async def _keep(guard_id: str, reads: CachedReads) -> _Look:
    try:
        stored = await reads.deps.guards.read(guard_id)
        return _Look() if stored is None else await _follow(stored, reads)
    except NotSentError as error:
        telemetry.failed(f"look of guard {guard_id}", error)
        return _Look(stop=type(error).__name__)
    except (DirectoryError, UnreadableTextError) as error:
        telemetry.failed(f"look of guard {guard_id}", error)
        return _Look()


async def _follow(stored: StoredGuard, reads: CachedReads) -> _Look:
    guard, deps = stored.guard, reads.deps
    seen = await look_at(guard, reads)
    if seen is None:
        return _Look()
    if isinstance(seen, Unresolved):
        await deps.guards.write(stored, guard.unresolved().checked(seen.findings, deps.clock.now()))
        return _Look(was_seen=True)
    followed = after_look(guard, seen.look, await _restore_of(guard, deps))
    followed = await refreshed(followed, seen, deps)
    written = await deps.guards.write(stored, followed)
    loss = followed.loss
    if written is None or loss is None:
        return _Look(was_seen=True)
    if not is_due(followed, seen.look, deps.policy):
        return _Look(was_seen=True, again_at=_coming(second_look_at(followed), deps))
    is_new = await _begin(written, loss, deps)
    return _Look(was_seen=True, has_begun=is_new)


def _coming(at: datetime | None, deps: Deps) -> datetime | None:
    """The instant if it is yet to come."""
    return at if at is not None and at > deps.clock.now() else None


async def _restore_of(guard: Guard, deps: Deps) -> Record | None:
    """The restore of the present loss, found by its key where its id was not noted."""
    if guard.loss is None:
        return None
    for number in range(_MOST_IDS):
        restore_id = restore_order(guard, guard.loss, number).restore_id
        stored = await deps.ledger.read(restore_id or "")
        if stored is None or is_own_restore(guard, stored.record):
            return stored.record if stored is not None else None
    return None


async def _begin(stored: StoredGuard, loss: GuardLoss, deps: Deps) -> bool:
    guard = stored.guard
    accepted = await _accept(guard, loss, deps)
    if accepted is None:
        telemetry.guard_is_blocked(guard.id)
        return False
    telemetry.guard_acted(guard.id, accepted.record.id)
    await deps.guards.write(stored, guard.began(accepted.record.id))
    return accepted.is_new


async def _accept(guard: Guard, loss: GuardLoss, deps: Deps) -> Accepted | None:
    """Accept the restore for the loss; None if others' restores have every id it could have.

    Callers cannot choose these ids, so another's restore under one means that somebody wrote to
    the ledger. It is not taken for the guard's: the person would stay lost, and nobody be told.
    """
    for number in range(_MOST_IDS):
        order = restore_order(guard, loss, number)
        try:
            accepted = await accept(order, deps)
        except KeyReusedError as error:
            there = await deps.ledger.read(error.restore_id)
            if there is not None and is_own_restore(guard, there.record):
                # The guard was removed and added again with other remarks.
                return Accepted(there.record, is_new=False)
        else:
            if is_own_restore(guard, accepted.record):
                return accepted
    return None
