"""Serve POST /api/restores/{restoreId}/undo: take back what a restore has done."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import restore_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.domain.records.trace_id import trace_in
from shared.domain.requests.request import Door
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type
from shared.intake.undos import parse_undo
from shared.undo.start import start_undo

bp = func.Blueprint()


@bp.function_name("UndoRestore")
@bp.route(route="restores/{restoreId}/undo", methods=["POST"])
async def undo_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Accept an undo, or join the one that is there."""
    return await translate("UndoRestore", _undo(req), req)


async def _undo(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["UndoRestore"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    wire = parse_undo(req.get_body())
    with telemetry.traced(trace_in(req.headers.get("traceparent"))):
        record = await start_undo(
            req.route_params.get("restoreId", ""),
            wire.reason or None,
            caller.asking_by(Door.HTTP),
            intake.deps,
            is_allowed=intake.settings.policy.undo,
        )
    telemetry.asked("UndoRestore", caller.id, record.id)
    reader = reader_of(req, caller, intake.deps.audience)
    return restore_reply(record, req, reader, intake.deps.clock.now())
