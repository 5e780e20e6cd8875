"""Send the weekly report of losses and missing seats."""

import azure.functions as func

from functions.hosting import report_schedule
from shared.bootstrap import root
from shared.upkeep import owed_report

bp = func.Blueprint()


@bp.function_name("SendWeeklyReport")
@bp.timer_trigger(arg_name="timer", schedule=report_schedule())
async def send_report(timer: func.TimerRequest) -> None:  # noqa: ARG001 - the binding
    """Count who was lost and saved, and which seats are missing, and tell."""
    await owed_report.send_report(await root().deps())
