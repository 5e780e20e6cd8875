"""The deleted items: delete, restore, purge.

Source: Microsoft "Restore deleted item"; Entra docs "Recover from deletions"; Entra docs
"Restore or remove a recently deleted user".
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.local.graph.rules import audit, licensing, mailbox
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import instant, iso_seconds
from infra.local.graph.tenant.directory import Lag, is_deleted, smtp_addresses
from infra.local.graph.tenant.tenant import RETENTION, Tenant
from infra.local.graph.web.wire import GraphError, Json, bad_request, denied, not_found


@dataclass(frozen=True, slots=True)
class RestoreOptions:
    """The two optional parameters of the restore action.

    Source: msgraph-metadata v1.0 CSDL, action `restore` bound to directoryObject.
    """

    reconcile: bool = False
    new_upn: str | None = None


def read_options(body: Any) -> RestoreOptions:
    """Read the body of a restore: none, {}, or with options; raises GraphError (400) otherwise."""
    if body is None:
        return RestoreOptions()
    if not isinstance(body, dict):
        raise bad_request("An unexpected node was found in the request payload.")
    for name in set(body) - {"autoReconcileProxyConflict", "newUserPrincipalName"}:
        raise bad_request(
            f"The parameter '{name}' in the request payload is not a valid parameter for the "
            "operation 'restore'."
        )
    reconcile = body.get("autoReconcileProxyConflict")
    new_upn = body.get("newUserPrincipalName")
    if not isinstance(reconcile, bool | None):
        raise bad_request("Cannot convert a primitive value to the expected type 'Edm.Boolean'.")
    if not isinstance(new_upn, str | None):
        raise bad_request("Cannot convert a primitive value to the expected type 'Edm.String'.")
    return RestoreOptions(bool(reconcile), new_upn)


def mangled(user: Json) -> str:
    """Answer the UPN a deleted user carries: 32 hex digits of the id, then the name."""
    return f"{user['id'].replace('-', '')}{user['userPrincipalName']}"


def plain_upn(user: Json) -> str:
    """Answer the UPN without the prefix that `mangled` puts.

    Source: Office365itpros Report-HardDeletedUserAccounts.PS1, which cuts 32 characters.
    """
    upn, prefix = str(user["userPrincipalName"]), user["id"].replace("-", "")
    return upn[len(prefix) :] if upn.lower().startswith(prefix.lower()) else upn


def delete_user(tenant: Tenant, user: Json, now: datetime, switches: Switches) -> None:
    """Put a user into the deleted items: the name is mangled, the seat freed."""
    audit.record(tenant, "Delete user", user, now)
    user["deletedDateTime"] = iso_seconds(now)
    if switches.mangle_upn:
        user["userPrincipalName"] = mangled(user)
    mailbox.settle(user, now, switches)
    tenant.directory.put(user, now)


def restore_user(
    tenant: Tenant, user_id: str, options: RestoreOptions, now: datetime, switches: Switches
) -> Json:
    """Bring a user back and answer it; raises GraphError when Graph would refuse."""
    user = tenant.directory.get(user_id)
    if user is None or not is_deleted(user):
        raise not_found(user_id)
    if past_window(user, now) and not switches.restore_after_window:
        raise not_found(user_id)
    refuse_privileged(tenant, user, switches)
    _rename(tenant, user, options, switches)
    user["deletedDateTime"] = None
    if switches.restored_account_enabled is not None:
        user["accountEnabled"] = switches.restored_account_enabled
    licensing.inherit(tenant, user, now)
    licensing.follow(tenant, user, now, switches)
    tenant.directory.put(user, now)
    audit.record(tenant, "Restore user", user, now)
    return user


def purge(tenant: Tenant, user: Json, now: datetime) -> None:
    """Delete a user for good."""
    tenant.directory.purge(user["id"], now)
    audit.record(tenant, "Hard Delete user", user, now)


def purge_expired(tenant: Tenant, now: datetime, switches: Switches) -> None:
    """Purge what has lain longer than the switch allows."""
    if switches.purge_after_days is None:
        return
    for user in list(tenant.directory.everyone()):
        if is_deleted(user):
            lain = now - instant(user["deletedDateTime"])
            if lain.total_seconds() >= switches.purge_after_days * 86400:
                purge(tenant, user, now)


def past_window(item: Json, now: datetime) -> bool:
    """Tell whether the 30 days are over: purge has begun, nothing can be restored."""
    return now >= instant(item["deletedDateTime"]) + RETENTION


def refuse_privileged(tenant: Tenant, user: Json, switches: Switches) -> None:
    """Raise a 403 for a user that holds an admin role.

    Source: Microsoft "Restore deleted item", "Working with users in Microsoft Graph". That the
    refusal is this 403 is not confirmed by a source.
    """
    if tenant.role_assignments(user["id"]) and not switches.app_has_admin_role:
        raise denied()


def conflict(status: int, targets: list[str]) -> GraphError:
    """Answer the refusal for names that another object holds.

    Source: microsoft-graph-docs issue 1508, for create and update. For a restore, and for
    proxyAddresses, it is not confirmed by a source; see switches.py for the status.
    """
    details = [
        {"code": "ObjectConflict", "message": _taken(target), "target": target}
        for target in targets
    ]
    return GraphError(status, "Request_BadRequest", _taken(targets[0]), details=details)


def check_upn(tenant: Tenant, upn: str) -> None:
    """Raise the 400 for a UPN that is none, or is on a domain that is not verified."""
    name, at, domain = upn.partition("@")
    if not (name and at and domain) or " " in upn:
        raise _invalid_upn("Property userPrincipalName is invalid.")
    if not tenant.is_verified(upn):
        raise _invalid_upn(
            "The domain portion of the userPrincipalName property is invalid. You must use one of "
            "the verified domain names in your organization."
        )


def _invalid_upn(message: str) -> GraphError:
    detail = {"code": "InvalidValue", "message": message, "target": "userPrincipalName"}
    return bad_request(message, details=[detail])


def _taken(target: str) -> str:
    return f"Another object with the same value for property {target} already exists."


def _rename(tenant: Tenant, user: Json, options: RestoreOptions, switches: Switches) -> None:
    upn = options.new_upn or plain_upn(user)
    check_upn(tenant, upn)
    lost = [one for one in smtp_addresses(user) if not tenant.is_verified(one)]
    if lost and not (options.reconcile or switches.lost_domain_aliases_dropped):
        raise bad_request("Property proxyAddresses is invalid.")
    _drop(user, lost)
    clashing = [one for one in smtp_addresses(user) if _held(tenant, one)]
    targets = ["userPrincipalName"] if upn_taken(tenant, upn) else []
    if clashing and not options.reconcile:
        targets.append("proxyAddresses")
    if targets:
        raise conflict(switches.conflict_status, targets)
    user["userPrincipalName"] = upn
    _drop(user, clashing)


def upn_taken(tenant: Tenant, upn: str) -> bool:
    """Tell whether an active user has this UPN."""
    return tenant.directory.find_active(upn, Lag(instant("9999-01-01"))) is not None


def _held(tenant: Tenant, address: str) -> bool:
    if tenant.directory.owners(address):
        return True
    groups = (group for group in tenant.groups.values() if not group.get("deletedDateTime"))
    return any(address in smtp_addresses(group) for group in groups)


def _drop(user: Json, addresses: list[str]) -> None:
    """Take addresses from the user being restored, which is the side that loses them."""
    if not addresses:
        return
    user["proxyAddresses"] = [
        address
        for address in user["proxyAddresses"]
        if address.partition(":")[2].lower() not in addresses
    ]
    if str(user.get("mail") or "").lower() in addresses:
        primary = (one for one in user["proxyAddresses"] if one.startswith("SMTP:"))
        user["mail"] = next((one.partition(":")[2] for one in primary), None)
