"""Describe a delivery: one event on its way to one URL, until it arrives or is given up."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

_ID = re.compile(r"d-[0-9a-f]{32}")

# Contract: retried for a day. A flow that was switched off for maintenance is back by then; longer
# would call people about what they have long read elsewhere.
PATIENCE = timedelta(days=1)

# Between tries. The first ones bridge a restart of the receiver; the later ones cost little, and
# reach a receiver within the hour it comes back.
_WAITS = tuple(timedelta(seconds=s) for s in (10, 30, 60, 300, 900, 1800, 3600))

# A receiver that names a time for itself is believed within reason.
_SHORTEST_ASKED = timedelta(seconds=5)
_LONGEST_ASKED = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event for one receiver; nothing is sent before `due_at` (aware UTC)."""

    id: str
    event_id: str
    """The same each time it is sent: a receiver tells a repetition by it."""
    subject: str
    """What the event is about: a restore id, as a rule."""
    url: str = field(repr=False)
    body: str = field(repr=False)
    """The event as JSON, in ASCII."""
    created_at: datetime
    due_at: datetime
    subscription_id: str | None = None
    """None for the callbackUrl of a restore."""
    caller: str = ""
    """The id of the caller whose URL it is; empty for one without a name."""
    tries: int = 0
    """How often it was taken up to be sent; in vain, as long as it is here."""

    @property
    def gives_up_at(self) -> datetime:
        """The last instant at which it is tried."""
        return self.created_at + PATIENCE

    def taken(self, now: datetime, lease: timedelta) -> Self:
        """The delivery claimed by one worker: nobody else sends it for the length of `lease`.

        If the worker dies, the delivery is tried again as after any other failed try.
        """
        return replace(self, due_at=now + max(lease, _wait(self.tries)), tries=self.tries + 1)

    def put_back(self, due_at: datetime) -> Self:
        """The delivery due at that time, without counting a try, since it was not sent."""
        return replace(self, due_at=due_at, tries=max(self.tries - 1, 0))

    def is_past(self, now: datetime) -> bool:
        """Whether it is too late for another try, the last worker having died."""
        return self.tries > 0 and now > self.gives_up_at + _WAITS[-1]

    def failed(self, now: datetime, asked: timedelta | None) -> Self | None:
        """The delivery due again, as the receiver asked or after a back-off; None: given up."""
        if now >= self.gives_up_at:
            return None
        wait = _wait(self.tries - 1)
        if asked is not None:
            wait = min(max(asked, _SHORTEST_ASKED), _LONGEST_ASKED)
        return replace(self, due_at=min(now + wait, self.gives_up_at))


def _wait(tries: int) -> timedelta:
    return _WAITS[min(tries, len(_WAITS) - 1)]


def delivery_id(event_id: str, receiver: str) -> str:
    """The id of this event's delivery to this receiver; the same when it is made out again."""
    text = f"delivery\n{event_id}\n{receiver}"
    return f"d-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def is_delivery_id(text: str) -> bool:
    """Whether this text could be the id of a delivery at all."""
    return _ID.fullmatch(text) is not None
