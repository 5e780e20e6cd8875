"""Convert a row's tenant to the document that the Graph stand-in loads."""

import json
from datetime import datetime

from infra.local.graph.switches import DEFAULT_ROLES
from tests.table.row import Json, Row
from tests.table.tenant import E3, Fault, Licensing, State, Subscription, User

_SEATS = 100
_ADMINS = "ad000000-0000-4000-8000-000000000001"
_LONG_AGO = "2025-01-15T08:00:00Z"
_PATHS = {
    "active": ("GET", r"^/users/[^/]+$"),
    "ids": ("GET", r"^/users$"),
    "deleted": ("GET", r"^/directory/deletedItems/[^/]+/microsoft"),
    "skus": ("GET", r"^/subscribedSkus$"),
    "conflicts": ("GET", r"^/users$"),
    "roles_held": ("GET", r"^/roleManagement/"),
    "audit": ("GET", r"^/auditLogs/"),
    "mailbox": ("GET", r"/mailboxSettings$"),
    "restore_user": ("POST", r"/restore$"),
    "assign_licenses": ("POST", r"/assignLicense$"),
}


_HOLDERS = ("GroupMember.Read.All", "OrgContact.Read.All")

_E3_WENT: Json = {
    "displayName": "AssignedLicense",
    "oldValue": json.dumps(
        [f"[SkuName={E3.part_number}, AccountId={E3.id}, SkuId={E3.id}, DisabledPlans=[]]"]
    ),
    "newValue": "[]",
}


def roles_of(state: State) -> list[str]:
    """The permissions in the service's token; groups and contacts may be looked through."""
    granted = dict.fromkeys((*DEFAULT_ROLES, *_HOLDERS, *state.has))
    return [role for role in granted if role not in state.lacks]


def document(row: Row) -> Json:
    """The tenant of this row, its clock stopped at the row's instant."""
    state = row.state
    rows = [
        user_row(user, mangled=state.switches.get("mangleUpn") is not False)
        for user in state.present
    ]
    return {
        "now": row.now.isoformat(),
        "frozen": True,
        "switches": {"tokenRoles": roles_of(state), **state.switches},
        "domains": [{"id": "contoso.com", "isDefault": True}],
        "skus": [_sku(sku) for sku in state.skus],
        "groups": _groups(state),
        "users": [item for item in rows if item["deletedDateTime"] is None],
        "deletedUsers": [item for item in rows if item["deletedDateTime"] is not None],
        "roleAssignments": [
            *(_grant(user.id, role) for user in state.present for role in user.roles),
            *(_grant(_ADMINS, role) for user in state.present for role in user.group_roles),
        ],
        "eligibleRoles": [
            _grant(user.id, role) for user in state.present for role in user.eligible
        ],
        "exclusivePlans": [list(pair) for pair in state.exclusive],
        "planNeeds": {plan: [needed] for plan, needed in state.needs},
        "audits": [
            *(_audit(user, at, _E3_WENT) for user in state.users for at in user.audited),
            *(_audit(user, at) for user in state.users for at in user.hinted),
            *(
                _audit(user, at, _E3_WENT, activity="Update user")
                for user in state.users
                for at in user.updated
            ),
        ],
    }


def user_row(user: User, *, mangled: bool) -> Json:
    """A user of the document, with its licences and its mailbox spelt out."""
    box = {"purpose": user.mailbox, "content": "original", "lostAt": _text(user.lost_at)}
    return {
        "id": user.id,
        "userPrincipalName": user.upn,
        "displayName": user.name,
        "mail": user.mail,
        "proxyAddresses": list(user.addresses),
        "usageLocation": user.usage_location,
        "accountEnabled": user.enabled,
        "onPremisesSyncEnabled": user.synced or None,
        "employeeId": user.employee_id,
        "onPremisesImmutableId": user.anchor,
        "onPremisesExtensionAttributes": {"extensionAttribute15": user.attribute},
        "deletedDateTime": _text(user.deleted_at),
        "mangled": mangled,
        "licenseAssignmentStates": [
            {
                "skuId": held.sku,
                "assignedByGroup": held.group,
                "disabledPlans": list(held.disabled),
                "state": "Error" if held.error else "Active",
                "error": held.error or "None",
                "lastUpdatedDateTime": _LONG_AGO,
            }
            for held in user.licenses
        ],
        "mailbox": box if user.mailbox else None,
    }


def fault_row(fault: Fault) -> Json:
    """A fault as the control takes it."""
    method, path = _PATHS[fault.call]
    order: Json = {"method": method, "path": path}
    if fault.calls:
        order["calls"] = list(fault.calls)
    if fault.status is None:
        return order | {"drop": "after" if fault.after else "before"}
    order |= {"status": fault.status, "when": "after" if fault.after else "before"}
    given = {"code": fault.code, "message": fault.message, "retryAfter": fault.retry_after}
    return order | {name: value for name, value in given.items() if value is not None}


def _sku(sku: Subscription) -> Json:
    plans = [{"servicePlanId": plan, "servicePlanName": name} for plan, name in sku.plans.items()]
    return {
        "skuId": sku.id,
        "skuPartNumber": sku.part_number,
        "appliesTo": "User" if sku.for_users else "Company",
        "capabilityStatus": sku.status,
        "enabled": _SEATS,
        "consumed": _SEATS - sku.free,
        "servicePlans": plans,
    }


def _groups(state: State) -> list[Json]:
    told = {group.id for group in state.groups}
    held = [
        (x.group, user.id, x)
        for user in state.users
        for x in user.licenses
        if x.group and x.group not in told
    ]
    groups: dict[str, Json] = {}
    for group_id, user_id, item in held:
        is_gone = group_id in state.deleted_groups
        groups[group_id] = {
            "id": group_id,
            "displayName": "Sales",
            "members": [user_id],
            "licenses": [{"sku": item.sku, "disabledPlans": list(item.disabled)}],
            "deletedDateTime": _LONG_AGO if is_gone else None,
        }
    of_admins = [_admins(user.id) for user in state.users if user.group_roles]
    return [*groups.values(), *map(_group, state.groups), *of_admins]


def _admins(user_id: str) -> Json:
    return {
        "id": _ADMINS,
        "displayName": "Admins",
        "isAssignableToRole": True,
        "members": [user_id],
    }


def _grant(principal_id: str, role: str) -> Json:
    return {"principalId": principal_id, "roleDefinitionId": "62e90394", "roleName": role}


def _group(group: Licensing) -> Json:
    return {
        "id": group.id,
        "displayName": "Sales",
        "members": list(group.members),
        "licenses": [{"sku": x.sku, "disabledPlans": list(x.disabled)} for x in group.licenses],
        "groupTypes": ["DynamicMembership"] if group.rule else [],
        "membershipRule": group.rule,
    }


def _audit(user: User, at: datetime, *told: Json, activity: str = "Change user license") -> Json:
    return {
        "id": f"Directory_{user.id}_{at.timestamp()}_{len(told)}{activity[0]}",
        "category": "UserManagement",
        "result": "success",
        "activityDisplayName": activity,
        "activityDateTime": _text(at),
        "targetResources": [{"id": user.id, "type": "User", "modifiedProperties": list(told)}],
        "additionalDetails": [],
    }


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
