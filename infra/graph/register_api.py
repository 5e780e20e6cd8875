"""Registers the API that callers get tokens for, with its app roles, and gives roles to callers.

    python3 infra/graph/register_api.py [--assign Restore.Request=PRINCIPAL_ID ...] [--what-if]

PRINCIPAL_ID is the object id of a user, group, managed identity or service principal. Run by an
Application Administrator (to assign roles: Privileged Role Administrator), signed in with
`az login`. Running it again changes nothing. Exit code: 0 done, 1 the CLI refused, 2 wrong use.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from infra.graph.az import AzError, Graph, Json

UNIQUE_NAME = "reprieve-api"
_APPLICATION = f"/applications(uniqueName='{UNIQUE_NAME}')"
ROLES = [
    role | {"allowedMemberTypes": ["Application", "User"], "isEnabled": True}
    for role in json.loads((Path(__file__).parent / "app-roles.json").read_text(encoding="utf-8"))
]


class Registration:
    """The app registration and its service principal, as they are and as they shall be."""

    def __init__(self, graph: Graph, *, what_if: bool) -> None:
        self._graph, self._what_if = graph, what_if

    def application(self) -> Json | None:
        """Create or correct the registration; None when it would have to be created first."""
        found = self._graph.find(_APPLICATION)
        if found is not None:
            self._correct(found)
            return found
        wanted = {
            "displayName": "Reprieve",
            "signInAudience": "AzureADMyOrg",
            "api": {"requestedAccessTokenVersion": 2},
            "appRoles": ROLES,
        }
        if not self._done("+", f"app registration {UNIQUE_NAME} with {len(ROLES)} app roles"):
            return None
        made = self._graph.create_if_missing(_APPLICATION, wanted)
        self._graph.patch(f"/applications/{made['id']}", _uri(made))
        return made

    def principal(self, app_id: str) -> Json | None:
        """Create or correct the service principal; nobody gets a token without a role."""
        found = list(self._graph.every(f"/servicePrincipals?$filter=appId eq '{app_id}'"))
        if not found:
            if not self._done("+", "service principal, role required"):
                return None
            body = {"appId": app_id, "appRoleAssignmentRequired": True}
            return self._graph.post("/servicePrincipals", body)
        if found[0].get("appRoleAssignmentRequired"):
            print("= service principal, role required")
        elif self._done("~", "service principal: role required from now on"):
            path = f"/servicePrincipals/{found[0]['id']}"
            self._graph.patch(path, {"appRoleAssignmentRequired": True})
        return found[0]

    def assign(self, principal: Json, role: str, caller_id: str) -> None:
        """Give a caller one of the app roles."""
        role_id = next(item["id"] for item in ROLES if item["value"] == role)
        path = f"/servicePrincipals/{principal['id']}/appRoleAssignedTo"
        held = {(item["principalId"], item["appRoleId"]) for item in self._graph.every(path)}
        if (caller_id, role_id) in held:
            print(f"= {role} for {caller_id}")
        elif self._done("+", f"{role} for {caller_id}"):
            ids = {"principalId": caller_id, "resourceId": principal["id"], "appRoleId": role_id}
            self._graph.post(path, ids)

    def _correct(self, app: Json) -> None:
        """Add roles that are missing; roles of somebody's own stay."""
        known = {role["value"] for role in app.get("appRoles") or ()}
        missing = [role for role in ROLES if role["value"] not in known]
        change: dict[str, Any] = {}
        if missing:
            change["appRoles"] = [*(app.get("appRoles") or ()), *missing]
        if (app.get("api") or {}).get("requestedAccessTokenVersion") != _TOKEN_VERSION:
            change["api"] = {"requestedAccessTokenVersion": _TOKEN_VERSION}
        if _uri(app)["identifierUris"][0] not in (app.get("identifierUris") or ()):
            change |= _uri(app)
        if not change:
            print(f"= app registration {UNIQUE_NAME}")
        elif self._done("~", f"app registration {UNIQUE_NAME}: {', '.join(sorted(change))}"):
            self._graph.patch(f"/applications/{app['id']}", change)

    def _done(self, sign: str, what: str) -> bool:
        """Say it, and whether it is to be done in earnest."""
        print(f"{sign} {what}{' (what-if)' if self._what_if else ''}")
        return not self._what_if


# Tokens of version 1 come from another issuer than the one authsettingsV2 names.
_TOKEN_VERSION = 2


def _uri(app: Json) -> dict[str, list[str]]:
    return {"identifierUris": [f"api://{app['appId']}"]}


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="register_api.py", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("--assign", action="append", default=[], metavar="ROLE=PRINCIPAL_ID")
    parser.add_argument("--what-if", action="store_true", help="say what would be done")
    arguments = parser.parse_args(argv)
    arguments.pairs = [tuple(item.split("=", 1)) for item in arguments.assign]
    names = [role["value"] for role in ROLES]
    if any(len(pair) != 2 or pair[0] not in names for pair in arguments.pairs):  # noqa: PLR2004
        parser.error(f"--assign takes ROLE=PRINCIPAL_ID, with a role of {', '.join(names)}")
    return arguments


def main(argv: Sequence[str]) -> int:
    """Register; returns the exit code."""
    arguments = _arguments(argv)
    try:
        registration = Registration(Graph(), what_if=arguments.what_if)
        app = registration.application()
        principal = registration.principal(app["appId"]) if app is not None else None
        if principal is not None:
            for role, caller_id in arguments.pairs:
                registration.assign(principal, role, caller_id)
    except AzError as error:
        print(f"az: {error}", file=sys.stderr)
        return 1
    if app is not None:
        print(f"API_CLIENT_ID={app['appId']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
