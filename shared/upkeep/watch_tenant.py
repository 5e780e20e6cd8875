"""Watch the tenant: observe it, then keep the guards; by the timer, or again in between.

The timer's tick is an hour away when a loss wants its second look, when Graph cut a round short, or
when a guard waits to be sure: then the next look is noted among the unfinished, under an id of its
own, and the sweep has a worker take it.
"""

from dataclasses import asdict
from datetime import timedelta

from shared import telemetry
from shared.domain.watch.second_look import WATCH_ID
from shared.guards.rounds import keep_guards
from shared.ports.deps import Deps
from shared.upkeep.observe import observe
from shared.upkeep.pulse import OBSERVE
from shared.watch.ask_for_a_round import note_look

# The host ends a run after ten minutes (host.json), and its process with it. Observing has a bound
# of its own below this; the guards have what it leaves, and go on in the next run.
LOOK_TIME = timedelta(minutes=9)


async def watch_tenant(deps: Deps) -> None:
    """Observe first, so that a guard has the evidence; a guard is kept whatever that came to.

    Raises:
        StorageUnavailableError: some was done; the next look goes on from there.
    """
    ends_by = deps.clock.now() + LOOK_TIME
    # Whoever cut this run short is found by the timer's next tick.
    await deps.unfinished.forget(WATCH_ID)
    try:
        counts = await observe(deps)
        telemetry.observed(None if counts is None else asdict(counts))
        await deps.health_signals.beat(OBSERVE, deps.clock.now())
    finally:
        kept = await keep_guards(deps, ends_by)
        telemetry.guarded(kept.looked_at, kept.begun)
        if kept.again_at is not None:
            await note_look(kept.again_at, deps)


def is_watch_operation(text: str) -> bool:
    """Whether this id asks for a look at the tenant."""
    return text == WATCH_ID
