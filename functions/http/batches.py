"""Serve POST /api/batches and GET /api/batches/{batchId}: many restores at once."""

from datetime import timedelta

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import api_link, json_reply, translate
from shared.batches.start import BatchOrder, read_batch, start_batch
from shared.bootstrap import root
from shared.documents.batch import BatchLinks, batch_document
from shared.domain.batches.batch import Batch
from shared.domain.request import Door
from shared.domain.roles import Role
from shared.errors import BatchNotFoundError, Fault
from shared.intake.batches import parse_batch
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type
from shared.texts.reader import Reader

bp = func.Blueprint()

# A handful is through in seconds; each answer about a thousand has 200 KB.
_SHORTEST_POLL = timedelta(seconds=2)
_ITEMS_PER_SECOND = 25
_LONGEST_POLL = timedelta(seconds=30)


@bp.function_name("StartBatch")
@bp.route(route="batches", methods=["POST"])
async def start_batch_(req: func.HttpRequest) -> func.HttpResponse:
    """Accept many restore requests at once, or join the batch they repeat."""
    return await translate("StartBatch", start(req), req)


@bp.function_name("GetBatch")
@bp.route(route="batches/{batchId}", methods=["GET"])
async def get_batch(req: func.HttpRequest) -> func.HttpResponse:
    """Tell how a batch and its items stand."""
    return await translate("GetBatch", get(req), req)


async def start(req: func.HttpRequest) -> func.HttpResponse:
    """202 for a new or unfinished batch, 200 for a finished one."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["StartBatch"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    asked = await parse_batch(
        req.get_body(),
        header_key=req.headers.get("idempotency-key"),
        callback_hosts=intake.deps.callback_hosts,
        latest=intake.deps.latest_start,
        may_override=Role.OVERRIDE in caller.roles,
    )
    order = BatchOrder(asked.key, asked.items, caller.asking_by(Door.BATCH))
    batch = await start_batch(order, intake.deps)
    faults = {at: item.faults for at, item in enumerate(asked.items) if item.faults}
    return _reply(batch, faults, req, reader_of(req, caller, intake.deps.audience))


async def get(req: func.HttpRequest) -> func.HttpResponse:
    """202 while unfinished, 200 when finished, whatever came of the items."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["GetBatch"].demand(caller)
    batch, faults = await read_batch(req.route_params.get("batchId", ""), intake.deps)
    if not caller.may_read(batch.requested_by):
        # Not "forbidden": a caller without Restore.Read is not told which ids exist.
        raise BatchNotFoundError
    return _reply(batch, faults, req, reader_of(req, caller, intake.deps.audience))


def _reply(
    batch: Batch, faults: dict[int, tuple[Fault, ...]], req: func.HttpRequest, reader: Reader
) -> func.HttpResponse:
    link = api_link(req, "batches", batch.id)
    body = batch_document(batch, faults, reader, BatchLinks(link, api_link(req, "restores")))
    if batch.finished_at is not None:
        return json_reply(body, reader)
    left = sum(not item.status.is_over for item in batch.items)
    wait = min(max(timedelta(seconds=left // _ITEMS_PER_SECOND), _SHORTEST_POLL), _LONGEST_POLL)
    headers = {"Location": link, "Retry-After": str(int(wait.total_seconds()))}
    return json_reply(body, reader, 202, headers)
