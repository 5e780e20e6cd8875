"""Read the parts of a tenant document other than people: SKUs, groups, contacts, roles, units."""

import uuid
from typing import Any

from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, new_guid

_LONG_AGO = "2025-01-15T08:00:00Z"


def sku(source: Json) -> Json:
    """Answer a SKU: seats, state, plans, and whether the tenant lists it."""
    return {
        "enabled": 25,
        "warning": 0,
        "suspended": 0,
        "lockedOut": 0,
        "appliesTo": "User",
        "capabilityStatus": "Enabled",
        "othersConsumed": 0,
        "listed": True,
        "prohibitedIn": [],
        "nextLifecycleDateTime": None,
        **source,
        "skuId": source["skuId"].lower(),
        "servicePlans": [
            {"provisioningStatus": "Success", "appliesTo": "User", **plan}
            for plan in source.get("servicePlans") or []
        ],
    }


def sku_id(tenant: Tenant, wanted: str) -> str:
    """Answer the id of a SKU named by id or part number.

    An id that the tenant does not have is taken as it is: somebody may carry one. Raises
    ValueError for any other name.
    """
    for known, row in tenant.skus.items():
        if wanted.lower() in {known, row["skuPartNumber"].lower()}:
            return known
    try:
        return str(uuid.UUID(wanted))
    except ValueError as error:
        raise ValueError(f"the tenant has no SKU {wanted}") from error


def license_row(tenant: Tenant, entry: Any) -> Json:
    """Answer a licence: `"SKU"`, or `{"sku" or "skuId", "disabledPlans"}`."""
    wanted = entry if isinstance(entry, str) else entry.get("skuId") or entry["sku"]
    disabled = [] if isinstance(entry, str) else entry.get("disabledPlans") or []
    return {"skuId": sku_id(tenant, wanted), "disabledPlans": sorted(disabled)}


def group(tenant: Tenant, source: Json) -> Json:
    """Answer a group, licensed or not, deleted or not; members are ids of users and groups."""
    own = {key: value for key, value in source.items() if key not in {"licenses", "members"}}
    types = source.get("groupTypes") or []
    granted = source.get("assignedLicenses") or source.get("licenses") or []
    return {
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
        "membershipRule": None,
        "membershipRuleProcessingState": "On" if "DynamicMembership" in types else None,
        "onPremisesSyncEnabled": None,
        "deletedDateTime": None,
        "createdDateTime": _LONG_AGO,
        **own,
        "id": source["id"].lower(),
        "members": [member.lower() for member in source.get("members") or []],
        "owners": [owner.lower() for owner in source.get("owners") or []],
        "assignedLicenses": [license_row(tenant, row) for row in granted],
    }


def contact(source: Json) -> Json:
    """Answer an organisational contact; its primary address is its mail."""
    mail = source.get("mail")
    return {
        "displayName": mail,
        "deletedDateTime": None,
        "proxyAddresses": [f"SMTP:{mail}"] if mail else [],
        **source,
        "id": source["id"].lower(),
    }


def unit(source: Json) -> Json:
    """Answer an administrative unit; members are ids of users."""
    return {
        "displayName": "",
        "isMemberManagementRestricted": False,
        **source,
        "id": source["id"].lower(),
        "members": [member.lower() for member in source.get("members") or []],
    }


def role(source: Json) -> Json:
    """Answer a directory role that a user or a group holds."""
    return {
        "id": source.get("id") or new_guid(),
        "principalId": source["principalId"].lower(),
        "roleDefinitionId": source["roleDefinitionId"],
        "directoryScopeId": source.get("directoryScopeId", "/"),
        "roleName": source.get("roleName", "Administrator"),
    }


def app_role(source: Json) -> Json:
    """Answer a role of some application that a user, a group or an application has."""
    return {
        "id": source.get("id") or new_guid(),
        "appRoleId": source["appRoleId"],
        "principalId": source["principalId"].lower(),
        "principalType": source.get("principalType", "User"),
        "resourceId": source.get("resourceId") or new_guid(),
    }


def eligible_role(source: Json) -> Json:
    """Answer a directory role that a user or a group may take."""
    return {
        **role(source),
        "appScopeId": None,
        "memberType": source.get("memberType", "Direct"),
        "startDateTime": source.get("startDateTime", _LONG_AGO),
        "endDateTime": source.get("endDateTime"),
        "roleEligibilityScheduleId": source.get("roleEligibilityScheduleId") or new_guid(),
    }


def identities(source: list[Any] | None) -> list[Json] | None:
    """Answer the user-assigned identities; left out, any client id is one."""
    if source is None:
        return None
    return [{"clientId": one} if isinstance(one, str) else dict(one) for one in source]
