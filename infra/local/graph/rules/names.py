"""Check names and addresses: which are valid, which are taken, and how Graph says so.

Source of the alphabet: Microsoft "Prepare for directory synchronization" (A-Z a-z 0-9 ' . - _ ! #
^ ~, no accents: microsoft-365-docs issues 3088 and 3100; no plus: microsoft-graph-docs issue
15161). A name that somebody has already is not measured by it.
"""

import re

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.clock import instant
from infra.local.graph.tenant.directory import Lag, smtp_addresses
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import GraphError, Json, bad_request

_LOCAL_PART = re.compile(r"[A-Za-z0-9'\-_!#^~]+(?:\.[A-Za-z0-9'\-_!#^~]+)*")
_LONGEST_LOCAL_PART = 64
_LONGEST_NAME = 113
_NOW = Lag(instant("9999-01-01"))


def check_new_name(tenant: Tenant, upn: str) -> None:
    """Raise the 400 for a new UPN that cannot be: its alphabet, its length, its domain."""
    name, at, domain = upn.rpartition("@")
    fits = len(name) <= _LONGEST_LOCAL_PART and len(upn) <= _LONGEST_NAME
    if not (name and at and domain and fits and _LOCAL_PART.fullmatch(name)):
        raise _invalid_upn("Property userPrincipalName is invalid.")
    check_domain(tenant, upn)


def check_domain(tenant: Tenant, upn: str) -> None:
    """Raise the 400 for a UPN that is not on one of the tenant's verified domains."""
    if not tenant.is_verified(upn):
        raise _invalid_upn(
            "The domain portion of the userPrincipalName property is invalid. You must use one of "
            "the verified domain names in your organization."
        )


def upn_taken(tenant: Tenant, upn: str, switches: Switches) -> bool:
    """Tell whether an active user has this UPN, or a group or contact has it as an address."""
    if tenant.directory.find_active(upn, _NOW) is not None:
        return True
    return switches.group_address_blocks_upn and _has_address(tenant, upn)


def is_held(tenant: Tenant, address: str, *, beside: str = "") -> bool:
    """Tell whether an address is somebody else's: a user's, group's or contact's, or a UPN.

    A UPN counts as an address: vilega/O365Troubleshooters issue 215.
    """
    owners = (owner for owner in tenant.directory.owners(address) if owner != beside)
    return any(owners) or _has_address(tenant, address)


def conflict(status: int, targets: list[str]) -> GraphError:
    """Answer the refusal for names that another object holds.

    Source: microsoft-graph-docs issue 1508, microsoft-graph-docs-contrib issue 8421, for create
    and update. For a restore it is not confirmed by a source; see switches.py for the status.
    """
    details = [
        {"code": "ObjectConflict", "message": _taken(target), "target": target}
        for target in targets
    ]
    return GraphError(status, "Request_BadRequest", _taken(targets[0]), details=details)


def is_guest(user: Json) -> bool:
    """Tell whether a user is somebody else's, invited: by type, or by the mark in the name."""
    return user.get("userType") == "Guest" or "#EXT#" in str(user["userPrincipalName"]).upper()


def _has_address(tenant: Tenant, address: str) -> bool:
    wanted = address.lower()
    return any(
        wanted == str(item.get("mail") or "").lower() or wanted in smtp_addresses(item)
        for item in tenant.addressed()
    )


def _invalid_upn(message: str) -> GraphError:
    detail = {"code": "InvalidValue", "message": message, "target": "userPrincipalName"}
    return bad_request(message, details=[detail])


def _taken(target: str) -> str:
    return f"Another object with the same value for property {target} already exists."
