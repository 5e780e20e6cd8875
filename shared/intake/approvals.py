"""Parse the body of an approval or a rejection, or return every fault in it at once."""

from pydantic import Field

from shared.intake.wire.body import read_body
from shared.intake.wire.fields import PlanHash, Reason
from shared.intake.wire.models import Wire


class ApproveWire(Wire):
    """The word of whoever approves a plan."""

    plan_hash: PlanHash = Field(
        description="approval.planHash of the restore or the batch: what is approved is that plan"
        " and no other.",
    )
    reason: Reason | None = Field(default=None, description="Why; kept in the record.")


class RejectWire(Wire):
    """The word of whoever rejects a plan."""

    plan_hash: PlanHash | None = Field(
        default=None,
        description="approval.planHash of the restore or the batch; left out: any plan.",
    )
    reason: Reason | None = Field(
        default=None, description="Why; kept in the record, and told to whoever asked."
    )


def parse_decision(body: bytes, model: type[ApproveWire | RejectWire]) -> ApproveWire | RejectWire:
    """The decision in an HTTP body.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    return read_body(body, model)
