"""Run the cleanup once a day: remove what is past its keep time."""

import azure.functions as func

from functions.hosting import cleanup_schedule
from shared.bootstrap import root
from shared.upkeep.cleanup import clean_up

bp = func.Blueprint()


@bp.function_name("CleanUpLedger")
@bp.timer_trigger(arg_name="timer", schedule=cleanup_schedule())
async def clean_up_ledger(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Remove restores and observations past their keep time."""
    intake = await root().intake()
    await clean_up(intake.deps)
