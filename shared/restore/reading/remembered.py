"""Read what the service itself remembers of a person, for the timeline of the window."""

import asyncio

from shared.domain.evidence.timeline_of import Remembered
from shared.ports.deps import Deps


async def remembered_of(user_id: str, deps: Deps) -> Remembered:
    """The observation of this person, and the rounds in which everybody was seen. Two point reads.

    Raises:
        StorageUnavailableError: it could not be read.
    """
    observation, stored = await asyncio.gather(
        deps.observations.last(user_id), deps.watch.rounds.read()
    )
    return Remembered(
        observation,
        stored.round.log,
        deps.clock.now() - deps.keep,
        stored.round.shows_deleted_licenses,
    )
