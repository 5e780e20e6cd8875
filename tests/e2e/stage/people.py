"""Make people of a tenant in the form the stand-in takes, each with unique names."""

from itertools import count
from typing import Any

type Json = dict[str, Any]

DOMAIN = "people.contoso.example"
SURNAME = "Quillwater"
"""Every display name ends so: what must never be in a log can be searched for."""
KEY_MARK = "e2e-secret-key"
"""Every idempotency key begins so, for the same reason."""

DRILL_USER_ID = "e2e0d811-0000-4000-8000-000000000000"
"""The account of drills, where a test puts one into its tenant."""

SKU = "ENTERPRISEPACK"
SKU_ID = "6fd2c87f-b296-42f0-b197-1e91e994b900"

TENANT: Json = {
    "seed": "default",
    "domains": [{"id": DOMAIN, "isVerified": True, "isDefault": True, "isInitial": False}],
    "groups": [],
    "users": [],
    "deletedUsers": [],
    "roleAssignments": [],
}
"""The SKUs of the default tenant, and nobody in it."""

_numbers = count(1)


def a_user(**fields: Any) -> Json:
    """An active user with a licence and a mailbox; `fields` are those of a tenant document."""
    number = next(_numbers)
    upn = f"person{number:04}@{DOMAIN}"
    user = {
        "id": f"e2e00000-0000-4000-8000-{number:012d}",
        "userPrincipalName": upn,
        "displayName": f"Person{number:04} {SURNAME}",
        "usageLocation": "NL",
        "licenses": [SKU],
    }
    return {**user, **fields}


def a_deleted_user(**fields: Any) -> Json:
    """A user deleted five days ago, with the licence it had."""
    return a_user(**{"deletedDaysAgo": 5, **fields})


def an_unlicensed_user(**fields: Any) -> Json:
    """An active user whose licence was removed six days ago, as the audit log knows."""
    lost = {"licenses": [], "lostLicenses": [SKU], "licenseRemovedDaysAgo": 6}
    return a_user(**{**lost, **fields})


def a_deleted_unlicensed_user(**fields: Any) -> Json:
    """A user that lost the licence six days ago and was deleted five days ago."""
    return an_unlicensed_user(**{"deletedDaysAgo": 5, **fields})


def a_deleted_shared_mailbox(**fields: Any) -> Json:
    """A shared mailbox deleted five days ago: no licence, and nobody may sign in."""
    shared = {"licenses": [], "accountEnabled": False, "mailbox": "shared"}
    return a_deleted_user(**{**shared, **fields})


def fresh_key() -> str:
    """An idempotency key that no other test uses."""
    return f"{KEY_MARK}-{next(_numbers):04}"
