"""Serve POST /api/batches and GET /api/batches/{batchId}: many restores at once."""

from collections.abc import Callable, Sequence
from datetime import timedelta

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.csv_replies import csv_file, wants_csv
from functions.http.replies import api_link, json_reply, translate
from shared import telemetry
from shared.approvals.decide import Verdict
from shared.approvals.decide_batch import approval_of, decide_batch
from shared.batches.read import read_batch, read_items
from shared.batches.start import BatchOrder, start_batch
from shared.bootstrap import root
from shared.documents.batch import BATCH_COLUMNS, BatchLinks, batch_document, item_cells
from shared.domain.batches.batch import Batch, SeenItem
from shared.domain.requests.request import Door
from shared.domain.requests.roles import Role
from shared.errors import BatchNotFoundError
from shared.intake.batches.from_csv import parse_batch_csv
from shared.intake.batches.from_json import parse_batch
from shared.intake.caller import Caller
from shared.intake.operations import OPERATIONS
from shared.intake.requests import is_declared_csv
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
    is_csv = is_declared_csv(req.headers.get("content-type"))
    asked = await (parse_batch_csv if is_csv else parse_batch)(
        req.get_body(),
        header_key=req.headers.get("idempotency-key"),
        callback_hosts=intake.deps.callback_hosts,
        latest=intake.deps.latest_start,
        may_override=Role.OVERRIDE in caller.roles,
    )
    order = BatchOrder(asked.key, asked.items, caller.asking_by(Door.BATCH))
    batch = await start_batch(order, intake.deps)
    reader = reader_of(req, caller, intake.deps.audience)
    return _reply(batch, await read_items(batch, intake.deps), req, reader)


async def get(req: func.HttpRequest) -> func.HttpResponse:
    """202 while unfinished, 200 when finished, whatever came of the items."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["GetBatch"].demand(caller)
    batch = await read_batch(req.route_params.get("batchId", ""), intake.deps)
    items = await read_items(batch, intake.deps)
    decides = Role.APPROVE in caller.roles and approval_of(items) is not None
    if not (decides or caller.may_read(batch.requested_by)):
        # Not "forbidden": a caller without Restore.Read is not told which ids exist.
        raise BatchNotFoundError
    reader = reader_of(req, caller, intake.deps.audience)
    if not wants_csv(req):
        return _reply(batch, items, req, reader)
    batch = batch.as_seen(items)
    lines = [item_cells(batch, at, item, reader) for at, item in enumerate(items)]
    status, headers = _standing(batch, req)
    return csv_file(BATCH_COLUMNS, lines, reader, status, headers)


async def decide_all(
    operation: str, verdict_of: Callable[[Caller], Verdict], req: func.HttpRequest
) -> func.HttpResponse:
    """200 with the batch, of which all that waited for an approval are decided about."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS[operation].demand(caller)
    verdict = verdict_of(caller)
    batch = await read_batch(req.route_params.get("batchId", ""), intake.deps)
    await decide_batch(batch, verdict, intake.deps)
    telemetry.asked(operation, caller.id, batch.id)
    reader = reader_of(req, caller, intake.deps.audience)
    return _reply(batch, await read_items(batch, intake.deps), req, reader, status=200)


def _reply(
    batch: Batch,
    items: Sequence[SeenItem],
    req: func.HttpRequest,
    reader: Reader,
    *,
    status: int | None = None,
) -> func.HttpResponse:
    """The batch as it stands; `status` is another one than that says."""
    batch = batch.as_seen(items)
    link = api_link(req, "batches", batch.id)
    body = batch_document(batch, items, reader, BatchLinks(link, api_link(req, "restores")))
    approval = approval_of(items)
    body["approval"] = approval.document() if approval is not None else None
    standing, headers = _standing(batch, req)
    status = standing if status is None else status
    return json_reply(body, reader, status, headers, also_csv=True)


def _standing(batch: Batch, req: func.HttpRequest) -> tuple[int, dict[str, str]]:
    """202 with where and when to look again while it is unfinished, else 200; in any format."""
    if batch.finished_at is not None:
        return 200, {}
    left = sum(not item.status.is_over for item in batch.items)
    wait = min(max(timedelta(seconds=left // _ITEMS_PER_SECOND), _SHORTEST_POLL), _LONGEST_POLL)
    where = {"Location": api_link(req, "batches", batch.id)}
    return 202, {**where, "Retry-After": str(int(wait.total_seconds()))}
