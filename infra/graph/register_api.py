"""Register the API with its app roles, and assign roles to callers.

    python3 infra/graph/register_api.py [--assign Restore.Request=PRINCIPAL_ID ...] [--what-if]
        [--desk https://HOST --login-identity PRINCIPAL_ID]

PRINCIPAL_ID is the object id of a user, group, managed identity or service principal; HOST the one
of a deployment, whose desk people may then sign in to, without being asked for consent. Run by an
Application Administrator (to assign roles: Privileged Role Administrator), signed in with
`az login`. A registration that is there is completed only if it can be ours; whose it is, is said
first. Running it again changes nothing. Exit code: 0 done, 1 the CLI refused or the registration
is somebody else's, 2 wrong use.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from infra.graph.api_registration import ROLES, UNIQUE_NAME, body, completion, foreign
from infra.graph.az import GRAPH_APP_ID, AzError, Graph, Json, is_object_id
from infra.graph.desk_login import SCOPES, DeskLogin, is_address, of_others

_CONSENTS = "/oauth2PermissionGrants"
_APPLICATION = f"/applications(uniqueName='{UNIQUE_NAME}')"

# Graph's code while the application, made a moment ago, has not reached every server of its.
_YOUNG = "NoBackingApplicationObject"
_TRIES = 12


class ForeignError(Exception):
    """The registration of our name cannot be ours; the message says why."""


class Registration:
    """The app registration and its service principal, as they are and as they shall be."""

    def __init__(
        self, graph: Graph, *, what_if: bool, adopt: bool, wait: Callable[[], None]
    ) -> None:
        self._graph, self._what_if, self._adopt, self._wait = graph, what_if, adopt, wait

    def application(self) -> Json | None:
        """Create or complete the registration; None when it would have to be created first.

        Raises: ForeignError, before anything is changed; AzError.
        """
        found = self._graph.find(_APPLICATION)
        if found is not None:
            self._judge(found)
            self._complete(found)
            return found
        if not self._done("+", f"app registration {UNIQUE_NAME} with {len(ROLES)} app roles"):
            return None
        made = self._graph.create_if_missing(_APPLICATION, body())
        self._graph.patch(f"/applications/{made['id']}", _uri(made))
        return made

    def principal(self, app_id: str) -> Json | None:
        """Create or correct the service principal; nobody gets a token without a role."""
        found = list(self._graph.every(f"/servicePrincipals?$filter=appId eq '{app_id}'"))
        if not found:
            if not self._done("+", "service principal, role required"):
                return None
            return self._new_principal(app_id)
        if found[0].get("appRoleAssignmentRequired"):
            print("= service principal, role required")
        elif self._done("~", "service principal: role required from now on"):
            path = f"/servicePrincipals/{found[0]['id']}"
            self._graph.patch(path, {"appRoleAssignmentRequired": True})
        return found[0]

    def assign(self, principal: Json, role: str, caller_id: str) -> None:
        """Give a caller one of the app roles; says who that is."""
        caller = self._graph.get(f"/directoryObjects/{caller_id}")
        kind = str(caller.get("@odata.type", "")).rpartition(".")[2] or "object"
        whom = f"{role} for {caller.get('displayName')} ({kind} {caller_id})"
        role_id = next(item["id"] for item in ROLES if item["value"] == role)
        path = f"/servicePrincipals/{principal['id']}/appRoleAssignedTo"
        held = {(item["principalId"], item["appRoleId"]) for item in self._graph.every(path)}
        if (caller_id, role_id) in held:
            print(f"= {whom}")
        elif self._done("+", whom):
            ids = {"principalId": caller_id, "resourceId": principal["id"], "appRoleId": role_id}
            self._graph.post(path, ids)

    def open_desk(self, app: Json, login: DeskLogin) -> None:
        """Let people sign in at a deployment, whose login its identity proves."""
        change = login.change(app)
        if not change:
            print(f"= sign-in at {login.url}")
        elif self._done("~", f"sign-in at {login.url}"):
            self._graph.patch(f"/applications/{app['id']}", change)
        path = f"/applications/{app['id']}/federatedIdentityCredentials"
        proof = login.proof()
        if any(it.get("subject") == login.identity for it in self._graph.every(path)):
            print(f"= login proven by the identity {login.identity}")
        elif self._done("+", f"login proven by the identity {login.identity}"):
            self._graph.post(path, proof)

    def consent(self, principal: Json) -> None:
        """Consent to the sign-in for the organization, so that nobody is asked.

        Of an application that demands a role people cannot consent themselves.
        Source: Microsoft Learn, "Manage access to an application".
        """
        graph = self._graph.get(f"/servicePrincipals(appId='{GRAPH_APP_ID}')?$select=id")
        ours = {"clientId": principal["id"], "consentType": "AllPrincipals"}
        ours |= {"resourceId": graph["id"]}
        every = self._graph.every(f"{_CONSENTS}?$filter=clientId eq '{principal['id']}'")
        found = next((it for it in every if ours.items() <= it.items()), None)
        held = [] if found is None else str(found.get("scope")).split()
        scope = " ".join([*held, *(name for name in SCOPES if name not in held)])
        if set(SCOPES) <= set(held):
            print("= consent of the organization to the sign-in")
        elif self._done("+", f"consent of the organization: {' '.join(SCOPES)}"):
            if found is None:
                self._graph.post(_CONSENTS, {**ours, "scope": scope})
            else:
                self._graph.patch(f"{_CONSENTS}/{found['id']}", {"scope": scope})

    def _judge(self, app: Json) -> None:
        """Whose it is, and whether it may be completed."""
        owners = list(self._graph.every(f"/applications/{app['id']}/owners"))
        names = ", ".join(
            str(it.get("userPrincipalName") or it.get("displayName")) for it in owners
        )
        print(f"# {app.get('displayName')}, application {app['appId']}; owners: {names or 'none'}")
        never, doubtful = foreign(app)
        path = f"/applications/{app['id']}/federatedIdentityCredentials"
        if theirs := of_others(list(self._graph.every(path))):
            doubtful.append(f"it trusts {', '.join(theirs)}")
        if never or (doubtful and not self._adopt):
            why = "; ".join([*never, *doubtful])
            how = "" if never else " --adopt goes on all the same."
            raise ForeignError(f"{UNIQUE_NAME} cannot be taken for ours: {why}.{how}")

    def _complete(self, app: Json) -> None:
        """Add what is missing; roles and scopes of somebody's own stay."""
        change: dict[str, Any] = completion(app)
        if _uri(app)["identifierUris"][0] not in (app.get("identifierUris") or ()):
            change |= _uri(app)
        if not change:
            print(f"= app registration {UNIQUE_NAME}")
        elif self._done("~", f"app registration {UNIQUE_NAME}: {', '.join(sorted(change))}"):
            self._graph.patch(f"/applications/{app['id']}", change)

    def _new_principal(self, app_id: str) -> Json:
        given = {"appId": app_id, "appRoleAssignmentRequired": True}
        for _ in range(_TRIES - 1):
            try:
                return self._graph.post("/servicePrincipals", given)
            except AzError as error:
                if _YOUNG not in str(error):
                    raise
                print("  the registration has not arrived everywhere; once more")
                self._wait()
        return self._graph.post("/servicePrincipals", given)

    def _done(self, sign: str, what: str) -> bool:
        """Say it, and whether it is to be done in earnest."""
        print(f"{sign} {what}{' (what-if)' if self._what_if else ''}")
        return not self._what_if


