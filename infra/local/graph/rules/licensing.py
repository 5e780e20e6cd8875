"""Derive a user's plans, addresses, mailbox and archive from the assigned licences.

`licenseAssignmentStates` is the truth here; the other properties follow from it.
Source: Microsoft "licenseAssignmentState resource type".
"""

from datetime import datetime

from infra.local.graph.rules import addresses, archive, license_records, mailbox, plans
from infra.local.graph.rules.license_records import LicenseState
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import iso_seconds
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json

HOLDING = frozenset({"Active", "ActiveWithError"})


def assignment(sku_id: str, disabled: list[str], now: datetime, group: str | None = None) -> Json:
    """Answer one row of licenseAssignmentStates."""
    return {
        "skuId": sku_id,
        "assignedByGroup": group,
        "disabledPlans": disabled,
        "state": "Active",
        "error": "None",
        "lastUpdatedDateTime": iso_seconds(now),
    }


def follow(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> None:
    """Derive licences, plans, addresses, mailbox and archive from the assignments, in place."""
    had = plans.mailbox_plan(user)
    derive(tenant, user, now, switches)
    has = plans.mailbox_plan(user)
    if had is None and has is not None:
        addresses.with_plan(user, switches)
    settle(user, now, switches)
    if had is not None and has is None and not mailbox.is_entitled(user):
        addresses.without_plan(tenant, user, switches)


def settle(user: Json, now: datetime, switches: Switches) -> None:
    """Bring mailbox and archive in line with the user as it is, in place."""
    mailbox.settle(user, now, switches)
    archive.settle(user, now)


def derive(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> None:
    """Derive licences and plans only, in place."""
    user["assignedLicenses"] = _licenses(user)
    grants = plans.granted(tenant, user["assignedLicenses"])
    user["assignedPlans"] = plans.assigned_plans(user, grants, now, switches)
    user["provisionedPlans"] = plans.provisioned_plans(user, grants)


def write(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> bool:
    """Derive, store and log the user's changed licences; answer whether anything changed."""
    stored = tenant.directory.peek(user["id"])
    before = LicenseState.of(stored)
    _forget_states(tenant, user, before)
    follow(tenant, user, now, switches)
    changed = bool(tenant.directory.put(user, now))
    if user["assignedLicenses"] != before.licenses:
        license_records.license_changed(tenant, user, before, now, switches)
    return changed


def _forget_states(tenant: Tenant, user: Json, before: LicenseState) -> None:
    """Drop the states that were set for plans which the user loses or gains with this change."""
    states = user.get("planStates")
    if states:
        old, new = plans.granted(tenant, before.licenses), plans.granted(tenant, _licenses(user))
        user["planStates"] = {key: states[key] for key in states if key in old and key in new}


def _licenses(user: Json) -> list[Json]:
    rows: dict[str, set[str]] = {}
    for state in user["licenseAssignmentStates"]:
        if state["state"] in HOLDING:
            disabled = set(state["disabledPlans"])
            rows[state["skuId"]] = rows.get(state["skuId"], disabled) & disabled
    return [{"disabledPlans": sorted(off), "skuId": sku} for sku, off in rows.items()]
