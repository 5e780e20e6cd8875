"""Reads a tenant document (its format is in the package's docstring) and writes one out again."""

import copy
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from infra.local.graph.rules import audit, licensing, mailbox, recycle
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.catalog import carries_mailbox
from infra.local.graph.tenant.clock import instant, iso, iso_seconds
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, new_guid

DEFAULT_SEED = Path(__file__).parent.parent / "seed.json"
_DERIVED = ("licenses", "lostLicenses", "licenseRemovedAt", "mangled", "mailbox")


def load_seed() -> Json:
    """Answer the document of the default tenant ("contoso")."""
    document: Json = json.loads(DEFAULT_SEED.read_text(encoding="utf-8"))
    return document


def build(document: Json, now: datetime) -> Tenant:
    """Answer the tenant a document describes; raises ValueError or KeyError if it is not one."""
    source: Json = absolute(copy.deepcopy(document), now)
    tenant = Tenant(
        id=source.get("id") or new_guid(),
        name=source.get("name", "contoso"),
        country=source.get("country", "NL"),
        size=source.get("size"),
        domains=list(source.get("domains") or [{"id": "contoso.example", "isDefault": True}]),
        exclusive_plans=source.get("exclusivePlans") or [],
        plan_needs=source.get("planNeeds") or {},
        audits=list(source.get("audits") or []),
    )
    for sku in source.get("skus") or []:
        tenant.skus[sku["skuId"].lower()] = _sku(sku)
    for group in source.get("groups") or []:
        add_group(tenant, group)
    tenant.roles = [_role(row) for row in source.get("roleAssignments") or []]
    for user in [*(source.get("users") or []), *(source.get("deletedUsers") or [])]:
        seeded = seed_user(tenant, user)
        if "audits" not in source:
            log_losses(tenant, seeded, user, now)
    _count_others(tenant, source)
    return tenant


def absolute(value: Any, now: datetime) -> Any:
    """Turn every `...DaysAgo` into the instant it means, at any depth."""
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


def seed_user(tenant: Tenant, source: Json) -> Json:
    """Add a user that was there before the story began."""
    source = {**source, "id": (source.get("id") or new_guid()).lower()}
    user = _properties(source)
    since = instant(user["createdDateTime"])
    _license(tenant, user, source, since)
    user["mailbox"] = _mailbox(tenant, user, source)
    if is_deleted(user) and source.get("mangled", True):
        user["userPrincipalName"] = recycle.plain_upn(user)
        user["userPrincipalName"] = recycle.mangled(user)
    tenant.directory.seed(user)
    return user


def log_losses(tenant: Tenant, user: Json, source: Json, now: datetime) -> None:
    """Write the audit records of what a seeded user has lost."""
    named = {**user, "userPrincipalName": recycle.plain_upn(user)}
    removed = source.get("licenseRemovedAt")
    if removed and instant(removed) <= now:
        before = [_license_row(tenant, one) for one in source.get("lostLicenses") or []]
        audit.license_changed(tenant, named, before, instant(removed))
    if user["deletedDateTime"]:
        audit.record(tenant, "Delete user", named, instant(user["deletedDateTime"]))


def add_group(tenant: Tenant, source: Json) -> None:
    """Add a group, licensed or not, deleted or not."""
    group = {
        "displayName": "",
        "description": None,
        "groupTypes": [],
        "mail": None,
        "mailEnabled": False,
        "mailNickname": "group",
        "proxyAddresses": [],
        "securityEnabled": True,
        "visibility": None,
        "isAssignableToRole": None,
        "onPremisesSyncEnabled": None,
        "deletedDateTime": None,
        "createdDateTime": "2025-01-15T08:00:00Z",
        **{key: value for key, value in source.items() if key not in {"licenses", "members"}},
        "id": source["id"].lower(),
        "members": [member.lower() for member in source.get("members") or []],
        "assignedLicenses": [
            _license_row(tenant, row)
            for row in source.get("assignedLicenses") or source.get("licenses") or []
        ],
    }
    tenant.groups[group["id"]] = group


def _instant_name(key: str) -> str:
    stem = key.removesuffix("DaysAgo")
    names = {"deleted": "deletedDateTime", "created": "createdDateTime"}
    return names.get(stem, f"{stem}At")


