"""Serve /approve and /reject of a restore, and of all of a batch that waits."""

import azure.functions as func

from functions.http.batches import decide_all
from functions.http.callers import caller_of, reader_of
from functions.http.replies import restore_reply, translate
from shared import telemetry
from shared.approvals.decide import Verdict, decide
from shared.bootstrap import root
from shared.domain.approvals.approval import ApprovalDecision
from shared.domain.requests.request import Door
from shared.intake.approvals import ApproveWire, RejectWire, parse_decision
from shared.intake.caller import Caller
from shared.intake.operations import OPERATIONS
from shared.intake.requests import check_content_type

bp = func.Blueprint()

_BODIES: dict[ApprovalDecision, type[ApproveWire | RejectWire]] = {
    ApprovalDecision.APPROVED: ApproveWire,
    ApprovalDecision.REJECTED: RejectWire,
}


@bp.function_name("ApproveRestore")
@bp.route(route="restores/{restoreId}/approve", methods=["POST"])
async def approve_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Approve the plan of a restore that waits for it."""
    work = _decide_restore("ApproveRestore", ApprovalDecision.APPROVED, req)
    return await translate("ApproveRestore", work, req)


@bp.function_name("RejectRestore")
@bp.route(route="restores/{restoreId}/reject", methods=["POST"])
async def reject_restore(req: func.HttpRequest) -> func.HttpResponse:
    """Reject a restore that waits for an approval."""
    work = _decide_restore("RejectRestore", ApprovalDecision.REJECTED, req)
    return await translate("RejectRestore", work, req)


@bp.function_name("ApproveBatch")
@bp.route(route="batches/{batchId}/approve", methods=["POST"])
async def approve_batch(req: func.HttpRequest) -> func.HttpResponse:
    """Approve the plans of all restores of a batch that wait for it."""
    work = _decide_batch("ApproveBatch", ApprovalDecision.APPROVED, req)
    return await translate("ApproveBatch", work, req)


@bp.function_name("RejectBatch")
@bp.route(route="batches/{batchId}/reject", methods=["POST"])
async def reject_batch(req: func.HttpRequest) -> func.HttpResponse:
    """Reject all restores of a batch that wait for an approval."""
    work = _decide_batch("RejectBatch", ApprovalDecision.REJECTED, req)
    return await translate("RejectBatch", work, req)


async def _decide_restore(
    operation: str, decision: ApprovalDecision, req: func.HttpRequest
) -> func.HttpResponse:
    intake = await root().intake()
    caller = caller_of(req, intake)
    OPERATIONS[operation].demand(caller)
    verdict = _verdict(decision, caller, req)
    record = await decide(req.route_params.get("restoreId", ""), verdict, intake.deps)
    telemetry.asked(operation, caller.id, record.id)
    reader = reader_of(req, caller, intake.deps.audience)
    return restore_reply(record, req, reader, intake.deps.clock.now(), status=200)


async def _decide_batch(
    operation: str, decision: ApprovalDecision, req: func.HttpRequest
) -> func.HttpResponse:
    return await decide_all(operation, lambda caller: _verdict(decision, caller, req), req)


def _verdict(decision: ApprovalDecision, caller: Caller, req: func.HttpRequest) -> Verdict:
    check_content_type(req.headers.get("content-type"))
    wire = parse_decision(req.get_body(), _BODIES[decision])
    # An empty text counts as left out, as everywhere.
    reason = wire.reason or None
    return Verdict(decision, wire.plan_hash or None, caller.asking_by(Door.HTTP), reason)
