"""Decide when a mailbox that answers without a licence is asked the next time.

Once a day, counted from the licence's own clock: what it answered last is the earlier bound of the
loss, so a day is what the window may be told too short. And whenever an alert is due.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

_DAY = timedelta(days=1)


def asked_next_at(since: datetime, now: datetime, alerts_at: Iterable[datetime]) -> datetime:
    """The next whole day since the licence was last there, or the next of these instants.

    The same for every host and every look of that day, so two of them file one question.
    """
    next_day = since + ((now - since) // _DAY + 1) * _DAY
    return min((next_day, *(at for at in alerts_at if at > now)))