def _properties(source: Json) -> Json:
    upn = source["userPrincipalName"]
    name = source.get("displayName") or upn.partition("@")[0]
    mail = source.get("mail", upn)
    user: Json = {
        "displayName": name,
        "givenName": name.split(" ")[0],
        "surname": name.split(" ")[-1],
        "mail": mail,
        "mailNickname": upn.partition("@")[0],
        "proxyAddresses": [f"SMTP:{mail}"] if mail else [],
        "accountEnabled": True,
        "userType": "Member",
        "usageLocation": None,
        "onPremisesSyncEnabled": None,
        "createdDateTime": "2025-01-15T08:00:00Z",
        "deletedDateTime": None,
        "businessPhones": [],
        "otherMails": [],
        "imAddresses": [],
        "identities": [],
        **{key: value for key, value in source.items() if key not in _DERIVED},
        "id": source.get("id", "").lower() or new_guid(),
    }
    for key in ("deletedDateTime", "createdDateTime"):
        if user[key]:
            user[key] = iso_seconds(instant(user[key]))
    return user


def _license(tenant: Tenant, user: Json, source: Json, since: datetime) -> None:
    if "licenseAssignmentStates" not in source:
        held = source.get("licenses") or source.get("assignedLicenses") or []
        lost = source.get("lostLicenses") or []
        user["licenseAssignmentStates"] = [
            licensing.assignment(row["skuId"], row["disabledPlans"], since)
            for row in (_license_row(tenant, one) for one in [*held, *lost])
        ]
        licensing.inherit(tenant, user, since)
        # First with what was lost, then without: that leaves the "Deleted" plans behind.
        licensing.derive(tenant, user, since, Switches())
        gone = {_license_row(tenant, one)["skuId"] for one in lost}
        user["licenseAssignmentStates"] = [
            row for row in user["licenseAssignmentStates"] if row["skuId"] not in gone
        ]
    licensing.derive(tenant, user, since, Switches())


def _license_row(tenant: Tenant, entry: Any) -> Json:
    wanted = entry if isinstance(entry, str) else entry.get("skuId") or entry["sku"]
    disabled = [] if isinstance(entry, str) else entry.get("disabledPlans") or []
    return {"skuId": sku_id(tenant, wanted), "disabledPlans": sorted(disabled)}


def sku_id(tenant: Tenant, wanted: str) -> str:
    """Answer the id of a SKU named by id or part number; raises ValueError if there is none."""
    for known, sku in tenant.skus.items():
        if wanted.lower() in {known, sku["skuPartNumber"].lower()}:
            return known
    raise ValueError(f"the tenant has no SKU {wanted}")


def _mailbox(tenant: Tenant, user: Json, source: Json) -> Json | None:
    given = source.get("mailbox")
    lost_at = _earliest(source.get("licenseRemovedAt"), user["deletedDateTime"])
    if isinstance(given, dict):
        return {**mailbox.new_mailbox("user", "original"), "lostAt": lost_at, **_stored(given)}
    if isinstance(given, str):
        return {**mailbox.new_mailbox(given, "original"), "lostAt": lost_at}
    skus = [row["skuId"] for row in user["assignedLicenses"]]
    skus += [_license_row(tenant, one)["skuId"] for one in source.get("lostLicenses") or []]
    rows = [{"skuId": sku, "disabledPlans": []} for sku in skus]
    if "mailbox" in source or not carries_mailbox(licensing.enabled_plans(tenant, rows)):
        return None
    return {**mailbox.new_mailbox("user", "original"), "lostAt": lost_at}


def _stored(given: Json) -> Json:
    return {key: value for key, value in given.items() if key not in {"reachable", "gone"}}


def _earliest(*moments: str | None) -> str | None:
    known = [moment for moment in moments if moment]
    return min(known, key=instant) if known else None


def _sku(source: Json) -> Json:
    return {
        "enabled": 25,
        "warning": 0,
        "suspended": 0,
        "lockedOut": 0,
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "othersConsumed": 0,
        **source,
        "skuId": source["skuId"].lower(),
        "servicePlans": [
            {"provisioningStatus": "Success", "appliesTo": "User", **plan}
            for plan in source.get("servicePlans") or []
        ],
    }


def _role(source: Json) -> Json:
    return {
        "id": source.get("id") or new_guid(),
        "principalId": source["principalId"].lower(),
        "roleDefinitionId": source["roleDefinitionId"],
        "directoryScopeId": source.get("directoryScopeId", "/"),
        "roleName": source.get("roleName", "Administrator"),
    }


def _count_others(tenant: Tenant, source: Json) -> None:
    """Make `consumed` hold by counting seats of users the document does not list."""
    for sku in source.get("skus") or []:
        if "consumed" in sku:
            listed = tenant.directory.seats_taken(sku["skuId"].lower())
            others = max(0, int(sku["consumed"]) - listed)
            tenant.skus[sku["skuId"].lower()]["othersConsumed"] = others
