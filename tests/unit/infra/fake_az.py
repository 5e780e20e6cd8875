"""A fake `az` for the PATH: a tenant in a JSON file, and a line in a log for every call.

Imitates `az cloud show` and `az rest` as far as Microsoft Graph's app role assignments, app
registrations and service principals go; whatever else it is asked ends with an error, as in az.
"""

import itertools
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
ROOT = HERE.parents[3]
GRAPH_SP = "99999999-0000-4000-8000-000000000000"
GRAPH_APP = "00000003-0000-0000-c000-000000000000"
MSI = "11111111-0000-4000-8000-000000000001"
BASE = "https://graph.microsoft.com/v1.0"

NAMES = (
    *("User.Read.All", "User.DeleteRestore.All", "LicenseAssignment.Read.All"),
    *("LicenseAssignment.ReadWrite.All", "MailboxSettings.Read", "AuditLog.Read.All"),
    *("Directory.Read.All", "RoleManagement.Read.Directory", "GroupMember.Read.All"),
    *("Organization.Read.All", "User.ReadWrite.All"),
)


def role_id(name: str) -> str:
    """The made-up id of a Graph permission."""
    return f"{NAMES.index(name):08}-0000-4000-8000-00000000aaaa"


class FakeAz:
    """The tenant behind the fake CLI, and a way to run a command that finds that CLI."""

    def __init__(self, folder: Path) -> None:
        self._tenant, self._log = folder / "tenant.json", folder / "calls.log"
        self._bin = folder / "bin"
        self._bin.mkdir()
        script = self._bin / "az"
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{HERE}" "$@"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        self.write({"assignments": [], "applications": [], "principals": [], "refuse": ""})

    def write(self, tenant: Mapping[str, Any]) -> None:
        """Put a tenant in place."""
        self._tenant.write_text(json.dumps(tenant))

    def tenant(self) -> dict[str, Any]:
        """The tenant as it is now."""
        tenant: dict[str, Any] = json.loads(self._tenant.read_text())
        return tenant

    def give(self, *names: str) -> None:
        """Let the identity hold these Graph permissions already."""
        tenant = self.tenant()
        for name in names:
            given = {"principalId": MSI, "resourceId": GRAPH_SP, "appRoleId": role_id(name)}
            tenant["assignments"].append(given | {"id": f"given-{name}"})
        self.write(tenant)

    def held(self) -> set[str]:
        """The Graph permissions that the identity holds now."""
        ids = {item["appRoleId"] for item in self.tenant()["assignments"]}
        return {name for name in NAMES if role_id(name) in ids}

    def changes(self) -> list[str]:
        """Every call that was meant to change something."""
        if not self._log.exists():
            return []
        return [line for line in self._log.read_text().splitlines() if not line.startswith("get")]

    def run(self, *command: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Run a command of the repository with this CLI first on its PATH."""
        ours = {
            "PATH": f"{self._bin}:{os.environ['PATH']}",  # noqa: TID251 - a child's environment
            "FAKE_AZ_TENANT": str(self._tenant),
            "FAKE_AZ_LOG": str(self._log),
        }
        return subprocess.run(  # noqa: S603 - our own scripts
            command, env=ours | env, cwd=ROOT, capture_output=True, text=True, check=False
        )


def _answer(tenant: dict[str, Any], method: str, path: str, body: Any) -> Any:
    for pattern, wanted, do in _ROUTES:
        found = re.fullmatch(pattern, path)
        if found and wanted == method:
            return do(tenant, body, **found.groupdict())
    sys.exit(f"ERROR: Not Found: {method} {path}")


def _graph(_: dict[str, Any], __: Any) -> Any:
    roles = [{"id": role_id(n), "value": n, "allowedMemberTypes": ["Application"]} for n in NAMES]
    delegated = {"id": "d", "value": "User.Read.All", "allowedMemberTypes": ["User"]}
    return {"id": GRAPH_SP, "appRoles": [delegated, *roles]}


def _held(tenant: dict[str, Any], _: Any, sp: str, skip: str | None = None) -> Any:
    """One item to a page: whoever forgets to follow the link sees one only."""
    key = "principalId" if sp == MSI else "resourceId"
    items = [item for item in tenant["assignments"] if item[key] == sp]
    at = int(skip or 0)
    side = "appRoleAssignments" if sp == MSI else "appRoleAssignedTo"
    more = f"{BASE}/servicePrincipals/{sp}/{side}?$skiptoken={at + 1}"
    link = {"@odata.nextLink": more} if at + 1 < len(items) else {}
    return {"value": items[at : at + 1], **link}


def _assign(tenant: dict[str, Any], body: Any, sp: str) -> Any:
    if body["resourceId"] != sp:
        sys.exit("ERROR: Bad Request: resourceId")
    if any({k: item[k] for k in body} == body for item in tenant["assignments"]):
        sys.exit("ERROR: Bad Request: Permission being assigned already exists on the object")
    tenant["assignments"].append(body | {"id": f"made-{len(tenant['assignments'])}"})
    return tenant["assignments"][-1]


def _revoke(tenant: dict[str, Any], _: Any, sp: str, item: str) -> Any:
    kept = [one for one in tenant["assignments"] if (one["id"], one["resourceId"]) != (item, sp)]
    if len(kept) == len(tenant["assignments"]):
        sys.exit("ERROR: Not Found")
    tenant["assignments"] = kept


def _find(kind: str, key: str) -> Any:
    return lambda tenant, _, value: {"value": [it for it in tenant[kind] if it.get(key) == value]}


def _create(kind: str) -> Any:
    def create(tenant: dict[str, Any], body: Any) -> Any:
        number = len(tenant[kind]) + 1
        made = {"id": f"{kind}-{number}", "appId": f"app-{number}"} | body
        tenant[kind].append(made)
        return made

    return create


def _application(tenant: dict[str, Any], _: Any, value: str) -> Any:
    found = [one for one in tenant["applications"] if one.get("uniqueName") == value]
    if not found:
        sys.exit('ERROR: Not Found({"error":{"code":"Request_ResourceNotFound","message":"..."}})')
    return found[0]


def _upsert(tenant: dict[str, Any], body: Any, value: str) -> Any:
    """The key is read-only in a body, and nothing is created without the header."""
    if "uniqueName" in body or "Prefer=create-if-missing" not in sys.argv:
        sys.exit("ERROR: Bad Request")
    return _create("applications")(tenant, body | {"uniqueName": value})


def _patch(kind: str) -> Any:
    def patch(tenant: dict[str, Any], body: Any, item: str) -> None:
        next(one for one in tenant[kind] if one["id"] == item).update(body)

    return patch


_SP = r"/servicePrincipals/(?P<sp>[^/?]+)"
_ROUTES: tuple[tuple[str, str, Any], ...] = (
    (rf"/servicePrincipals\(appId='{GRAPH_APP}'\)\?\$select=id,appRoles", "get", _graph),
    (rf"{_SP}/appRoleAssignments(\?\$top=999|\?\$skiptoken=(?P<skip>\d+))?", "get", _held),
    (rf"{_SP}/appRoleAssignedTo(\?\$skiptoken=(?P<skip>\d+))?", "get", _held),
    (rf"{_SP}/appRoleAssignedTo", "post", _assign),
    (rf"{_SP}/appRoleAssignedTo/(?P<item>[^/]+)", "delete", _revoke),
    (r"/applications\(uniqueName='(?P<value>[^']+)'\)", "get", _application),
    (r"/applications\(uniqueName='(?P<value>[^']+)'\)", "patch", _upsert),
    (r"/applications/(?P<item>[^/]+)", "patch", _patch("applications")),
    (r"/servicePrincipals\?\$filter=appId eq '(?P<value>[^']+)'", "get",
     _find("principals", "appId")),
    (r"/servicePrincipals", "post", _create("principals")),
    (r"/servicePrincipals/(?P<item>[^/]+)", "patch", _patch("principals")),
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Answer as az would: JSON on standard output, or an error and exit code 1."""
    if arguments[:2] == ["cloud", "show"]:
        print("https://graph.microsoft.com/")  # noqa: T201
        return 0
    named = {at: after for at, after in itertools.pairwise(arguments) if at.startswith("--")}
    method, url = named["--method"], named["--url"]
    file = Path(os.environ["FAKE_AZ_TENANT"])  # noqa: TID251 - set by FakeAz.run
    with Path(os.environ["FAKE_AZ_LOG"]).open("a") as log:  # noqa: TID251
        log.write(f"{method} {url} {named.get('--body', '')}\n")
    tenant = json.loads(file.read_text())
    if tenant["refuse"] == method:
        sys.exit("ERROR: Forbidden: Insufficient privileges to complete the operation.")
    answer = _answer(
        tenant, method, url.removeprefix(BASE), json.loads(named.get("--body", "null"))
    )
    file.write_text(json.dumps(tenant))
    if answer is not None:
        print(json.dumps(answer))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
