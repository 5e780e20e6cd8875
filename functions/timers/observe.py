"""Look at the tenant once an hour: remember licences, send alerts, keep the guards."""

import azure.functions as func

from functions.hosting import observe_schedule
from shared.bootstrap import root
from shared.upkeep.watch_tenant import watch_tenant

bp = func.Blueprint()


@bp.function_name("ObserveTenant")
@bp.timer_trigger(arg_name="timer", schedule=observe_schedule())
async def observe_tenant(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Look at what changed in the tenant, send the alerts that are due, and keep the guards."""
    await watch_tenant(await root().deps())
