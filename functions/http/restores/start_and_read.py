"""Serve POST /api/restores and GET /api/restores/{restoreId}: start a restore, and read it."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import restore_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.domain.records.trace_id import trace_in
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RestoreKind
from shared.errors import RestoreNotFoundError
from shared.intake.caller import demand_overrides
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type, parse_http
from shared.lists.one_restore import read_restore
from shared.restore.accept import accept

bp = func.Blueprint()


@bp.function_name("StartRestore")
@bp.route(route="restores", methods=["POST"])
async def start_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Accept a restore request, or join the restore it repeats."""
    return await translate("StartRestore", start(req), req)


@bp.function_name("GetRestore")
@bp.route(route="restores/{restoreId}", methods=["GET"])
async def get_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Tell how a restore stands."""
    return await translate("GetRestore", get(req), req)


async def start(req: func.HttpRequest, fixed_kind: RestoreKind | None = None) -> func.HttpResponse:
    """202 for a new or unfinished restore, 200 for a finished one.

    With `fixed_kind` the route has chosen the kind, and the body must not name one.
    """
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["StartRestore"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    request = parse_http(
        req.get_body(),
        header_key=req.headers.get("idempotency-key"),
        callback_hosts=intake.deps.callback_hosts,
        latest=intake.deps.latest_start,
        fixed_kind=fixed_kind,
    )
    demand_overrides(request, caller)
    with telemetry.traced(trace_in(req.headers.get("traceparent"))):
        order = order_of(request, caller.asking_by(Door.HTTP))
        accepted = await accept(order, intake.deps)
    reader = reader_of(req, caller, intake.deps.audience)
    return restore_reply(accepted.record, req, reader, intake.deps.clock.now())


async def get(req: func.HttpRequest) -> func.HttpResponse:
    """202 while unfinished, 200 when finished, whatever the outcome."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["GetRestore"].demand(caller)
    record = await read_restore(req.route_params.get("restoreId", ""), intake.deps)
    if not caller.may_see(record):
        # Not "forbidden": a caller without Restore.Read is not told which ids exist.
        raise RestoreNotFoundError
    reader = reader_of(req, caller, intake.deps.audience)
    return restore_reply(record, req, reader, intake.deps.clock.now())
