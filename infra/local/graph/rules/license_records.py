r"""Write audit records of licence changes; the switch `auditDetail` says how detailed.

The values, and the two records with one correlation id: a capture of 2021 of the unified log
(Wazuh's office365 samples; its InterSystemsId), with AssignedLicense as
`["[SkuName=.., AccountId=.., SkuId=.., DisabledPlans=[]]"]` and AssignedPlan as rows with
`"CapabilityStatus": 0` for an enabled plan. Which number a lost plan has is not confirmed by a
source. Long records cut off, or split into parts {id, seq, c, b}: michev.info post 6168;
learn.microsoft.com question 5724461.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime

from infra.local.graph.rules.audit import CALLER, Entry, modified, record
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json, new_guid

_CHANGE, _UPDATE = "Change user license", "Update user"
_STATUS = {"Enabled": 0, "Warning": 1, "Suspended": 2, "Deleted": 3, "LockedOut": 4}
_PARTS = 3
# A value this short is not broken off where others are.
_SHORT = 80
# Source: Entra docs "Identify and resolve license assignment problems for a group".
_GROUP_LICENSING: Json = {
    "user": None,
    "app": {**CALLER["app"], "displayName": "Microsoft Azure AD Group-Based Licensing"},
}


@dataclass(frozen=True, slots=True)
class LicenseState:
    """Somebody's licences and plans, as a record tells of them."""

    licenses: list[Json]
    plans: list[Json]

    @staticmethod
    def of(user: Json | None) -> "LicenseState":
        """Answer the state of a user; of nobody, it is without anything."""
        shown = user or {}
        return LicenseState(
            list(shown.get("assignedLicenses") or []), list(shown.get("assignedPlans") or [])
        )


def license_changed(
    tenant: Tenant, user: Json, before: LicenseState, at: datetime, switches: Switches
) -> None:
    """Write the records of a change that has made `before` into what the user has now."""
    detail = switches.audit_detail
    if detail == "absent":
        return
    content = _content(tenant, before, LicenseState.of(user), switches)
    one = new_guid()
    other = one if switches.audit_correlates else new_guid()
    if detail == "sequence":
        for part in _sequence(content):
            record(tenant, Entry(_CHANGE, user, at, correlation=one, details=part))
        return
    if detail == "truncated":
        content = [_cut(row) for row in content]
    in_change = content if detail == "both" else []
    in_update = [] if detail == "bare" else content
    record(tenant, Entry(_CHANGE, user, at, in_change, one))
    record(tenant, Entry(_UPDATE, user, at, in_update, other))


def group_failed(tenant: Tenant, user: Json, reason: str, at: datetime) -> None:
    """Write that a group could not give its licence to a member."""
    record(tenant, Entry(_CHANGE, user, at, reason=reason, actor=_GROUP_LICENSING))


def _content(
    tenant: Tenant, before: LicenseState, after: LicenseState, switches: Switches
) -> list[Json]:
    indent = switches.audit_values_indented
    names = "AssignedLicense, AssignedPlan"
    text = names if indent else f'"{names}"'
    return [
        modified("AssignedLicense", *_licenses(tenant, before, after), indent=indent),
        modified("AssignedPlan", *_plans(tenant, before, after), indent=indent),
        {"displayName": "Included Updated Properties", "oldValue": None, "newValue": text},
    ]


def _licenses(
    tenant: Tenant, before: LicenseState, after: LicenseState
) -> tuple[list[object], list[object]]:
    old, new = ([_license(tenant, row) for row in state.licenses] for state in (before, after))
    return list(old), list(new)


def _plans(
    tenant: Tenant, before: LicenseState, after: LicenseState
) -> tuple[list[object], list[object]]:
    old, new = ([_plan(tenant, row) for row in state.plans] for state in (before, after))
    return list(old), list(new)


def _license(tenant: Tenant, row: Json) -> str:
    sku = tenant.skus.get(row["skuId"], {})
    disabled = ", ".join(row.get("disabledPlans") or [])
    return (
        f"[SkuName={sku.get('skuPartNumber', '')}, AccountId={tenant.id}, "
        f"SkuId={row['skuId']}, DisabledPlans=[{disabled}]]"
    )


def _plan(tenant: Tenant, row: Json) -> Json:
    subscribed = uuid.uuid5(uuid.NAMESPACE_OID, f"{tenant.id}/{row['servicePlanId']}")
    return {
        "SubscribedPlanId": str(subscribed),
        "ServiceInstance": f"{row['service']}/SDF",
        "CapabilityStatus": _STATUS.get(row["capabilityStatus"], 0),
        "AssignedTimestamp": row["assignedDateTime"],
        "InitialState": None,
        "Capability": None,
        "ServicePlanId": row["servicePlanId"],
    }


def _cut(row: Json) -> Json:
    """Answer the row with its values broken off, as a record that was too long."""
    values = {key: _broken_off(row[key]) for key in ("oldValue", "newValue")}
    return {**row, **values}


def _broken_off(value: str | None) -> str | None:
    return value if value is None or len(value) < _SHORT else value[: len(value) * 2 // 3]


def _sequence(content: list[Json]) -> list[list[Json]]:
    """Answer the additionalDetails of each part of a record that was split."""
    text = json.dumps({"targetUpdatedProperties": content})
    size = -(-len(text) // _PARTS)
    name = new_guid()
    return [
        [
            {"key": "id", "value": name},
            {"key": "seq", "value": str(number + 1)},
            {"key": "c", "value": str(_PARTS)},
            {"key": "b", "value": text[number * size : (number + 1) * size]},
        ]
        for number in range(_PARTS)
    ]
