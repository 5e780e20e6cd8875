"""Writes the directory's audit log.

Source: Microsoft "List directoryAudits"; msgraph-metadata v1.0 CSDL. What a licence change
writes into modifiedProperties is not confirmed by a source.
"""

import json
from datetime import datetime

from infra.local.graph.tenant.clock import iso
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, new_guid

_ACTOR: Json = {
    "user": None,
    "app": {
        "appId": None,
        "displayName": "stand-in caller",
        "servicePrincipalId": "5a4d1c05-0000-4000-8000-000000000001",
        "servicePrincipalName": None,
    },
}


def license_changed(tenant: Tenant, user: Json, before: list[Json], at: datetime) -> None:
    """Write the two records of a licence change: one without, one with the detail."""
    record(tenant, "Change user license", user, at)
    changed = _modified(
        "AssignedLicense",
        [_license_text(tenant, row) for row in before],
        [_license_text(tenant, row) for row in user["assignedLicenses"]],
    )
    included = {"displayName": "Included Updated Properties", "oldValue": None}
    record(
        tenant,
        "Update user",
        user,
        at,
        modified=[changed, {**included, "newValue": '"AssignedLicense, AssignedPlan"'}],
    )


def user_updated(tenant: Tenant, user: Json, before: Json, at: datetime) -> None:
    """Write the record of a changed property."""
    changed = [
        _modified(key[0].upper() + key[1:], [before.get(key)], [user.get(key)])
        for key in user
        if user.get(key) != before.get(key)
    ]
    record(tenant, "Update user", user, at, modified=changed)


def record(
    tenant: Tenant,
    activity: str,
    user: Json,
    at: datetime,
    *,
    modified: list[Json] | None = None,
) -> None:
    """Write one record about one user."""
    tenant.audits.append(
        {
            "id": f"Directory_{new_guid()}",
            "category": "UserManagement",
            "correlationId": new_guid(),
            "result": "success",
            "resultReason": "",
            "activityDisplayName": activity,
            "activityDateTime": iso(at),
            "loggedByService": "Core Directory",
            "operationType": activity.split(" ", maxsplit=1)[0],
            "initiatedBy": _ACTOR,
            "targetResources": [_target(user, modified or [])],
            "additionalDetails": [],
        }
    )


def _target(user: Json, modified: list[Json]) -> Json:
    return {
        "id": user["id"],
        "displayName": None,
        "type": "User",
        "userPrincipalName": user["userPrincipalName"],
        "groupType": None,
        "modifiedProperties": modified,
    }


def _modified(name: str, old: list[object], new: list[object]) -> Json:
    return {"displayName": name, "oldValue": json.dumps(old), "newValue": json.dumps(new)}


def _license_text(tenant: Tenant, row: Json) -> str:
    sku = tenant.skus.get(row["skuId"], {})
    disabled = ", ".join(row.get("disabledPlans") or [])
    return (
        f"[SkuName={sku.get('skuPartNumber', '')}, AccountId={tenant.id}, "
        f"SkuId={row['skuId']}, DisabledPlans=[{disabled}]]"
    )
