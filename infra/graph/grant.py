"""Grant the app's identity the Graph permissions its features need, and report each.

    python3 infra/graph/grant.py --principal-id ID [--features LIST] [--what-if] [--prune] [--force]

Run by an administrator who may consent (Privileged Role Administrator), signed in with
`az login`. It says first whose permissions it is about, and touches nobody's but a managed
identity's. Running it again changes nothing. Exit code: 0 done or nothing to do, 1 the CLI
refused, a permission does not exist or the principal is no managed identity, 2 wrong use.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from infra.graph.az import GRAPH_APP_ID, AzError, Graph, Json, is_object_id

CATALOG = json.loads((Path(__file__).parent / "permissions.json").read_text(encoding="utf-8"))
# In place of features: with --prune, nothing is left.
NONE = "none"


def default_features() -> list[str]:
    """The features that are on unless others are named."""
    return [name for name, feature in CATALOG.items() if feature["default"]]


def wanted_permissions(features: Iterable[str]) -> list[str]:
    """The permissions of these features, each once, in the catalogue's order."""
    chosen = set(features)
    named = [name for key in CATALOG if key in chosen for name in CATALOG[key]["permissions"]]
    return list(dict.fromkeys(named))


class Grants:
    """The application permissions for Graph that one identity holds, and how to change them."""

    def __init__(self, graph: Graph, principal_id: str) -> None:
        self._graph, self._principal_id = graph, principal_id
        whose = "?$select=displayName,appId,servicePrincipalType"
        self.principal = graph.get(f"/servicePrincipals/{principal_id}{whose}")
        found = graph.get(f"/servicePrincipals(appId='{GRAPH_APP_ID}')?$select=id,appRoles")
        self._resource_id = found["id"]
        self._ids: dict[str, str] = {
            str(role["value"]): str(role["id"])
            for role in found["appRoles"]
            if "Application" in role["allowedMemberTypes"]
        }
        names = {role_id: name for name, role_id in self._ids.items()}
        path = f"/servicePrincipals/{principal_id}/appRoleAssignments?$top=999"
        self.held: dict[str, Json] = {
            names.get(str(item["appRoleId"]), str(item["appRoleId"])): item
            for item in graph.every(path)
            if item["resourceId"] == self._resource_id
        }

    @property
    def is_managed_identity(self) -> bool:
        """Whether no application with a secret, somewhere, can use what is granted here."""
        return bool(self.principal.get("servicePrincipalType") == "ManagedIdentity")

    def unknown(self, permissions: Iterable[str]) -> list[str]:
        """Those of them that this cloud's Graph does not have."""
        return [name for name in permissions if name not in self._ids]

    def grant(self, permission: str) -> None:
        """Give one permission. Raises: AzError; it may have been given."""
        self._graph.post(
            f"/servicePrincipals/{self._resource_id}/appRoleAssignedTo",
            {
                "principalId": self._principal_id,
                "resourceId": self._resource_id,
                "appRoleId": self._ids[permission],
            },
        )

    def revoke(self, permission: str) -> None:
        """Take one permission away. Raises: AzError; it may be gone."""
        assignment = self.held[permission]["id"]
        self._graph.delete(f"/servicePrincipals/{self._resource_id}/appRoleAssignedTo/{assignment}")


def run(grants: Grants, wanted: Sequence[str], *, what_if: bool, prune: bool) -> int:
    """Bring what is held to what is wanted, saying each thing; 1 if some cannot be granted."""
    unknown = grants.unknown(wanted)
    for name in wanted:
        if name in unknown:
            print(f"? {name}: this cloud's Graph has no such application permission")
        elif name in grants.held:
            print(f"= {name}: held")
        elif what_if:
            print(f"+ {name}: would be granted")
        else:
            grants.grant(name)
            print(f"+ {name}: granted")
    for name in sorted(set(grants.held) - set(wanted)):
        _excess(grants, name, what_if=what_if, prune=prune)
    return 1 if unknown else 0


def _excess(grants: Grants, name: str, *, what_if: bool, prune: bool) -> None:
    if not prune:
        print(f"! {name}: held and not needed; --prune takes it away")
    elif what_if:
        print(f"- {name}: would be taken away")
    else:
        grants.revoke(name)
        print(f"- {name}: taken away")


def _whose(principal: Json) -> str:
    kind = principal.get("servicePrincipalType") or "of no known type"
    return f"{principal.get('displayName')} ({kind}, application {principal.get('appId')})"


def _arguments(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="grant.py", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--principal-id", required=True, help="object id of the managed identity")
    parser.add_argument(
        "--features",
        default=",".join(default_features()),
        help=f"of {', '.join(CATALOG)}; or {NONE}; by default %(default)s",
    )
    parser.add_argument("--what-if", action="store_true", help="say what would be done")
    parser.add_argument("--prune", action="store_true", help="take away what is not needed")
    parser.add_argument(
        "--force", action="store_true", help="also if the principal is no managed identity"
    )
    arguments = parser.parse_args(argv)
    features = [name.strip() for name in arguments.features.split(",") if name.strip()]
    unknown = [name for name in features if name not in CATALOG and features != [NONE]]
    if unknown or not features:
        parser.error(f"--features: no such feature {', '.join(unknown)}; there are {list(CATALOG)}")
    if not is_object_id(arguments.principal_id):
        parser.error("--principal-id: no object id (8-4-4-4-12 hex digits)")
    arguments.wanted = wanted_permissions(features)
    return arguments


def main(argv: Sequence[str]) -> int:
    """Grant; returns the exit code."""
    arguments = _arguments(argv)
    try:
        grants = Grants(Graph(), arguments.principal_id)
        print(f"# {_whose(grants.principal)}, {arguments.principal_id}")
        if not (grants.is_managed_identity or arguments.force or arguments.what_if):
            print("This is no managed identity: nothing was done; --force does it all the same.")
            return 1
        return run(grants, arguments.wanted, what_if=arguments.what_if, prune=arguments.prune)
    except AzError as error:
        print(f"az: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
