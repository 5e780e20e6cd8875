"""Timer: observe, once an hour. Remembers licences before they are lost, and warns in time."""

import azure.functions as func

from functions.hosting import observe_schedule
from shared import telemetry
from shared.bootstrap import root
from shared.restore.observe import observe

bp = func.Blueprint()


@bp.function_name("ObserveTenant")
@bp.timer_trigger(arg_name="timer", schedule=observe_schedule())
async def observe_tenant(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Look at what changed in the tenant since the last time, and send the alerts that are due."""
    deps = await root().deps()
    telemetry.observed(await observe(deps))
