"""Serve GET /api/losses and /api/losses/capacity: who may still be saved, and the seats needed."""

import azure.functions as func

from functions.http.callers import caller_of
from functions.http.csv_replies import csv_reply, wants_csv
from functions.http.replies import ListPage, json_reply, rows_reply, translate
from shared.bootstrap import root
from shared.documents.loss import COLUMNS, by_id, capacity_document, loss_cells, loss_document
from shared.errors import InvalidRequestError
from shared.intake.losses import next_loss_query, parse_loss_query
from shared.intake.operations import OPERATIONS
from shared.intake.paging import strangers
from shared.lists.capacity import read_capacity
from shared.lists.losses import list_losses

_ROUTE = "losses"

bp = func.Blueprint()


@bp.function_name("ListLosses")
@bp.route(route="losses", methods=["GET"])
async def list_losses_(req: func.HttpRequest) -> func.HttpResponse:
    """List everybody who lost a mailbox, soonest end of window first, a page at a time."""
    return await translate("ListLosses", losses(req), req)


@bp.function_name("GetCapacity")
@bp.route(route="losses/capacity", methods=["GET"])
async def get_capacity_(req: func.HttpRequest) -> func.HttpResponse:
    """Count the seats that bringing all of them back needs."""
    return await translate("GetCapacity", capacity(req), req)


async def losses(req: func.HttpRequest) -> func.HttpResponse:
    """200 with a page of the list, as JSON or CSV."""
    OPERATIONS["ListLosses"].demand(caller_of(req, await root().intake()))
    query = parse_loss_query(req.params)
    page = await list_losses(query, await root().deps())
    more = None if page.next is None else next_loss_query(query, page.next)
    skus = by_id(page.skus)
    if wants_csv(req):
        lines = (loss_cells(loss, skus) for loss in page.rows)
        return csv_reply(COLUMNS, lines, req, route=_ROUTE, next_query=more)
    return rows_reply(
        ListPage(_ROUTE, [loss_document(loss, skus) for loss in page.rows], more, also_csv=True),
        req,
    )


async def capacity(req: func.HttpRequest) -> func.HttpResponse:
    """200 with a line for each licence that somebody needs."""
    OPERATIONS["GetCapacity"].demand(caller_of(req, await root().intake()))
    faults = tuple(strangers(req.params, frozenset()))
    if faults:
        raise InvalidRequestError(faults)
    found = await read_capacity(await root().deps())
    return json_reply(capacity_document(found.seats, found.license_unknown))
