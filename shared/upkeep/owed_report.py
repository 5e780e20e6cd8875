"""Send the weekly report, and owe it for as long as Microsoft Graph cannot be asked.

    unfinished row ── send ── the row is dropped
                        └──── not sent: the row says when the sweep has a worker try again

The timer comes but once a week: a quarter of an hour without Graph would cost a week's report.
"""

from datetime import timedelta

from shared import telemetry
from shared.domain.alerts.report import REPORT_ID
from shared.errors import DirectoryUnavailableError
from shared.ports.deps import Deps
from shared.upkeep.weekly_report import send_weekly_report

# Longer than a sending may take, so that the sweep begins no second one beside it.
_AGAIN_AFTER = timedelta(minutes=15)


async def send_report(deps: Deps) -> None:
    """Send the report, now or when the sweep has it tried again; the timer calls it.

    Raises:
        StorageUnavailableError: it may have been sent; if it is noted, it is sent again.
    """
    await deps.unfinished.note(REPORT_ID, deps.clock.now() + _AGAIN_AFTER)
    try:
        await send_weekly_report(deps)
    except DirectoryUnavailableError as error:
        telemetry.failed("SendWeeklyReport", error)
        wait = max(error.retry_after or _AGAIN_AFTER, _AGAIN_AFTER)
        await deps.unfinished.note(REPORT_ID, deps.clock.now() + wait)
        return
    await deps.unfinished.forget(REPORT_ID)


async def send_owed_report(deps: Deps) -> None:
    """Send the report if it is owed; safe to call at any time, any number of times.

    Raises:
        StorageUnavailableError: as above.
    """
    if await deps.unfinished.find(REPORT_ID) is not None:
        await send_report(deps)
