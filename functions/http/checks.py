"""Serve POST /api/checks: what a restore would do, and all that speaks against it."""

import asyncio
from collections.abc import Sequence
from itertools import batched

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import json_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.documents.preflight import preflight_document
from shared.domain.preflight import Preflight
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest
from shared.intake.caller import demand_overrides
from shared.intake.checks import parse_checks
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type, parse_http
from shared.restore.limits import count_checks
from shared.restore.preflight import check

# Each asks Graph some ten times: more at a time would only be throttled.
_AT_ONCE = 5

bp = func.Blueprint()


@bp.function_name("CheckRestore")
@bp.route(route="checks", methods=["POST"])
async def check_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Tell what would come of a restore request, and change nothing."""
    return await translate("CheckRestore", answer(req), req)


async def answer(req: func.HttpRequest) -> func.HttpResponse:
    """200 with the preflight, or with one for each of many requests, whatever they find."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["CheckRestore"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    body, hosts, latest = req.get_body(), intake.deps.callback_hosts, intake.deps.latest_start
    many = parse_checks(body, callback_hosts=hosts, latest=latest)
    by, reader = caller.asking_by(Door.HTTP), reader_of(req, caller, intake.deps.audience)
    if many is not None:
        for one in many:
            demand_overrides(one, caller)
        await count_checks(by, len(many), intake.deps)
        found = await _check_all(many, by)
        telemetry.asked("CheckRestore", caller.id, None)
        return json_reply({"value": [preflight_document(it, reader) for it in found]}, reader)
    request = parse_http(
        body,
        header_key=req.headers.get("idempotency-key"),
        callback_hosts=hosts,
        latest=latest,
    )
    demand_overrides(request, caller)
    await count_checks(by, 1, intake.deps)
    preflight = await check(request, await root().deps(), by)
    telemetry.asked("CheckRestore", caller.id, preflight.user_id)
    return json_reply(preflight_document(preflight, reader), reader)


async def _check_all(requests: Sequence[RestoreRequest], by: RequestedBy) -> list[Preflight]:
    deps = await root().deps()
    found: list[Preflight] = []
    for some in batched(requests, _AT_ONCE, strict=False):
        found += await asyncio.gather(*(check(request, deps, by) for request in some))
    return found
