"""Serve GET /api/restores/{restoreId}/journal: what was done, when, and by whom."""

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.csv_replies import csv_reply, wants_csv
from functions.http.replies import ListPage, rows_reply, translate
from shared.bootstrap import root
from shared.documents.journal import JOURNAL_COLUMNS, journal_cells, journal_document
from shared.errors import RestoreNotFoundError
from shared.intake.journal import next_journal_query, parse_journal_query
from shared.intake.operations import OPERATIONS
from shared.lists.one_restore import read_restore

bp = func.Blueprint()


@bp.function_name("GetJournal")
@bp.route(route="restores/{restoreId}/journal", methods=["GET"])
async def get_journal(req: func.HttpRequest) -> func.HttpResponse:
    """Tell what was done for a restore, oldest first, a page at a time."""
    return await translate("GetJournal", journal(req), req)


async def journal(req: func.HttpRequest) -> func.HttpResponse:
    """200 with a page of the journal, as JSON or CSV."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["GetJournal"].demand(caller)
    query = parse_journal_query(req.params)
    record = await read_restore(req.route_params.get("restoreId", ""), intake.deps)
    if not caller.may_read(record.requested_by):
        # Not "forbidden": a caller without Restore.Read is not told which ids exist.
        raise RestoreNotFoundError
    entries = await intake.deps.ledger.journal(record.id)
    end = query.skip + query.top
    rows, more = entries[query.skip : end], None
    if len(entries) > end:
        more = next_journal_query(query)
    reader = reader_of(req, caller, intake.deps.audience)
    route = f"restores/{record.id}/journal"
    if wants_csv(req):
        lines = [journal_cells(row, reader) for row in rows]
        return csv_reply(JOURNAL_COLUMNS, lines, req, reader, route=route, next_query=more)
    return rows_reply(
        ListPage(route, [journal_document(row, reader) for row in rows], more, also_csv=True),
        req,
        reader,
    )
