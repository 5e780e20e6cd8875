"""Imitate what Exchange does with a mailbox when licences and users come and go.

A mailbox is a JSON object; README.md lists its fields. `content` is "original" (what the person
had), "empty" (a new one) or "never" (there was none); `lostAt` is when it lost its licence or its
user, whichever was first; `reachableAt` is when it answers.

Source: Microsoft "Delete or restore user mailboxes in Exchange Online"; a mailbox that is new
after 30 days: the Exchange team's announcement, copied at sebae.net. That the earlier of two
losses counts is not confirmed by a source.
"""

from datetime import datetime, timedelta

from infra.local.graph.rules.plans import DISABLED, WORKING, mailbox_plan
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import instant, iso
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import RETENTION
from infra.local.graph.web.wire import Json

# No licence is needed for these. Source: Microsoft 365 docs "About shared mailboxes"; for rooms
# and equipment it is not confirmed by a source.
UNLICENSED_PURPOSES = frozenset({"shared", "room", "equipment"})
ON_PREMISES = "onPremises"
# The fields of a mailbox; README.md names each.
FIELDS = (
    *("purpose", "content", "lostAt", "reachableAt", "silent", "hold", "hosted", "guidSynced"),
    *("away", "becomes", "accessDenied"),
)
# The away mailbox whose old name nobody wrote down comes back under any name of the tenant's own.
ANY_NAME = "*"


def new_mailbox(purpose: str, content: str) -> Json:
    """Answer a mailbox that was reachable all along."""
    return {"purpose": purpose, "content": content, "lostAt": None, "reachableAt": None}


def settle(user: Json, now: datetime, switches: Switches) -> None:
    """Bring the mailbox in line with the user's licences, name and life, in place."""
    box = user.get("mailbox")
    if box is not None and not is_deleted(user):
        _come_home(user, box, switches)
    if is_entitled(user):
        _connect(user, box, now, switches)
    elif box is not None:
        _lose(user, box, now, switches)


def renamed(user: Json, now: datetime, switches: Switches) -> None:
    """Let a mailbox that waits for its old name see the user's present one, in place."""
    box = user.get("mailbox")
    if box is not None and box.get("away") and not is_deleted(user):
        settle(user, now, switches)


def is_entitled(user: Json) -> bool:
    """Tell whether the user should have a mailbox now; a disabled subscription keeps it."""
    if is_deleted(user):
        return False
    box = user.get("mailbox")
    if box is not None and box["purpose"] in UNLICENSED_PURPOSES:
        return True
    plan = mailbox_plan(user)
    return plan in WORKING or (plan in DISABLED and box is not None)


def is_reachable(user: Json, now: datetime, switches: Switches) -> bool:
    """Tell whether mailboxSettings answers 200."""
    box = user.get("mailbox")
    if box is None or is_deleted(user) or _is_mute(box, now):
        return False
    if mailbox_plan(user) in DISABLED and box["purpose"] not in UNLICENSED_PURPOSES:
        return switches.suspended_mailbox_answers
    if box["lostAt"] is None or now < instant(box["lostAt"]):
        return True
    return bool(box.get("hold")) and switches.held_mailbox_answers


def is_gone(box: Json, now: datetime) -> bool:
    """Tell whether the content was lost for good: 30 days without a licence or a user.

    A hold keeps it: Microsoft "Learn about inactive mailboxes".
    """
    if box["lostAt"] is None or box.get("hold") or box.get("hosted") == ON_PREMISES:
        return False
    return now >= instant(box["lostAt"]) + RETENTION


def truth(user: Json, now: datetime, switches: Switches) -> Json:
    """Answer what has really become of the user's mailbox, for the control."""
    box = user.get("mailbox")
    if box is None:
        return {"content": "never", "lostAt": None, "reachable": False, "gone": False}
    state = {"reachable": is_reachable(user, now, switches), "gone": is_gone(box, now)}
    return {**box, **state}


def _is_mute(box: Json, now: datetime) -> bool:
    if box.get("silent") or box.get("away") or box.get("hosted") == ON_PREMISES:
        return True
    if box["content"] == "never":
        return True
    return box["reachableAt"] is not None and now < instant(box["reachableAt"])


def _come_home(user: Json, box: Json, switches: Switches) -> None:
    """Let a mailbox that was removed in Exchange come back under its old name."""
    old, name = box.get("away"), str(user["userPrincipalName"]).lower()
    if old is None or not switches.ex_removed_mailbox_returns:
        return
    if name == str(old).lower() or (old == ANY_NAME and not name.startswith("exremoved-")):
        box["away"] = None


def _connect(user: Json, box: Json | None, now: datetime, switches: Switches) -> None:
    ready = iso(now + timedelta(seconds=switches.mailbox_delay_seconds))
    if box is not None and box.get("hosted") == ON_PREMISES:
        # Where the mailbox's GUID is synced, a licence makes none in the cloud; else it makes a
        # second one. Source: c7solutions.com 2018-01.
        if box.get("guidSynced", True) or mailbox_plan(user) not in WORKING:
            return
        box = None
    if box is None or box["content"] == "never":
        user["mailbox"] = {**(box or {}), **new_mailbox("user", "empty"), "reachableAt": ready}
        return
    if box["lostAt"] is None or box.get("away"):
        return
    if is_gone(box, now):
        # The silent loss: the call succeeds, the mailbox is new.
        box["content"] = "empty"
    if now >= instant(box["lostAt"]):
        box["reachableAt"] = ready
    box["lostAt"] = None


def _lose(user: Json, box: Json, now: datetime, switches: Switches) -> None:
    if box.get("hosted") == ON_PREMISES or box["content"] == "never":
        return
    # Delayed delicensing: a licence removal takes effect only after a first 30 days.
    delayed = switches.delayed_delicensing and not is_deleted(user)
    lost_at = now + RETENTION if delayed else now
    if box["lostAt"] is None or lost_at < instant(box["lostAt"]):
        box["lostAt"] = iso(lost_at)
