"""Serve `signInActivity`, which needs a permission and a licence of its own.

Source: Microsoft "signInActivity resource type" (AuditLog.Read.All, Entra ID P1);
microsoft-graph-docs-contrib issue 3507.
"""

from infra.local.graph.web.denials import denied_by_reports, not_premium
from infra.local.graph.web.wire import Call
from infra.local.graph.world import World

_PERMISSION = "AuditLog.Read.All"


def check(world: World, call: Call) -> None:
    """Raise the 403 for a caller who asks for signInActivity and may not have it."""
    asked = f"{call.query.get('select', '')},{call.query.get('filter', '')}".lower()
    if "signinactivity" not in asked:
        return
    if _PERMISSION not in call.roles:
        raise denied_by_reports(_PERMISSION)
    if world.switches.entra_premium == "free":
        raise not_premium()
