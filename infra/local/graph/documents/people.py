"""Read the users of a tenant document: properties, licences, mailbox and archive."""

from typing import Any

from infra.local.graph.documents.parts import license_row
from infra.local.graph.rules import group_licensing, licensing, mailbox, plans, recycle
from infra.local.graph.rules.archive import new_archive
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.catalog import is_archive_add_on
from infra.local.graph.tenant.clock import instant, iso, iso_seconds
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.tenant.tenant import RETENTION, Tenant
from infra.local.graph.web.wire import Json, new_guid

# The fields of a user that are no properties of Graph's; README.md names each.
FIELDS = (
    *("licenses", "lostLicenses", "licenseRemovedAt", "licenseChanges", "planStatus"),
    *("mangled", "mailbox", "archive"),
)
# Kept with the user, and not Graph's either.
KEPT = ("formerUserPrincipalName", "planStates", "usageLocationTakenAt")
_TOLD_OF_LICENSES = ("assignedLicenses", "licenseAssignmentStates", "provisionedPlans")


def seed_user(tenant: Tenant, source: Json, switches: Switches) -> Json:
    """Add a user that was there before the story began, and answer it."""
    source = {**source, "id": (source.get("id") or new_guid()).lower()}
    user = _properties(source)
    _license(tenant, user, source, switches)
    user["mailbox"] = _mailbox(tenant, user, source, switches)
    user["archive"] = _archive(tenant, user, source)
    if any(unit["isMemberManagementRestricted"] for unit in tenant.units_of(user["id"])):
        user["isManagementRestricted"] = True
    if is_deleted(user) and source.get("mangled", True):
        user["userPrincipalName"] = recycle.plain_upn(user)
        user["userPrincipalName"] = recycle.mangled(user)
    tenant.directory.seed(user)
    if any(row["capabilityStatus"] == "Deleted" for row in user["assignedPlans"]):
        tenant.directory.had(user["id"], _TOLD_OF_LICENSES)
    if group_licensing.waiting_for_seat(user):
        tenant.short_of_seats.add(user["id"])
    return user


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
        **{key: value for key, value in source.items() if key not in FIELDS},
    }
    for key in ("deletedDateTime", "createdDateTime"):
        if user[key]:
            user[key] = iso_seconds(instant(user[key]))
    return user


def _license(tenant: Tenant, user: Json, source: Json, switches: Switches) -> None:
    since = instant(user["createdDateTime"])
    given = {row["servicePlanId"]: row["capabilityStatus"] for row in user.get("assignedPlans", ())}
    if "licenseAssignmentStates" not in source:
        held = source.get("licenses") or source.get("assignedLicenses") or []
        lost = source.get("lostLicenses") or []
        user["licenseAssignmentStates"] = [
            licensing.assignment(row["skuId"], row["disabledPlans"], since)
            for row in (license_row(tenant, one) for one in [*held, *lost])
        ]
        group_licensing.inherit(tenant, user, since)
        if lost:
            # First with what was lost, then without: that leaves the "Deleted" plans behind.
            licensing.derive(tenant, user, since, switches)
        gone = {license_row(tenant, one)["skuId"] for one in lost}
        user["licenseAssignmentStates"] = [
            row for row in user["licenseAssignmentStates"] if row["skuId"] not in gone
        ]
    licensing.derive(tenant, user, since, switches)
    states = _plan_states(tenant, user, source, given)
    if states:
        user["planStates"] = states
        licensing.derive(tenant, user, since, switches)


def _plan_states(tenant: Tenant, user: Json, source: Json, given: dict[str, str]) -> dict[str, str]:
    """Answer the states that plans have apart from their subscription: told, or as given."""
    grants = plans.granted(tenant, user["assignedLicenses"])
    told = source.get("planStatus")
    states: dict[str, str] = dict(user.get("planStates") or {})
    for plan_id, grant in grants.items():
        if isinstance(told, str):
            states[plan_id] = told
        elif isinstance(told, dict) and {plan_id, grant.name} & set(told):
            states[plan_id] = told.get(plan_id) or told[grant.name]
    for plan_id, status in given.items():
        granted = grants[plan_id].status if plan_id in grants else "Deleted"
        if status != granted:
            states.setdefault(plan_id, status)
    return states


def _mailbox(tenant: Tenant, user: Json, source: Json, switches: Switches) -> Json | None:
    box = _given_mailbox(tenant, user, source)
    if recycle.plain_upn(user).startswith(recycle.EX_REMOVED):
        # Somebody whom Exchange has named so had a mailbox; it stays away under this name.
        box = {"away": recycle.old_name(user), **(box or mailbox.new_mailbox("shared", "original"))}
    if box is None or "lostAt" in _as_dict(source.get("mailbox")):
        return box
    return {**box, "lostAt": _lost_at(user, source, box, switches)}


def _given_mailbox(tenant: Tenant, user: Json, source: Json) -> Json | None:
    given = source.get("mailbox")
    if isinstance(given, dict):
        own = {key: value for key, value in given.items() if key not in {"reachable", "gone"}}
        return {**mailbox.new_mailbox("user", "original"), **own}
    if isinstance(given, str):
        return mailbox.new_mailbox(given, "original")
    held = [row["skuId"] for row in user["assignedLicenses"]]
    lost = [license_row(tenant, one)["skuId"] for one in source.get("lostLicenses") or []]
    rows = [{"skuId": sku, "disabledPlans": []} for sku in [*held, *lost]]
    if "mailbox" in source or not plans.gives_mailbox(tenant, rows):
        return None
    return mailbox.new_mailbox("user", "original")


def _lost_at(user: Json, source: Json, box: Json, switches: Switches) -> str | None:
    """Answer when the mailbox lost its licence, where it needs one and has none, or its user."""
    removed = source.get("licenseRemovedAt")
    on_premises = box.get("hosted") == mailbox.ON_PREMISES
    needs_none = on_premises or box["purpose"] in mailbox.UNLICENSED_PURPOSES
    if needs_none or plans.mailbox_plan(user) is not None:
        removed = None
    elif removed and switches.delayed_delicensing:
        removed = iso(instant(removed) + RETENTION)
    return _earliest(removed, user["deletedDateTime"])


def _archive(tenant: Tenant, user: Json, source: Json) -> Json | None:
    given = source.get("archive")
    if isinstance(given, dict):
        own = {key: value for key, value in given.items() if key != "gone"}
        return {**new_archive(), **own}
    if "archive" in source and not given:
        return None
    held = plans.granted(tenant, user["assignedLicenses"])
    lost = [license_row(tenant, one) for one in source.get("lostLicenses") or []]
    ever = {*held, *plans.granted(tenant, lost)}
    if not (given or is_archive_add_on(ever)):
        return None
    removed = None if is_archive_add_on(held) else source.get("licenseRemovedAt")
    return {**new_archive(), "lostAt": _earliest(removed, user["deletedDateTime"])}


def _as_dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _earliest(*moments: str | None) -> str | None:
    known = [moment for moment in moments if moment]
    return min(known, key=instant) if known else None
