"""Name a drill and the rules of its record: how long it may begin, and when it is on its way back.

One drill is begun for each day at most, whatever the schedule says: its id follows from the day.
"""

from datetime import UTC, datetime, timedelta

from shared.domain.decision import StepName
from shared.domain.records.record import Record
from shared.domain.requests.keys import KeySpace, RestoreOrder
from shared.domain.requests.request import (
    TIMER_ROLES,
    Door,
    RequestedBy,
    RestoreKind,
    RestoreRequest,
)

# How long a drill waits to begin. What nobody expects any more is not begun: whoever planned it for
# the morning does not want the account deleted at night.
DRILL_PATIENCE = timedelta(hours=1)

# The variant of the ending of a drill whose account shows as active, and was not seen to come back.
SEEN_ACTIVE = "drill-active"

# A drill on each day is as often as there may be one, and no two of them begin a full day apart.
DRILLS_APART = timedelta(hours=20)

# What left the account deleted is tried again after an hour, then after twice as long each time.
_FIRST_TRY, _LONGEST_PAUSE = timedelta(hours=1), timedelta(days=1)
_MOST_DOUBLINGS = 5

DRILL_TIMER = RequestedBy(Door.TIMER, name="drill", roles=TIMER_ROLES)

_KEYS = KeySpace("drill")


def drill_id(begun_at: datetime) -> str:
    """The id of the drill of this day, in UTC."""
    return _KEYS.restore_id(_day(begun_at))


def drill_order(user: str, now: datetime) -> RestoreOrder:
    """The order that the timer gives."""
    request = RestoreRequest(RestoreKind.DRILL, user)
    return RestoreOrder(request, DRILL_TIMER, drill_id(now), _KEYS.mark(_day(now)))


def tries_again_at(record: Record, retention: timedelta) -> datetime | None:
    """When a drill that has ended is to be taken up again, so that its account comes back.

    None: its account is not away, was seen to be active long after it was deleted, or will be past
    coming back by then.
    """
    ended_at, step = record.finished_at, record.step(StepName.DELETE_USER)
    sent_at = step.started_at if step is not None else None
    if ended_at is None or sent_at is None or not (record.is_away and record.is_retryable):
        return None
    if record.outcome is not None and record.outcome.text.variant == SEEN_ACTIVE:
        return None
    pause = _FIRST_TRY * 2 ** min(record.attempts - 1, _MOST_DOUBLINGS)
    due_at = ended_at + min(pause, _LONGEST_PAUSE)
    return due_at if due_at < sent_at + retention else None


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"
