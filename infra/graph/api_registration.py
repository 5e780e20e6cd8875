"""Describe the app registration the API needs, and detect one that belongs to others.

Members may register applications in most tenants, so the name alone proves nothing: roles are
assigned by their ids, and an id that means another role there would give the wrong right.
"""

import json
from pathlib import Path
from typing import Any

from infra.graph.az import Json

UNIQUE_NAME = "reprieve-api"
AUDIENCE = "AzureADMyOrg"

# Tokens of version 1 come from another issuer than the one authsettingsV2 names.
TOKEN_VERSION = 2

_HERE = Path(__file__).parent
ROLES: list[Json] = [
    role | {"allowedMemberTypes": ["Application", "User"], "isEnabled": True}
    for role in json.loads((_HERE / "app-roles.json").read_text(encoding="utf-8"))
]
SCOPES: list[Json] = [
    scope | {"isEnabled": True}
    for scope in json.loads((_HERE / "api-scopes.json").read_text(encoding="utf-8"))
]


def body() -> dict[str, Any]:
    """A registration that is new; its address holds an id that it has only once it is there."""
    return {
        "displayName": "Reprieve",
        "signInAudience": AUDIENCE,
        "api": {"requestedAccessTokenVersion": TOKEN_VERSION, "oauth2PermissionScopes": SCOPES},
        "appRoles": ROLES,
    }


def completion(app: Json) -> dict[str, Any]:
    """What is missing of a registration that is there, as a change; empty for nothing."""
    change: dict[str, Any] = {}
    roles, api = app.get("appRoles") or [], app.get("api") or {}
    if missing := _missing(ROLES, roles):
        change["appRoles"] = [*roles, *missing]
    scopes = api.get("oauth2PermissionScopes") or []
    missing = _missing(SCOPES, scopes)
    if missing or api.get("requestedAccessTokenVersion") != TOKEN_VERSION:
        change["api"] = {
            "requestedAccessTokenVersion": TOKEN_VERSION,
            "oauth2PermissionScopes": [*scopes, *missing],
        }
    return change


def foreign(app: Json) -> tuple[list[str], list[str]]:
    """Why a registration cannot be ours: for sure, and unless a person says otherwise."""
    never = [
        f"{kind} {theirs.get('value')} has the id {theirs.get('id')}"
        for kind, ours, there in (
            ("role", ROLES, app.get("appRoles")),
            ("scope", SCOPES, (app.get("api") or {}).get("oauth2PermissionScopes")),
        )
        for theirs in there or ()
        for our in ours
        if (our["id"] == theirs.get("id")) != (our["value"] == theirs.get("value"))
    ]
    if app.get("signInAudience") != AUDIENCE:
        never.append(f"it is open to {app.get('signInAudience')}")
    credentials = [*(app.get("passwordCredentials") or ()), *(app.get("keyCredentials") or ())]
    return never, ["it has credentials, which ours has not"] if credentials else []


def _missing(ours: list[Json], there: list[Json]) -> list[Json]:
    known = {item.get("value") for item in there}
    return [item for item in ours if item["value"] not in known]
