"""Note that somebody is about to be forgotten: no round of before proves anything then.

Whoever had a plan in a round is remembered, so of somebody who is not, each round says that there
was none. What is forgotten breaks that, for everybody alike: who it was is not kept.
"""

from dataclasses import replace
from datetime import datetime

from shared.errors import LeaseLostError
from shared.ports.deps import IntakeDeps

# A round under way writes once for each page.
_TRIES = 10


async def note_forgotten(until: datetime, deps: IntakeDeps) -> bool:
    """Have rounds up to this instant prove nothing of whoever is not remembered.

    A round that is under way stops, and goes on minutes later. False: others wrote faster than
    this could, and nothing is noted.

    Raises:
        StorageUnavailableError: it may be noted.
    """
    rounds = deps.watch.rounds
    for _ in range(_TRIES):
        stored = await rounds.read()
        known = stored.round.forgot_until
        if known is not None and until <= known:
            return True
        try:
            # Whoever held the lease cannot give it back any more.
            await rounds.write(stored, replace(stored.round, forgot_until=until, lease=None))
        except LeaseLostError:
            continue
        return True
    return False
