"""Serve POST /api/restores/{restoreId}/cancel and /retry, and /api/restores/retry for many."""

from collections.abc import Awaitable, Callable

import azure.functions as func

from functions.http.callers import caller_of, reader_of
from functions.http.replies import json_reply, restore_reply, translate
from shared import telemetry
from shared.bootstrap import root
from shared.documents.retry import retry_document
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, is_restore_id
from shared.intake.caller import Caller
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type
from shared.intake.retries import parse_retries
from shared.lists.one_restore import read_restore
from shared.ports.deps import IntakeDeps
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_many, retry_restore

type _Change = Callable[[str, Caller, IntakeDeps], Awaitable[Record]]

bp = func.Blueprint()


@bp.function_name("CancelRestore")
@bp.route(route="restores/{restoreId}/cancel", methods=["POST"])
async def cancel_restore_(req: func.HttpRequest) -> func.HttpResponse:
    """Call a restore off, while no change was sent to the directory."""
    return await translate("CancelRestore", _cancel(req), req)


@bp.function_name("RetryRestore")
@bp.route(route="restores/{restoreId}/retry", methods=["POST"])
async def retry_restore_(req: func.HttpRequest) -> func.HttpResponse:
    """Begin the next attempt of a restore that failed or was refused."""
    return await translate("RetryRestore", _retry(req), req)


@bp.function_name("RetryRestores")
@bp.route(route="restores/retry", methods=["POST"])
async def retry_restores_(req: func.HttpRequest) -> func.HttpResponse:
    """Begin the next attempt of many restores, each by itself."""
    return await translate("RetryRestores", _retry_many(req), req)


async def cancel(restore_id: str, caller: Caller, deps: IntakeDeps) -> Record:
    """The cancelled restore, for a caller who may cancel it.

    Raises:
        RestoreNotFoundError: there is none that this caller is shown.
        RoleMissingError: the restore is not the caller's own; names Restore.Admin.
        NotCancellableError: too late; nothing was changed.
    """
    OPERATIONS["CancelRestore"].demand(caller)
    record = await read_restore(restore_id, deps)
    caller.demand_cancel(record.requested_by)
    return await cancel_restore(restore_id, caller.asking_by(Door.HTTP), deps)


async def retry(restore_id: str, caller: Caller, deps: IntakeDeps) -> Record:
    """The restore in its next attempt, for a caller who may retry it.

    Raises:
        RoleMissingError: names Restore.Admin.
        RestoreNotFoundError: there is none.
        NotRetryableError: it has not failed, and was not refused; nothing was changed.
        BusyError: its end is not published yet; nothing was changed.
    """
    OPERATIONS["RetryRestore"].demand(caller)
    return await retry_restore(restore_id, caller.asking_by(Door.HTTP), deps)


async def _cancel(req: func.HttpRequest) -> func.HttpResponse:
    return await _changed("CancelRestore", cancel, req)


async def _retry(req: func.HttpRequest) -> func.HttpResponse:
    return await _changed("RetryRestore", retry, req)


async def _changed(name: str, change: _Change, req: func.HttpRequest) -> func.HttpResponse:
    """Change the restore that the address names, say who did, and answer with what it is now."""
    intake = await root().intake()
    caller = caller_of(req, intake)
    record = await change(req.route_params.get("restoreId", ""), caller, intake.deps)
    telemetry.asked(name, caller.id, record.id)
    reader = reader_of(req, caller, intake.deps.audience)
    return restore_reply(record, req, reader, intake.deps.clock.now())


async def _retry_many(req: func.HttpRequest) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS["RetryRestores"].demand(caller)
    check_content_type(req.headers.get("content-type"))
    restore_ids = parse_retries(req.get_body())
    answers = await retry_many(restore_ids, caller.asking_by(Door.HTTP), intake.deps)
    reader = reader_of(req, caller, intake.deps.audience)
    for answer in answers:
        # What is no id may be anything that somebody wrote, and stays out of the log.
        target = answer.restore_id if is_restore_id(answer.restore_id) else None
        telemetry.asked("RetryRestores", caller.id, target)
    lines = [
        retry_document(it.restore_id, it.error.text if it.error else None, reader) for it in answers
    ]
    return json_reply({"value": lines}, reader)
