"""Read a tenant document into a tenant; README.md lists its fields."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from infra.local.graph.documents import history, parts, people
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import iso
from infra.local.graph.tenant.copies import clone
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, new_guid

DEFAULT_SEED = Path(__file__).parent.parent / "seed.json"
# The fields of a document; README.md names each.
FIELDS = (
    *("name", "id", "country", "size", "now", "frozen", "switches", "seed"),
    *("domains", "skus", "groups", "users", "deletedUsers", "purgedUsers", "contacts"),
    *("administrativeUnits", "roleAssignments", "eligibleRoles", "identities"),
    "appRoleAssignments",
    *("exclusivePlans", "planNeeds", "audits"),
)


def load_seed() -> Json:
    """Answer the document of the default tenant ("contoso")."""
    document: Json = json.loads(DEFAULT_SEED.read_text(encoding="utf-8"))
    return document


def build(document: Json, now: datetime, switches: Switches) -> Tenant:
    """Answer the tenant a document describes; raises ValueError or KeyError if it is not one."""
    source: Json = absolute(document, now)
    tenant = Tenant(
        id=source.get("id") or new_guid(),
        name=source.get("name", "contoso"),
        country=source.get("country", "NL"),
        size=source.get("size"),
        domains=list(source.get("domains") or [{"id": "contoso.example", "isDefault": True}]),
        exclusive_plans=source.get("exclusivePlans") or [],
        plan_needs=source.get("planNeeds") or {},
        audits=list(source.get("audits") or []),
        roles=[parts.role(row) for row in source.get("roleAssignments") or []],
        eligible=[parts.eligible_role(row) for row in source.get("eligibleRoles") or []],
        app_roles=[parts.app_role(row) for row in source.get("appRoleAssignments") or []],
        units=[parts.unit(row) for row in source.get("administrativeUnits") or []],
        identities=parts.identities(source.get("identities")),
    )
    for sku in source.get("skus") or []:
        tenant.skus[sku["skuId"].lower()] = parts.sku(sku)
    for group in source.get("groups") or []:
        tenant.put_group(parts.group(tenant, group))
    for contact in source.get("contacts") or []:
        tenant.contacts[contact["id"].lower()] = parts.contact(contact)
    _people(tenant, source, now, switches)
    _count_others(tenant, source)
    tenant.remember_seats()
    return tenant


def absolute(value: Any, now: datetime) -> Any:
    """Answer a copy in which every `...DaysAgo` is the instant it means, at any depth."""
    if isinstance(value, list):
        return [absolute(one, now) for one in value]
    if not isinstance(value, dict):
        return value
    result: Json = {}
    for key, content in value.items():
        if key.endswith("DaysAgo") and isinstance(content, int | float):
            result[_instant_name(key)] = iso(now - timedelta(days=content))
        else:
            result[key] = absolute(content, now)
    return result


def _people(tenant: Tenant, source: Json, now: datetime, switches: Switches) -> None:
    told = "audits" not in source
    for user in [*(source.get("users") or []), *(source.get("deletedUsers") or [])]:
        seeded = people.seed_user(tenant, user, switches)
        history.log_changes(tenant, seeded, user, now, switches, losses=told)
        if told:
            history.log_deletion(tenant, seeded)
    for user in source.get("purgedUsers") or []:
        tenant.purged.append(clone(user))
        if told:
            history.log_purge(tenant, user)


def _instant_name(key: str) -> str:
    stem = key.removesuffix("DaysAgo")
    names = {"deleted": "deletedDateTime", "created": "createdDateTime"}
    return names.get(stem, f"{stem}At")


def _count_others(tenant: Tenant, source: Json) -> None:
    """Make `consumed` hold by counting seats of users the document does not list."""
    for sku in source.get("skus") or []:
        if "consumed" in sku:
            listed = tenant.directory.seats_taken(sku["skuId"].lower())
            others = max(0, int(sku["consumed"]) - listed)
            tenant.skus[sku["skuId"].lower()]["othersConsumed"] = others
