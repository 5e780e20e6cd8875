"""Serve GET /api/restores: the restores a caller may see, newest first."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.csv_replies import csv_reply, wants_csv
from functions.http.replies import list_reply, translate
from shared.bootstrap import root
from shared.documents.restore_cells import RESTORE_COLUMNS, restore_cells
from shared.domain.lists.restores import ListQuery
from shared.domain.outcomes import Status
from shared.domain.requests.roles import Role
from shared.intake.caller import Caller
from shared.intake.operations import OPERATIONS
from shared.intake.restores import next_query, parse_list_query
from shared.lists.restores import Listing, list_restores
from shared.ports.deps import IntakeDeps

bp = func.Blueprint()


@bp.function_name("ListRestores")
@bp.route(route="restores", methods=["GET"])
async def list_restores_(req: func.HttpRequest) -> func.HttpResponse:
    """List restores, a page at a time."""
    return await translate("ListRestores", _list(req), req)


async def list_for(query: ListQuery, caller: Caller, deps: IntakeDeps) -> Listing:
    """The page this caller is shown: of all restores, or of those that wait for an approval.

    Raises:
        RoleMissingError: the caller may not read these; names Restore.Read.
    """
    OPERATIONS["ListRestores"].demand(caller)
    if query.status is not Status.WAITING:
        caller.demand(Role.READ)
    return await list_restores(query, caller.may_see, deps)


async def _list(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["ListRestores"].demand(caller)
    query = parse_list_query(req.params)
    listing = await list_for(query, caller, intake.deps)
    more = None if listing.next is None else next_query(query, listing.next)
    reader = reader_of(req, caller, intake.deps.audience)
    if wants_csv(req):
        lines = [restore_cells(record, reader) for record in listing.records]
        return csv_reply(RESTORE_COLUMNS, lines, req, reader, route="restores", next_query=more)
    return list_reply(listing.records, more, req, reader)
