"""Look at the tenant once an hour: remember licences, send alerts, keep the guards."""

from dataclasses import asdict

import azure.functions as func

from functions.hosting import observe_schedule
from shared import telemetry
from shared.bootstrap import root
from shared.guards.rounds import keep_guards
from shared.ports.deps import Deps
from shared.upkeep.observe import observe
from shared.upkeep.pulse import OBSERVE

bp = func.Blueprint()


@bp.function_name("ObserveTenant")
@bp.timer_trigger(arg_name="timer", schedule=observe_schedule())
async def observe_tenant(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Look at what changed in the tenant, send the alerts that are due, and keep the guards."""
    await look(await root().deps())


async def look(deps: Deps) -> None:
    """Observe first, so that a guard has the evidence; a guard is kept whatever that came to."""
    try:
        counts = await observe(deps)
        telemetry.observed(None if counts is None else asdict(counts))
        await deps.health_signals.beat(OBSERVE, deps.clock.now())
    finally:
        kept = await keep_guards(deps)
        telemetry.guarded(kept.looked_at, kept.begun)
