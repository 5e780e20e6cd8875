"""Which plans want an approval, and what makes a plan another one."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.approval_rules import ApprovalRules
from shared.domain.approvals.wanted import Plan, joint_hash, wanted_for
from shared.domain.decision import Case, Decision, StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import warn
from shared.domain.requests.request import RestoreKind
from shared.domain.window import Evidence, Window, WindowVerdict
from tests.builders import NOW, USER_ID, a_request

WINDOW = Window(
    WindowVerdict.OPEN, NOW - timedelta(days=2), NOW + timedelta(days=28), 28.0, Evidence.DELETED
)
DECISION = Decision(Case.DELETED_USER, WINDOW, (StepName.RESTORE_USER, StepName.VERIFY_USER))
DROPPED = warn(FindingCode.ADDRESSES_DROPPED, addresses=("a@b.c",), other_holders=("x",))


def a_plan(decision: Decision = DECISION, batch_size: int = 0, **request: Any) -> Plan:
    """A plan for Megan."""
    return Plan(USER_ID, a_request(**request), decision, batch_size)


def lost(days: float | None, **fields: Any) -> Decision:
    """A decision about somebody who was lost so many days ago."""
    started_at = None if days is None else NOW - timedelta(days=days)
    return replace(DECISION, window=replace(WINDOW, started_at=started_at, **fields))


TEN = ApprovalRules(gone_for=timedelta(days=10))
OVER = ApprovalRules(overrides=True)
REUSE = ApprovalRules(reuse=True)


@pytest.mark.parametrize(
    ("rules", "plan", "met"),
    [
        (ApprovalRules(), a_plan(accept_unknown_window=True, batch_size=1000), ()),
        (ApprovalRules(kinds=(RestoreKind.MAILBOX,)), a_plan(), ("kind",)),
        (ApprovalRules(kinds=(RestoreKind.USER,)), a_plan(), ()),
        (OVER, a_plan(), ()),
        (OVER, a_plan(accept_unknown_window=True), ("override",)),
        (OVER, a_plan(allow_synced=True), ("override",)),
        (OVER, a_plan(on_address_conflict="drop"), ("override",)),
        (OVER, a_plan(accept_rehire=True), ("override",)),
        (OVER, a_plan(on_upn_conflict="always"), ("override",)),
        (OVER, a_plan(on_upn_conflict="rename"), ()),
        (OVER, a_plan(lost(2, evidence=Evidence.DECLARED)), ("override",)),
        (REUSE, a_plan(), ()),
        (REUSE, a_plan(replace(DECISION, new_name="new@contoso.com")), ("reuse",)),
        (REUSE, a_plan(replace(DECISION, findings=(DROPPED,))), ("reuse",)),
        (ApprovalRules(batch_over=10), a_plan(batch_size=10), ()),
        (ApprovalRules(batch_over=10), a_plan(batch_size=11), ("batch",)),
        (TEN, a_plan(lost(10)), ()),
        (TEN, a_plan(lost(10.1)), ("gone",)),
        (TEN, a_plan(lost(None)), ("gone",)),
        (replace(TEN, batch_over=0), a_plan(lost(11), batch_size=1), ("batch", "gone")),
    ],
)
def test_which_plans_want_one(rules: ApprovalRules, plan: Plan, met: tuple[str, ...]) -> None:
    """Each rule on both of its sides, and all that are met together."""
    assert wanted_for(plan, rules, NOW) == met


@pytest.mark.parametrize(
    "other",
    [
        Plan("another", a_request(), DECISION),
        a_plan(replace(DECISION, plan=(*DECISION.plan, StepName.VERIFY_MAILBOX))),
        a_plan(
            replace(DECISION, new_name="new@contoso.com"), new_user_principal_name="new@contoso.com"
        ),
        a_plan(replace(DECISION, findings=(DROPPED,))),
        a_plan(allow_synced=True),
        a_plan(accept_rehire=True),
        a_plan(on_upn_conflict="always"),
    ],
    ids=["person", "steps", "new name", "dropped", "synced", "rehire", "always"],
)
def test_what_makes_it_another_plan(other: Plan) -> None:
    """Person, steps, new name, dropped addresses, overrides."""
    assert other.hash != a_plan().hash


def test_what_leaves_it_the_same_plan() -> None:
    """Days left, reasons and the size of the batch do not count."""
    later = a_plan(lost(3, days_left=1.0), batch_size=7, reason="why", ticket="T-1")
    assert later.hash == a_plan().hash
    assert len(later.hash) == 64


def test_many_plans_have_one_hash() -> None:
    """Of all of them, in their order."""
    one, two = a_plan().hash, a_plan(allow_synced=True).hash
    assert len({joint_hash([one, two]), joint_hash([two, one]), joint_hash([one])}) == 3
