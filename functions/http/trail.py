"""Serve GET /api/trail and DELETE /api/people/{userId}: what was done, and who is forgotten."""

import json

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.csv_replies import csv_reply, wants_csv
from functions.http.replies import api_link, headers_for, translate
from shared import telemetry
from shared.audit_trail.erase_person import erase_person
from shared.audit_trail.export import read_trail
from shared.bootstrap import root
from shared.documents.trail import MEDIA_TYPE, TRAIL_COLUMNS, trail_cells, trail_line
from shared.domain.requests.request import Door
from shared.intake.operations import OPERATIONS
from shared.intake.wire.trail import next_trail_query, parse_erasure, parse_trail_query

_ROUTE = "trail"

bp = func.Blueprint()


@bp.function_name("GetTrail")
@bp.route(route="trail", methods=["GET"])
async def get_trail(req: func.HttpRequest) -> func.HttpResponse:
    """Hand out the journals of all restores, with what it takes to check them."""
    return await translate("GetTrail", trail(req), req)


@bp.function_name("ErasePerson")
@bp.route(route="people/{userId}", methods=["DELETE"])
async def erase_person_(req: func.HttpRequest) -> func.HttpResponse:
    """Forget a person."""
    return await translate("ErasePerson", erase(req), req)


async def erase(req: func.HttpRequest) -> func.HttpResponse:
    """204 once nothing of the person is left but ids and codes."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["ErasePerson"].demand(caller)
    user_id = parse_erasure(req.route_params.get("userId", ""), req.params)
    await erase_person(user_id, caller.asking_by(Door.HTTP), intake.deps)
    telemetry.asked("ErasePerson", caller.id, user_id)
    return func.HttpResponse(status_code=204)


async def trail(req: func.HttpRequest) -> func.HttpResponse:
    """200 with a page of the trail, as JSON lines or CSV; the next one is in the header `Link`."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["GetTrail"].demand(caller)
    query = parse_trail_query(req.params)
    page = await read_trail(query, intake.deps)
    more = None if page.next is None else next_trail_query(query, page.next)
    reader = reader_of(req, caller, intake.deps.audience)
    if wants_csv(req):
        cells = (trail_cells(item, reader) for item in page.items)
        return csv_reply(TRAIL_COLUMNS, cells, req, reader, route=_ROUTE, next_query=more)
    # In ASCII, as every JSON answer is: the directory may hold half a character.
    lines = "".join(f"{json.dumps(trail_line(item, reader))}\n" for item in page.items)
    link = f'<{api_link(req, _ROUTE)}?{more}>; rel="next"'
    headers = {
        **headers_for(reader, also_csv=True),
        **({} if more is None else {"Link": link}),
    }
    return func.HttpResponse(lines, status_code=200, headers=headers, mimetype=MEDIA_TYPE)
