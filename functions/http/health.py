"""Serve GET /api/health: the process lives; no settings, no outside calls, no secrets.

With `?deep=1`, for Restore.Admin: whether this deployment can do its work.
"""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import json_reply, translate
from shared import __version__
from shared.bootstrap import root
from shared.domain.roles import Role
from shared.upkeep.health import examine

bp = func.Blueprint()


@bp.function_name("GetHealth")
@bp.route(route="health", methods=["GET"], auth_level=func.AuthLevel.ANONYMOUS)
async def get_health(req: func.HttpRequest) -> func.HttpResponse:
    """Answer that the process lives, and which version it is; deep only when asked."""
    if req.params.get("deep", "").lower() in {"1", "true"}:
        return await translate("GetHealth", deep(req), req)
    return json_reply({"status": "ok", "version": __version__})


async def deep(req: func.HttpRequest) -> func.HttpResponse:
    """200 with the whole picture, whatever it shows; a nameless caller is never an Admin."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    caller.demand(Role.ADMIN)
    reader = reader_of(req, caller, intake.deps.audience)
    return json_reply(await examine(await root().deps(), __version__, reader), reader)
