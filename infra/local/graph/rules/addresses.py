"""Change a user's addresses when the plan with the mailbox goes and comes.

Three sources say three things; `addressesWithoutPlan` chooses (switches.py).
"""

from infra.local.graph.switches import Switches
from infra.local.graph.tenant.tenant import Tenant
from infra.local.graph.web.wire import Json


def without_plan(tenant: Tenant, user: Json, switches: Switches) -> None:
    """Take from the addresses what goes with the plan, in place."""
    if switches.addresses_without_plan == "emptied":
        user["proxyAddresses"] = []
    elif switches.addresses_without_plan == "routing":
        _make_primary(user, _routing_address(tenant, user))
        upn = str(user["userPrincipalName"]).lower()
        user["proxyAddresses"] = [one for one in user["proxyAddresses"] if _plain(one) != upn]


def with_plan(user: Json, switches: Switches) -> None:
    """Put into the addresses what comes with the plan, in place."""
    if switches.addresses_without_plan == "emptied":
        mail = user.get("mail") or user["userPrincipalName"]
        user["proxyAddresses"] = [f"SMTP:{mail}"]
    elif switches.addresses_without_plan == "routing":
        _make_primary(user, str(user["userPrincipalName"]))


def _routing_address(tenant: Tenant, user: Json) -> str:
    nickname = user.get("mailNickname") or str(user["userPrincipalName"]).partition("@")[0]
    return f"{nickname}@{tenant.initial_domain}"


def _make_primary(user: Json, address: str) -> None:
    others = [
        f"smtp:{one.partition(':')[2]}" if one.startswith("SMTP:") else one
        for one in user.get("proxyAddresses") or []
        if _plain(one) != address.lower()
    ]
    user["proxyAddresses"] = [f"SMTP:{address}", *others]
    user["mail"] = address


def _plain(address: str) -> str:
    return address.partition(":")[2].lower()
