"""Serve GET /api/health: the process lives; no settings, no outside calls, no secrets.

Probes ask with HEAD, too: Azure Front Door does, unless it is told otherwise. The platform sends no
body with that answer. Source: Microsoft Learn, "Health probes", Azure Front Door.
"""

import azure.functions as func

from functions.http.replies import json_reply
from shared import __version__

bp = func.Blueprint()


@bp.function_name("GetHealth")
@bp.route(route="health", methods=["GET", "HEAD"], auth_level=func.AuthLevel.ANONYMOUS)
async def get_health(req: func.HttpRequest) -> func.HttpResponse:  # noqa: ARG001 - the binding
    """Answer that the process lives, and which version it is; whatever else is asked for."""
    return json_reply({"status": "ok", "version": __version__})
