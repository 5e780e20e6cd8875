"""Imitate the archive beside the mailbox: its own licence, and 30 days of its own.

Nothing of it shows in Graph. It is `{"content": "original" | "empty", "lostAt"}`, or None where
nobody has switched one on. The plans: Microsoft "Exchange Online service description" (an archive
is part of Plan 2, and an add-on to the others). Its 30 days: techcommunity.microsoft.com 3409767,
"What happens to archived content if an online archive license is removed".
"""

from datetime import datetime

from infra.local.graph.rules.plans import best_state
from infra.local.graph.tenant.catalog import carries_archive
from infra.local.graph.tenant.clock import instant, iso
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import RETENTION
from infra.local.graph.web.wire import Json


def new_archive() -> Json:
    """Answer an archive that was there all along."""
    return {"content": "original", "lostAt": None}


def settle(user: Json, now: datetime) -> None:
    """Bring the archive in line with the user's licences and life, in place."""
    box = user.get("archive")
    if box is None:
        return
    if not _is_entitled(user):
        if box["lostAt"] is None:
            box["lostAt"] = iso(now)
        return
    if is_gone(box, now):
        box["content"] = "empty"
    box["lostAt"] = None


def is_gone(box: Json, now: datetime) -> bool:
    """Tell whether the archive's content was lost for good."""
    return box["lostAt"] is not None and now >= instant(box["lostAt"]) + RETENTION


def _is_entitled(user: Json) -> bool:
    if is_deleted(user):
        return False
    rows = user.get("assignedPlans") or []
    return best_state(row for row in rows if carries_archive((row["servicePlanId"],))) is not None
