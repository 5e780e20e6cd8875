"""Delete, restore and purge users.

Source: Microsoft "Restore deleted item"; Entra docs "Recover from deletions"; Entra docs
"Restore or remove a recently deleted user".
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from infra.local.graph.rules import audit, group_licensing, licensing, mailbox, names, reach
from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import instant, iso_seconds
from infra.local.graph.tenant.directory import is_deleted, smtp_addresses
from infra.local.graph.tenant.tenant import RETENTION, Tenant
from infra.local.graph.web.wire import Json, bad_request, not_found

EX_REMOVED = "ExRemoved-"


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


def delete_user(
    tenant: Tenant, user: Json, now: datetime, switches: Switches, *, in_exchange: bool = False
) -> None:
    """Put a user into the deleted items: the name is mangled, the seat freed."""
    if in_exchange or switches.deleted_in_exchange:
        _remove_in_exchange(tenant, user, switches)
    user["deletedDateTime"] = iso_seconds(now)
    if switches.mangle_upn:
        user["userPrincipalName"] = mangled(user)
    licensing.settle(user, now, switches)
    tenant.directory.put(user, now)
    audit.deleted(tenant, user, now)


def restore_user(
    tenant: Tenant, user_id: str, options: RestoreOptions, now: datetime, switches: Switches
) -> Json:
    """Bring a user back and answer it; raises GraphError when Graph would refuse."""
    user = tenant.directory.get(user_id)
    if user is None or not is_deleted(user):
        raise not_found(user_id)
    if past_window(user, now) and not switches.restore_after_window:
        raise not_found(user_id)
    reach.refuse_privileged(tenant, user, switches)
    _rename(tenant, user, options, switches)
    user["deletedDateTime"] = None
    if switches.restored_account_enabled is not None:
        user["accountEnabled"] = switches.restored_account_enabled
    group_licensing.inherit(tenant, user, now)
    licensing.follow(tenant, user, now, switches)
    tenant.directory.put(user, now)
    audit.record(tenant, audit.Entry("Restore user", user, now))
    return user


def purge(tenant: Tenant, user: Json, now: datetime) -> None:
    """Delete a user for good."""
    tenant.directory.purge(user["id"], now)
    tenant.purged.append({"id": user["id"]})
    audit.deleted(tenant, user, now, purged=True)


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


def old_name(user: Json) -> str:
    """Answer the name that brings a mailbox back which was removed in Exchange."""
    primary = (one[5:] for one in user.get("proxyAddresses") or [] if one.startswith("SMTP:"))
    known = (user.get("formerUserPrincipalName"), user.get("mail"), *primary)
    names_before = (name for name in known if name and not name.startswith(EX_REMOVED))
    return str(next(names_before, mailbox.ANY_NAME))


def _remove_in_exchange(tenant: Tenant, user: Json, switches: Switches) -> None:
    """Do what deleting a mailbox does to its user. Source: it-bibouroku.hateblo.jp/entry/ExRemoved.

    What becomes of its addresses is not told there.
    """
    old = user["userPrincipalName"]
    if user.get("mailbox"):
        user["mailbox"]["away"] = old
    user["formerUserPrincipalName"] = old
    user["userPrincipalName"] = f"{EX_REMOVED}{secrets.token_hex(16)}@{tenant.initial_domain}"
    user["accountEnabled"] = False
    if not switches.ex_removed_keeps_addresses:
        user.update(mail=None, proxyAddresses=[])


def _rename(tenant: Tenant, user: Json, options: RestoreOptions, switches: Switches) -> None:
    upn = options.new_upn or plain_upn(user)
    if options.new_upn is None:
        names.check_domain(tenant, upn)
    else:
        names.check_new_name(tenant, upn)
    lost = _addresses_on_lost_domains(tenant, user)
    if lost and not (options.reconcile or switches.lost_domain_aliases_dropped):
        raise bad_request("Property proxyAddresses is invalid.")
    _drop(user, lost)
    clashing = [one for one in smtp_addresses(user) if names.is_held(tenant, one)]
    targets = ["userPrincipalName"] if names.upn_taken(tenant, upn, switches) else []
    if clashing and not options.reconcile:
        targets.append("proxyAddresses")
    if targets:
        raise names.conflict(switches.conflict_status, targets)
    user["userPrincipalName"] = upn
    _drop(user, clashing)


def _addresses_on_lost_domains(tenant: Tenant, user: Json) -> list[str]:
    """Answer the addresses that cannot come back: on a domain that the tenant had, and has not.

    A guest's or a mail user's address lies elsewhere anyhow: only a domain that the document names
    as not verified counts there. What a guest looks like: timmcmic.blog 2021-06-14; jb1c.blog
    2022-04-23.
    """
    outsider = names.is_guest(user) or user.get("mailbox") is None
    return [
        one
        for one in smtp_addresses(user)
        if not tenant.is_verified(one) and (not outsider or tenant.has_domain(one))
    ]


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
