"""Describe the word of somebody else that a restore waits for, and what was decided."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from shared.domain.approval_rules import ApprovalRule
from shared.domain.requests.request import RequestedBy


class ApprovalDecision(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Approval:
    """What a restore wants an approval for, of which plan, and what became of it.

    All instants are aware UTC.
    """

    wanted_for: tuple[ApprovalRule, ...]
    plan_hash: str
    """Which plan is to be decided about, or was."""
    asked_at: datetime
    until: datetime
    """Whoever has not decided by then has refused: the window closes."""
    is_told: bool = False
    """Whether it was published that somebody has to decide."""
    decision: ApprovalDecision | None = None
    decided_by: RequestedBy | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    is_confirmed: bool = False
    """Whether a look after the decision has shown that the plan is still the one approved."""

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided yet."""
        return self.decision is None

    @property
    def is_approved(self) -> bool:
        """Whether the plan that `plan_hash` stands for may be carried out."""
        return self.decision is ApprovalDecision.APPROVED

    def decided(
        self,
        decision: ApprovalDecision,
        by: RequestedBy,
        now: datetime,
        *,
        reason: str | None,
    ) -> Self:
        """The same, with what was decided, by whom and why."""
        return replace(self, decision=decision, decided_by=by, decided_at=now, reason=reason)
