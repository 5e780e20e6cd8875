"""Timer: looks at the tenant, once an hour. Keeps the guards."""

import azure.functions as func

from functions.hosting import observe_schedule
from shared import telemetry
from shared.bootstrap import root
from shared.restore.guards import keep_guards

bp = func.Blueprint()


@bp.function_name("ObserveTenant")
@bp.timer_trigger(arg_name="timer", schedule=observe_schedule())
async def observe_tenant(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Take in a restore for every guarded person who is lost."""
    kept = await keep_guards(await root().deps())
    telemetry.guarded(kept.looked_at, kept.begun)
