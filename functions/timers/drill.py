"""Begin the drill on its schedule, if the settings name an account for it."""

import azure.functions as func

from functions.hosting import drill_schedule
from shared.bootstrap import root
from shared.drill.start import start_drill

bp = func.Blueprint()


@bp.function_name("BeginDrill")
@bp.timer_trigger(arg_name="timer", schedule=drill_schedule())
async def begin_drill(timer: func.TimerRequest) -> None:
    """Begin a drill; a worker and the sweep see it to its end.

    A host that was down at the time of the schedule calls late: nobody expects a deletion by then.
    """
    if timer.past_due:
        return
    intake = await root().intake()
    await start_drill(intake.settings.policy.drill_user, intake.deps)