def _uri(app: Json) -> dict[str, list[str]]:
    return {"identifierUris": [f"api://{app['appId']}"]}


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="register_api.py", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument(
        "--assign",
        action="append",
        default=[],
        metavar="ROLE=PRINCIPAL_ID",
        help="give an app role to a user, a group or an application, by object id",
    )
    parser.add_argument("--desk", metavar="URL", help="of a deployment: FUNCTION_APP_URL")
    parser.add_argument(
        "--login-identity", metavar="PRINCIPAL_ID", help="LOGIN_IDENTITY_PRINCIPAL_ID of it"
    )
    parser.add_argument("--what-if", action="store_true", help="say what would be done")
    parser.add_argument(
        "--adopt", action="store_true", help="take over a registration that has credentials"
    )
    parser.add_argument(
        "--pause", type=float, default=5.0, help="seconds between tries; %(default)s"
    )
    arguments = parser.parse_args(argv)
    pairs = [item.partition("=") for item in arguments.assign]
    names = [role["value"] for role in ROLES]
    if any(role not in names or not is_object_id(whom) for role, _, whom in pairs):
        parser.error(
            f"--assign takes ROLE=PRINCIPAL_ID, with a role of {', '.join(names)} and an object id"
        )
    arguments.pairs = [(role, whom) for role, _, whom in pairs]
    arguments.login = _login(arguments, parser)
    return arguments


def _login(arguments: argparse.Namespace, parser: argparse.ArgumentParser) -> DeskLogin | None:
    url, identity = arguments.desk, arguments.login_identity
    if url is None and identity is None:
        return None
    if not is_address(str(url)) or not is_object_id(str(identity)):
        parser.error("--desk takes https://HOST, together with --login-identity and an object id")
    return DeskLogin(url, identity)


def main(argv: Sequence[str]) -> int:
    """Register; returns the exit code."""
    arguments = _arguments(argv)
    try:
        registration = Registration(
            Graph(),
            what_if=arguments.what_if,
            adopt=arguments.adopt,
            wait=lambda: time.sleep(arguments.pause),  # noqa: TID251 - a person's command
        )
        app = registration.application()
        principal = registration.principal(app["appId"]) if app is not None else None
        if app is not None and arguments.login is not None:
            registration.open_desk(app, arguments.login)
        if principal is not None:
            for role, caller_id in arguments.pairs:
                registration.assign(principal, role, caller_id)
        if principal is not None and arguments.login is not None:
            registration.consent(principal)
    except AzError as error:
        print(f"az: {error}", file=sys.stderr)
        return 1
    except ForeignError as error:
        print(error, file=sys.stderr)
        return 1
    if app is not None:
        print(f"API_CLIENT_ID={app['appId']}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
