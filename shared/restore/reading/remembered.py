"""Read what the service itself remembers of a person, for the timeline of the window."""

import asyncio
from datetime import UTC, datetime, timedelta

from shared.domain.evidence.timeline_of import Remembered
from shared.domain.observations.observation import Observation
from shared.pacing import begun_for_several
from shared.ports.clock import Clock
from shared.ports.deps import Deps
from shared.ports.watch import DeltaRounds, Observations, StoredDeltaRound

# A worker asks storage once in this time how far the tenant was looked through, not in each
# restore. Rounds end minutes apart; one that ended this lately shows a moment later.
FRESH = timedelta(seconds=1)


class RememberedRounds:
    """A RoundReader that keeps the answer of the port for a second, and shares one under way."""

    def __init__(self, rounds: DeltaRounds, clock: Clock) -> None:
        self._rounds, self._clock = rounds, clock
        self._answer: asyncio.Task[StoredDeltaRound] | None = None
        self._asked_at = datetime.min.replace(tzinfo=UTC)

    async def read(self) -> StoredDeltaRound:
        """The round, as it was a second ago at the earliest."""
        now = self._clock.now()
        answer = self._answer
        is_fresh = self._asked_at <= now < self._asked_at + FRESH
        if answer is None or not is_fresh or _has_failed(answer):
            answer = self._answer = begun_for_several(self._rounds.read())
            self._asked_at = now
        return await asyncio.shield(answer)


def _has_failed(answer: asyncio.Task[StoredDeltaRound]) -> bool:
    return answer.done() and (answer.cancelled() or answer.exception() is not None)


class ObservationsOfRun:
    """An Observations port that reads each user once: one run looks at what it saw at first."""

    def __init__(self, observations: Observations) -> None:
        self._observations = observations
        self._known: dict[str, Observation | None] = {}

    async def last(self, user_id: str) -> Observation | None:
        """The observation of this user, as it was when this was asked for the first time."""
        if user_id not in self._known:
            self._known[user_id] = await self._observations.last(user_id)
        return self._known[user_id]

    async def note(self, observation: Observation) -> None:
        """Keep this observation in place of an earlier one."""
        self._known.pop(observation.user_id, None)
        await self._observations.note(observation)


async def remembered_of(user_id: str, deps: Deps) -> Remembered:
    """The observation of this person, and the rounds in which everybody was seen.

    One point read; one more for the rounds, once a second.

    Raises:
        StorageUnavailableError: it could not be read.
    """
    observation, stored = await asyncio.gather(
        deps.observations.last(user_id), deps.rounds_lately.read()
    )
    return Remembered(
        observation,
        stored.round.log,
        stored.round.remembers_since(deps.clock.now() - deps.keep_seen),
        stored.round.shows_deleted_licenses,
    )
