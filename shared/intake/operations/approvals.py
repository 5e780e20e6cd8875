"""List the operations of whoever decides about restores that wait for an approval."""

from typing import Final

from shared.domain.requests.roles import Role
from shared.intake.approvals import ApproveWire, RejectWire
from shared.intake.operations.model import Operation

_DECIDED: Final = "It does not wait for an approval, or its plan is another by now."

APPROVALS: Final = (
    Operation(
        "ApproveRestore",
        method="POST",
        path="restores/{restoreId}/approve",
        roles=(Role.APPROVE,),
        summary="Approve a restore",
        description="Lets a restore that waits for an approval carry out the plan of this hash."
        " Nobody approves what they asked for themselves.",
        statuses=(200,),
        answer="Restore",
        body=ApproveWire,
        conflict=_DECIDED,
        visibility="advanced",
    ),
    Operation(
        "RejectRestore",
        method="POST",
        path="restores/{restoreId}/reject",
        roles=(Role.APPROVE,),
        summary="Reject a restore",
        description="Ends a restore that waits for an approval, without any change.",
        statuses=(200,),
        answer="Restore",
        body=RejectWire,
        conflict=_DECIDED,
        visibility="advanced",
    ),
    Operation(
        "ApproveBatch",
        method="POST",
        path="batches/{batchId}/approve",
        roles=(Role.APPROVE,),
        summary="Approve all restores of a batch",
        description="Lets all restores of a batch that wait for an approval go on.",
        statuses=(200,),
        answer="Batch",
        body=ApproveWire,
        conflict=_DECIDED,
        visibility="advanced",
    ),
    Operation(
        "RejectBatch",
        method="POST",
        path="batches/{batchId}/reject",
        roles=(Role.APPROVE,),
        summary="Reject all restores of a batch",
        description="Ends all restores of a batch that wait for an approval, without any change.",
        statuses=(200,),
        answer="Batch",
        body=RejectWire,
        conflict=_DECIDED,
        visibility="advanced",
    ),
)
