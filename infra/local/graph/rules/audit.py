"""Write the directory's audit log.

Shapes: Microsoft "List directoryAudits", msgraph-metadata v1.0 CSDL. Of a deletion: a capture of
2026-09-07 in raymond0mir/district.local. `operationType` is one of Add, Update, Delete, Other:
Azure Monitor "AuditLogs" table. What a licence change writes is in `license_records.py`.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime

from infra.local.graph.odata.type_user import USER
from infra.local.graph.tenant.clock import iso
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, new_guid

CALLER: Json = {
    "user": None,
    "app": {
        "appId": None,
        "displayName": "stand-in caller",
        "servicePrincipalId": "5a4d1c05-0000-4000-8000-000000000001",
        "servicePrincipalName": None,
    },
}
_OPERATIONS = {"Add": "Add", "Update": "Update", "Change": "Update", "Delete": "Delete"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one record says: of whom, what happened, when, and what was different afterwards."""

    activity: str
    user: Json
    at: datetime
    modified: list[Json] = field(default_factory=list)
    correlation: str = field(default_factory=new_guid)
    details: list[Json] = field(default_factory=list)
    reason: str = ""  # why it failed; empty: it did not
    actor: Json = field(default_factory=lambda: CALLER)


def record(tenant: Tenant, entry: Entry) -> None:
    """Write one record about one user."""
    first = entry.activity.split(" ", maxsplit=1)[0]
    is_purge = entry.activity.startswith("Hard Delete")
    tenant.audits.append(
        {
            "id": f"Directory_{new_guid()}",
            "category": "UserManagement",
            "correlationId": entry.correlation,
            "result": "failure" if entry.reason else "success",
            "resultReason": entry.reason,
            "activityDisplayName": entry.activity,
            "activityDateTime": iso(entry.at),
            "loggedByService": "Core Directory",
            "operationType": "Delete" if is_purge else _OPERATIONS.get(first, "Other"),
            "initiatedBy": entry.actor,
            "targetResources": [_target(entry.user, entry.modified)],
            "additionalDetails": entry.details,
        }
    )


def deleted(tenant: Tenant, user: Json, at: datetime, *, purged: bool = False) -> None:
    """Write that a user was deleted, or purged; `user` has the name it carries while deleted."""
    hard = {"displayName": "Is Hard Deleted", "oldValue": None, "newValue": f'"{purged}"'}
    activity = "Hard Delete user" if purged else "Delete user"
    record(tenant, Entry(activity, user, at, [hard]))


def user_updated(tenant: Tenant, user: Json, before: Json, at: datetime) -> None:
    """Write the record of a changed property."""
    changed = [
        modified(key[0].upper() + key[1:], [before.get(key)], [user.get(key)])
        for key in user
        if user.get(key) != before.get(key) and USER.canonical(key) == key
    ]
    record(tenant, Entry("Update user", user, at, changed))


def modified(name: str, old: list[object], new: list[object], *, indent: bool = False) -> Json:
    """Answer one row of modifiedProperties."""
    return {
        "displayName": name,
        "oldValue": _value(old, indent=indent),
        "newValue": _value(new, indent=indent),
    }


def _value(rows: list[object], *, indent: bool) -> str:
    text = json.dumps(rows, indent=2 if indent else None)
    return text.replace("\n", "\r\n")


def _target(user: Json, rows: list[Json]) -> Json:
    return {
        "id": user["id"],
        "displayName": None,
        "type": "User",
        "userPrincipalName": user["userPrincipalName"],
        "groupType": None,
        "modifiedProperties": rows,
    }
