"""Write the present state as a tenant document."""

from datetime import datetime

from infra.local.graph.rules import archive, mailbox
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json


def export(tenant: Tenant, now: datetime, switches: Switches) -> Json:
    """Answer the whole present state, itself a tenant document."""
    users = [control_user(user, now, switches) for user in tenant.directory.everyone()]
    document: Json = {
        "id": tenant.id,
        "name": tenant.name,
        "country": tenant.country,
        "size": tenant.size,
        "domains": tenant.domains,
        "skus": [{**sku, "consumed": tenant.consumed(known)} for known, sku in tenant.skus.items()],
        "groups": list(tenant.groups.values()),
        "contacts": list(tenant.contacts.values()),
        "administrativeUnits": tenant.units,
        "users": [user for user in users if not is_deleted(user)],
        "deletedUsers": [user for user in users if is_deleted(user)],
        "purgedUsers": tenant.purged,
        "roleAssignments": tenant.roles,
        "eligibleRoles": tenant.eligible,
        "appRoleAssignments": tenant.app_roles,
        "exclusivePlans": tenant.exclusive_plans,
        "planNeeds": tenant.plan_needs,
        "audits": tenant.audits,
    }
    if tenant.identities is not None:
        document["identities"] = tenant.identities
    return document


def control_user(user: Json, now: datetime, switches: Switches) -> Json:
    """Answer a user with its mailbox and archive, as the control shows it."""
    shown = dict(user)
    if user.get("mailbox") is not None:
        shown["mailbox"] = mailbox.truth(user, now, switches)
    if user.get("archive") is not None:
        gone = archive.is_gone(user["archive"], now)
        shown["archive"] = {**user["archive"], "gone": gone}
    return shown
