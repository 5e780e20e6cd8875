"""Test the 30 days: where they end, and by which evidence they began."""

from datetime import timedelta

import pytest

from tests.e2e.stage.caller import Caller
from tests.e2e.stage.cases import NAMED
from tests.e2e.stage.people import (
    a_deleted_unlicensed_user,
    a_deleted_user,
    an_unlicensed_user,
)
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.world import World

_MINUTE_IN_DAYS = 1 / (24 * 60)


@pytest.mark.parametrize("kind", ["user", "mailbox"])
async def test_last_minute_is_still_open(caller: Caller, world: World, kind: str) -> None:
    """A user deleted 29 days, 23 hours and 59 minutes ago comes back."""
    user = await world.add(a_deleted_user(deletedDaysAgo=30 - _MINUTE_IN_DAYS))

    ended = await caller.restore(kind=kind, user=user["userPrincipalName"])

    assert ended["outcome"]["code"] == f"{kind}-restored"
    assert ended["window"]["verdict"] == "closing"
    assert (await world.user(user))["mailbox"]["content"] == "original"
    assert await world.effects(user) == {"restore": 1}


@pytest.mark.parametrize("kind", ["user", "mailbox"])
async def test_first_minute_after_is_closed(caller: Caller, world: World, kind: str) -> None:
    """A user deleted 30 days and a minute ago is refused; Graph is asked for reads alone."""
    user = await world.add(a_deleted_user(deletedDaysAgo=30 + _MINUTE_IN_DAYS))

    ended = await caller.restore(kind=kind, user=user["userPrincipalName"])

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "window-closed")
    assert (ended["window"]["verdict"], ended["window"]["daysLeft"]) == ("closed", 0)
    assert await world.attempts(user) == 0


@pytest.mark.parametrize("kind", ["license", "mailbox"])
@pytest.mark.parametrize("is_declared", [True, False])
async def test_licence_lost_for_too_long_is_not_assigned(
    caller: Caller, world: World, stage: Stage, kind: str, *, is_declared: bool
) -> None:
    """Graph would assign it gladly, and the mailbox would be empty; a mere word is not read."""
    await world.switch(auditForbidden=True)
    lost_days = 30 + _MINUTE_IN_DAYS
    user = await world.add(an_unlicensed_user(licenseRemovedDaysAgo=lost_days))
    removed_at = (stage.clock.now() - timedelta(days=lost_days)).isoformat()
    declared = {"licenseRemovedAt": removed_at} if is_declared else {}

    ended = await caller.restore(kind=kind, user=user["userPrincipalName"], **NAMED, **declared)

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "window-unknown")
    assert await world.attempts(user) == 0


async def test_declared_loss_is_no_evidence_without_the_role(
    caller: Caller, world: World, stage: Stage
) -> None:
    """With a function key nobody holds Restore.Override, so the caller's word opens nothing."""
    await world.switch(auditForbidden=True)
    user = await world.add(an_unlicensed_user())
    removed_at = stage.clock.now() - timedelta(days=6)

    ended = await caller.restore(
        kind="license", user=user["id"], licenseRemovedAt=removed_at.isoformat(), **NAMED
    )

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "window-unknown")
    assert "declared-not-used" in [warning["code"] for warning in ended["warnings"]]


async def test_unknown_loss_is_refused(caller: Caller, world: World) -> None:
    """Without any evidence nothing is assigned: the mailbox might come back empty."""
    await world.switch(auditForbidden=True)
    user = await world.add(an_unlicensed_user())

    ended = await caller.restore(kind="mailbox", user=user["userPrincipalName"], **NAMED)

    assert (ended["status"], ended["outcome"]["code"]) == ("refused", "window-unknown")
    assert "UNKNOWN_WINDOW=attempt" in ended["outcome"]["fix"]
    assert await world.attempts(user) == 0


async def test_licence_lost_before_the_deletion_is_given_back_and_nothing_promised(
    caller: Caller, world: World, stage: Stage
) -> None:
    """No source knows of the loss, and the caller's word is not read: both come back, unproven."""
    await world.switch(auditForbidden=True)
    user = await world.add(a_deleted_unlicensed_user())
    removed_at = stage.clock.now() - timedelta(days=20)

    ended = await caller.restore(
        kind="mailbox", user=user["id"], licenseRemovedAt=removed_at.isoformat(), **NAMED
    )

    assert ended["outcome"]["code"] == "user-restored"
    assert ended["plan"][:2] == ["restore-user", "assign-license"]
    assert ended["window"]["evidence"] == "deletedDateTime"
    assert (await world.user(user))["mailbox"]["content"] == "original"
    assert await world.effects(user) == {"restore": 1, "assignLicense": 1}


async def test_the_log_knows_better(caller: Caller, world: World, stage: Stage) -> None:
    """The audit log says six days and which licence it was; the caller says twenty, in vain."""
    user = await world.add(an_unlicensed_user())
    removed_at = stage.clock.now() - timedelta(days=20)

    ended = await caller.restore(
        kind="license", user=user["id"], licenseRemovedAt=removed_at.isoformat(), **NAMED
    )

    assert ended["outcome"]["code"] == "license-restored"
    assert ended["window"]["evidence"] == "audit"
    assert "declared-not-used" in [warning["code"] for warning in ended["warnings"]]


async def test_restore_that_waited_past_its_window_changes_nothing(
    caller: Caller, world: World
) -> None:
    """The window is looked at again before the change: what closed meanwhile is not attempted."""
    user = await world.add(a_deleted_user(deletedDaysAgo=30 - 2 * _MINUTE_IN_DAYS))
    await world.fault(method="POST", path="/restore$", status=429, retryAfter=300, times=1)
    restore_id = await caller.start(kind="user", user=user["id"])
    await caller.parked(restore_id)

    (ended,) = await caller.come_through(restore_id)

    assert (ended["status"], ended["outcome"]["code"]) == ("failed", "window-closed-while-waiting")
    assert await world.effects(user) == {}
