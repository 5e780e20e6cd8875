"""Serve GET /api/me and GET /api/status: who one is to the service, and whether it can work."""

from datetime import timedelta

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import json_reply, translate
from shared import __version__
from shared.bootstrap import Intake, root
from shared.domain.values.schedules import OBSERVE_SCHEDULE
from shared.intake.operations import OPERATIONS
from shared.upkeep.status import Deployment, status_of

bp = func.Blueprint()

# By its own schedule, an hour and the time of a run; by another, nobody knows but that a day and
# the time of a run is late for any that warns of windows of days.
_OBSERVES_HOURLY = timedelta(hours=1, minutes=30)
_OBSERVES_DAILY = timedelta(hours=25)


@bp.function_name("GetMe")
@bp.route(route="me", methods=["GET"])
async def get_me(req: func.HttpRequest) -> func.HttpResponse:
    """Tell a caller who it is to the service, and what it may do."""
    return await translate("GetMe", _me(req), req)


@bp.function_name("GetStatus")
@bp.route(route="status", methods=["GET"])
async def get_status(req: func.HttpRequest) -> func.HttpResponse:
    """Tell whether this deployment can do its work, and what is to be done."""
    return await translate("GetStatus", _status(req), req)


async def _me(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    return json_reply(
        {
            "id": caller.id,
            "name": caller.name,
            "roles": sorted(caller.roles),
            "authMode": intake.settings.auth_mode,
        }
    )


async def _status(req: func.HttpRequest) -> func.HttpResponse:
    """200 whatever it finds; a nameless caller is never an Admin."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["GetStatus"].demand(caller)
    reader = reader_of(req, caller, intake.deps.audience)
    return json_reply(await status_of(_deployment(intake), await root().deps(), reader), reader)


def _deployment(intake: Intake) -> Deployment:
    is_hourly = intake.settings.observe_schedule == OBSERVE_SCHEDULE
    return Deployment(
        version=__version__,
        commit=intake.commit,
        started_at=intake.started_at,
        observes_within=_OBSERVES_HOURLY if is_hourly else _OBSERVES_DAILY,
        doubts=intake.settings.doubts,
    )
