"""What Exchange does with a mailbox when licences and users come and go.

A mailbox is `{"purpose", "content", "lostAt", "reachableAt"}`: purpose is mailboxSettings'
userPurpose; content is "original" (what the person had) or "empty" (a new one); lostAt is when
it lost its licence or its user, whichever was first; reachableAt is when it answers.

Source: Microsoft "Delete or restore user mailboxes in Exchange Online"; a mailbox that is new
after 30 days: the Exchange team's announcement, copied at sebae.net. That the earlier of two
losses counts is not confirmed by a source.
"""

from datetime import datetime, timedelta

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.catalog import carries_mailbox
from infra.local.graph.tenant.clock import instant, iso
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import RETENTION
from infra.local.graph.web.wire import Json

# No licence is needed for these. Source: Microsoft 365 docs "About shared mailboxes"; for rooms
# and equipment it is not confirmed by a source.
UNLICENSED_PURPOSES = frozenset({"shared", "room", "equipment"})


def new_mailbox(purpose: str, content: str) -> Json:
    """Answer a mailbox that was reachable all along."""
    return {"purpose": purpose, "content": content, "lostAt": None, "reachableAt": None}


def settle(user: Json, now: datetime, switches: Switches) -> None:
    """Bring the mailbox in line with the user's licences and life, in place."""
    box = user.get("mailbox")
    if is_entitled(user):
        _connect(user, box, now, switches)
    elif box is not None:
        _lose(user, box, now, switches)


def is_entitled(user: Json) -> bool:
    """Tell whether the user should have a mailbox now."""
    if is_deleted(user):
        return False
    box = user.get("mailbox")
    return enabled_mailbox_plan(user) or bool(box and box["purpose"] in UNLICENSED_PURPOSES)


def enabled_mailbox_plan(user: Json) -> bool:
    """Tell whether a plan that carries a mailbox is enabled."""
    return carries_mailbox(
        row["servicePlanId"]
        for row in user.get("assignedPlans") or []
        if row["capabilityStatus"] in {"Enabled", "Warning"}
    )


def is_reachable(user: Json, now: datetime) -> bool:
    """Tell whether mailboxSettings answers 200."""
    box = user.get("mailbox")
    if box is None or is_deleted(user):
        return False
    if box["reachableAt"] is not None and now < instant(box["reachableAt"]):
        return False
    return box["lostAt"] is None or now < instant(box["lostAt"])


def is_gone(box: Json, now: datetime) -> bool:
    """Tell whether the content was lost for good: 30 days without a licence or a user."""
    return box["lostAt"] is not None and now >= instant(box["lostAt"]) + RETENTION


def _connect(user: Json, box: Json | None, now: datetime, switches: Switches) -> None:
    ready = iso(now + timedelta(seconds=switches.mailbox_delay_seconds))
    if box is None:
        user["mailbox"] = {**new_mailbox("user", "empty"), "reachableAt": ready}
        return
    if box["lostAt"] is None:
        return
    if is_gone(box, now):
        # The silent loss: the call succeeds, the mailbox is new.
        box["content"] = "empty"
    if now >= instant(box["lostAt"]):
        box["reachableAt"] = ready
    box["lostAt"] = None


def _lose(user: Json, box: Json, now: datetime, switches: Switches) -> None:
    # Delayed delicensing: a licence removal takes effect only after a first 30 days.
    delayed = switches.delayed_delicensing and not is_deleted(user)
    lost_at = now + RETENTION if delayed else now
    if box["lostAt"] is None or lost_at < instant(box["lostAt"]):
        box["lostAt"] = iso(lost_at)
