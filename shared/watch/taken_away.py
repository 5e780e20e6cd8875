"""Read what the service itself has taken away lately: that is no loss."""

from datetime import timedelta

from shared.domain.undos.taken import TakenAway
from shared.ports.deps import Deps

# Clocks of two workers differ, and a window may be judged a little after its end.
_MORE = timedelta(days=1)


async def taken_away(deps: Deps) -> TakenAway:
    """All of it that is still remembered; one read, for there is little.

    A mailbox may answer for weeks after its licence was taken away, and be lost only then.

    Raises:
        StorageUnavailableError: nothing was learnt.
    """
    now = deps.clock.now()
    since = now - deps.keep_seen - _MORE
    return TakenAway.of([one async for one in deps.watch.taken.between(since, now + _MORE)])
