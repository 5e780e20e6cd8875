"""Define what a step of a run returns: the run goes on, waits, or ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.domain.outcomes import Outcome
from shared.domain.records.progress import LockHolder, WaitingFor
from shared.domain.text import Text, text
from shared.errors import (
    DirectoryError,
    LogInUseError,
    OutcomeUnknownError,
    Quota,
    ThrottledError,
)
from shared.restore.run import Run
from shared.restore.stagger import tries_again_at


@dataclass(frozen=True, slots=True)
class Settle:
    """The restore has ended."""

    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Park:
    """The restore waits, for a stated reason, until an instant; `text` says it in words.

    `holder` is the restore that holds the user, where it waits for that. `quota` is the one that
    Graph said is used up, and `free_at` when it has room for one again: the other workers are told.
    `gives_up_at` is until when it may wait in all, where the wait knows better than its step.
    """

    reason: WaitingFor
    until: datetime
    text: Text
    holder: LockHolder | None = None
    quota: Quota | None = None
    free_at: datetime | None = None
    gives_up_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """There is more to do than fits into one invocation."""


@dataclass(frozen=True, slots=True)
class Continue:
    """Nothing stands in the way: the run goes on to what comes next."""


CONTINUE = Continue()


@dataclass(frozen=True, slots=True)
class Reconsider:
    """The restore may be refused by now: it is decided anew before the change is made."""


RECONSIDER = Reconsider()

type RunResult = Settle | Park | HandOver
"""How a run ends: the restore has ended, waits, or goes on in another invocation."""

type StepResult = Continue | RunResult
"""What one step of the story came to."""

type ChangeResult = StepResult | Reconsider
"""What a step that changes the tenant came to."""

# Waits of the directory: short at first, since most are replication or a passing fault; five
# minutes at most, so that a restore comes through soon after Graph does.
_DIRECTORY_WAITS = tuple(timedelta(seconds=s) for s in (10, 20, 30, 60, 120, 300))

# When Graph says 429 and names no time. Source: Microsoft Graph throttling guidance.
_THROTTLE_WAITS = tuple(timedelta(seconds=s) for s in (5, 10, 20, 40, 80, 160, 300))

THROTTLED = text("wait", "throttle")

# "0" would have us ask again at once and for ever; a day would sleep through a closing window.
_SHORTEST_THROTTLE = timedelta(seconds=1)
_LONGEST_THROTTLE = timedelta(minutes=15)


def back_off(waits: tuple[timedelta, ...], count: int) -> timedelta:
    """The wait after `count` waits before it; the last one repeats."""
    return waits[min(count, len(waits) - 1)]


def wait_for_directory(run: Run, why: Text, *, at_least: timedelta = timedelta(0)) -> Park:
    """Park until the directory may have caught up, or answers again."""
    wait = back_off(_DIRECTORY_WAITS, run.waits_for(WaitingFor.DIRECTORY))
    return Park(WaitingFor.DIRECTORY, run.now() + max(wait, at_least), why)


def looked_for_until(run: Run, looks: int) -> datetime:
    """When the last of so many looks is due, where each waits for the directory and backs off."""
    left = range(run.waits_for(WaitingFor.DIRECTORY), looks)
    return run.now() + sum((back_off(_DIRECTORY_WAITS, one) for one in left), timedelta(0))


def wait_after(error: DirectoryError, run: Run) -> Park:
    """Park after a fault of Graph or the way to it: as long as Graph said, else backing off.

    Where a shared quota is used up, the wait ends at this restore's place in the staggered order.
    """
    wait = asked_wait(error)
    if not isinstance(error, ThrottledError):
        return wait_for_directory(run, unreachable(error), at_least=wait or timedelta(0))
    if wait is None:
        wait = back_off(_THROTTLE_WAITS, run.waits_for(WaitingFor.THROTTLE))
    room_at, quota = run.now() + wait, error.quota
    # The log has its own pace, at which restores take turns: Graph has refused nothing.
    is_in_turn = isinstance(error, LogInUseError)
    said = text("wait", "log-in-use") if is_in_turn else _throttled_by(error)
    if quota is None:
        return Park(WaitingFor.THROTTLE, room_at, said)
    return Park(
        WaitingFor.THROTTLE,
        tries_again_at(room_at, run),
        said,
        quota=quota,
        free_at=room_at,
    )


def _throttled_by(error: ThrottledError) -> Text:
    return text("wait", "throttle-said", why=error.why)


def unreachable(error: DirectoryError) -> Text:
    """Why a restore waits after a fault of Graph or the way to it."""
    return text("wait", "unreachable", why=error.why)


def asked_wait(error: DirectoryError) -> timedelta | None:
    """How long Graph asked to wait, within reason; None if it named no time."""
    if not isinstance(error, ThrottledError | OutcomeUnknownError) or error.retry_after is None:
        return None
    return min(max(error.retry_after, _SHORTEST_THROTTLE), _LONGEST_THROTTLE)
