"""Serve POST /api/checks: what a restore would do, and all that speaks against it."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import json_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.documents.preflight import preflight_document
from shared.domain.request import Door
from shared.intake.caller import demand_overrides
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type, parse_http
from shared.restore.limits import count_checks
from shared.restore.preflight import check

bp = func.Blueprint()


@bp.function_name("CheckRestore")
@bp.route(route="checks", methods=["POST"])
async def check_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Tell what would come of a restore request, and change nothing."""
    return await translate("CheckRestore", answer(req), req)


async def answer(req: func.HttpRequest) -> func.HttpResponse:
    """200 with the preflight, whatever it finds."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["CheckRestore"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    request = parse_http(
        req.get_body(),
        header_key=req.headers.get("idempotency-key"),
        callback_hosts=intake.deps.callback_hosts,
        latest=intake.deps.latest_start,
    )
    demand_overrides(request, caller)
    by, reader = caller.asking_by(Door.HTTP), reader_of(req, caller, intake.deps.audience)
    await count_checks(by, 1, intake.deps)
    preflight = await check(request, await root().deps(), by)
    telemetry.asked("CheckRestore", caller.id, preflight.user_id)
    return json_reply(preflight_document(preflight, reader), reader)
