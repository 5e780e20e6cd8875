"""Name a drill and the rules of its record: how long it may begin, and when it is on its way back.

One drill is begun for each day at most, whatever the schedule says: its id follows from the day.
"""

from datetime import UTC, datetime, timedelta

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

# A drill on each day is as often as there may be one, and no two of them begin a full day apart.
DRILLS_APART = timedelta(hours=20)

_KEYS = KeySpace("drill")


def drill_id(begun_at: datetime) -> str:
    """The id of the drill of this day, in UTC."""
    return _KEYS.restore_id(_day(begun_at))


def drill_order(user: str, now: datetime) -> RestoreOrder:
    """The order that the timer gives."""
    request = RestoreRequest(RestoreKind.DRILL, user)
    by = RequestedBy(Door.TIMER, name="drill", roles=TIMER_ROLES)
    return RestoreOrder(request, by, drill_id(now), _KEYS.mark(_day(now)))


def _day(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d}"
