"""Remove what was observed of users lost or gone longer ago than the keep time."""

from datetime import UTC, datetime

from shared.domain.observations.observation import Observation
from shared.pacing import LONGEST_PART, TimeBudget
from shared.ports.deps import IntakeDeps
from shared.watch.forget import note_forgotten

_BEGINNING = datetime.min.replace(tzinfo=UTC)


async def clean_up_observations(deps: IntakeDeps) -> int:
    """Remove the observations that are past their keep time; returns how many.

    First that somebody was forgotten, then the names, the observation, its row last: a crash in
    between is made good by the next cleanup.
    Whose mailbox came back keeps the observation; only the row that outlived the loss goes.

    Raises:
        StorageUnavailableError: some were removed; the next cleanup takes the rest.
    """
    budget = TimeBudget.of(LONGEST_PART, deps.clock)
    limit = budget.began_at - deps.keep_seen
    watch, removed, is_noted = deps.watch, 0, False
    for index in (watch.losses, watch.departures):
        async for user_id, at in index.between(_BEGINNING, limit):
            kept = (await watch.observations.many([user_id])).get(user_id)
            if kept is not None and _was_unsure_since(kept.observation, limit):
                continue
            if kept is not None and _is_past(kept.observation, limit):
                # The keep time may be a longer one some day: then the rounds go back further.
                is_noted = is_noted or await note_forgotten(limit, deps)
                if not is_noted:
                    return removed
                names = kept.observation.names
                await watch.names.forget(user_id, (*names.current, *names.former))
                await watch.observations.remove(kept)
                removed += 1
            await index.forget(user_id, at)
            if budget.is_spent:
                return removed
    await _forget_notes(limit, budget, deps)
    return removed


async def _forget_notes(limit: datetime, budget: TimeBudget, deps: IntakeDeps) -> None:
    watch = deps.watch
    for index in (watch.marks, watch.doubts, watch.taken):
        async for name, at in index.between(_BEGINNING, limit):
            await index.forget(name, at)
            if budget.is_spent:
                return


def _was_unsure_since(observation: Observation, limit: datetime) -> bool:
    """Whether a long doubt after the loss ended later: without the row nobody would know of it."""
    is_lost = observation.lost_at is not None and observation.lost_at < limit
    return is_lost and observation.runs[-1].first >= limit


def _is_past(observation: Observation, limit: datetime) -> bool:
    """Whether the last thing that happened to the user is longer ago than the keep time."""
    happened = [at for at in (observation.lost_at, observation.gone_at) if at is not None]
    return bool(happened) and max(happened) < limit
