"""Run the sweep every minute: pick up what was forgotten and what is due."""

import azure.functions as func

from functions.hosting import sweep_schedule
from shared import telemetry
from shared.bootstrap import root
from shared.drill.bring_back import bring_back
from shared.upkeep.pulse import take_pulse
from shared.upkeep.sweep import sweep

bp = func.Blueprint()


@bp.function_name("SweepRestores")
@bp.timer_trigger(arg_name="timer", schedule=sweep_schedule())
async def sweep_restores(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Queue every restore that is due and was forgotten, and a drill that left its account away."""
    intake = await root().intake()
    try:
        telemetry.swept(await sweep(intake.deps))
        await take_pulse(intake.deps)
    finally:
        # Whatever came of the rest: nobody else brings that account back.
        await bring_back(intake.deps)
