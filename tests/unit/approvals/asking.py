"""A world whose deployment wants approvals, and those who decide in it."""

from typing import Any

from shared.approvals.decide import Verdict
from shared.domain.approval_rules import ApprovalRules
from shared.domain.approvals.approval import Approval, ApprovalDecision
from shared.domain.records.record import Record
from shared.domain.requests.request import Door, RequestedBy, RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.world.world import World

BOSS = RequestedBy(Door.HTTP, "Boss", "b055", (Role.APPROVE,))
OTHER_BOSS = RequestedBy(Door.HTTP, "Other boss", "b056", (Role.APPROVE,))
REQUEST = a_request(kind=RestoreKind.USER, user=USER_ID, idempotency_key="k")
ALL_KINDS = ApprovalRules(kinds=tuple(RestoreKind))


def a_world(rules: ApprovalRules = ALL_KINDS, **person: Any) -> World:
    """A world with one deleted user, where every restore waits for an approval."""
    world = World(policy=Policy(approvals=rules))
    world.put(a_deleted_person(**person))
    return world


async def waiting(world: World) -> Record:
    """A restore that waits for an approval."""
    record = await world.run((await world.accept(REQUEST)).id)
    assert record.waits_for_approval, record
    return record


def asked(record: Record) -> Approval:
    """What the restore wants."""
    assert record.approval is not None
    return record.approval


def yes(record: Record, by: RequestedBy = BOSS, reason: str | None = None) -> Verdict:
    """Approved, as it stands."""
    return Verdict(ApprovalDecision.APPROVED, asked(record).plan_hash, by, reason)


def no(record: Record, by: RequestedBy = BOSS, reason: str | None = None) -> Verdict:
    """Rejected, as it stands."""
    return Verdict(ApprovalDecision.REJECTED, asked(record).plan_hash, by, reason)
