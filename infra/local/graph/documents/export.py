"""Shows the present state to the control; the whole of it is a tenant document again."""

from datetime import datetime

from infra.local.graph.rules import mailbox
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json


def export(tenant: Tenant, now: datetime) -> Json:
    """Answer the whole present state, itself a tenant document."""
    users = [control_user(user, now) for user in tenant.directory.everyone()]
    return {
        "id": tenant.id,
        "name": tenant.name,
        "country": tenant.country,
        "size": tenant.size,
        "domains": tenant.domains,
        "skus": [{**sku, "consumed": tenant.consumed(known)} for known, sku in tenant.skus.items()],
        "groups": list(tenant.groups.values()),
        "users": [user for user in users if not is_deleted(user)],
        "deletedUsers": [user for user in users if is_deleted(user)],
        "roleAssignments": tenant.roles,
        "exclusivePlans": tenant.exclusive_plans,
        "planNeeds": tenant.plan_needs,
        "audits": tenant.audits,
    }


def control_user(user: Json, now: datetime) -> Json:
    """Answer a user with its mailbox, as the control shows it."""
    box = user.get("mailbox")
    if box is None:
        return dict(user)
    state = {"reachable": mailbox.is_reachable(user, now), "gone": mailbox.is_gone(box, now)}
    return {**user, "mailbox": {**box, **state}}
