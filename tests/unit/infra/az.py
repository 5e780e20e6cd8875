"""Imitate the Azure CLI: a tenant in a JSON file, and a log line for every call.

Imitates `az cloud show`, `az functionapp function list`, and `az rest` as far as Microsoft Graph's
app role assignments, app registrations and service principals go, and a query of Application
Insights; whatever else it is asked ends with an error, as in az. It is started for every call, and
so imports little.
"""

import itertools
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GRAPH_SP = "99999999-0000-4000-8000-000000000000"
GRAPH_APP = "00000003-0000-0000-c000-000000000000"
MSI = "11111111-0000-4000-8000-000000000001"
BASE = "https://graph.microsoft.com/v1.0"

NAMES = (
    *("User.Read.All", "User.DeleteRestore.All", "LicenseAssignment.Read.All"),
    *("LicenseAssignment.ReadWrite.All", "MailboxSettings.Read", "AuditLog.Read.All"),
    *("Directory.Read.All", "RoleManagement.Read.Directory", "GroupMember.Read.All"),
    *("Organization.Read.All", "User.ReadWrite.All", "OrgContact.Read.All"),
    "RoleEligibilitySchedule.Read.Directory",
)


def role_id(name: str) -> str:
    """The made-up id of a Graph permission."""
    return f"{NAMES.index(name):08}-0000-4000-8000-00000000aaaa"


EMPTY: Mapping[str, Any] = {
    "assignments": [],
    "applications": [],
    "principals": [],
    "owners": [],
    "proofs": [],
    "consents": [],
    "refuse": "",
    # What the principal of MSI is.
    "principalType": "ManagedIdentity",
    # How many times a new application is not known yet where its principal is made.
    "young": 0,
    # What Azure lists, look after look; the last one stays.
    "functions": [[]],
    # How many rows the log has, look after look; the last one stays.
    "rows": [0],
}


def _refuse(tenant: dict[str, Any], why: str) -> None:
    """End with an error, and remember what changed until then."""
    _file().write_text(json.dumps(tenant))
    sys.exit(f"ERROR: {why}")


def _next(tenant: dict[str, Any], name: str) -> Any:
    """What is seen at this look; the last answer stays."""
    seen = tenant[name][0]
    tenant[name] = tenant[name][1:] or [seen]
    return seen


def _whose(tenant: dict[str, Any], _: Any, sp: str) -> Any:
    kind = tenant["principalType"] if sp == MSI else "Application"
    return {"displayName": "id-reprieve", "appId": "app-of-it", "servicePrincipalType": kind}


def _owners(tenant: dict[str, Any], _: Any, **__: str) -> Any:
    return {"value": [{"userPrincipalName": name} for name in tenant["owners"]]}


def _proofs(tenant: dict[str, Any], _: Any, **__: str) -> Any:
    return {"value": tenant["proofs"]}


def _prove(tenant: dict[str, Any], body: Any, **__: str) -> Any:
    tenant["proofs"].append(body)
    return body


def _consents(tenant: dict[str, Any], _: Any, client: str) -> Any:
    return {"value": [it for it in tenant["consents"] if it["clientId"] == client]}


def _consent(tenant: dict[str, Any], body: Any) -> Any:
    """One for each client, resource and kind of consent."""
    whose = ("clientId", "consentType", "resourceId")
    if any([it[key] for key in whose] == [body[key] for key in whose] for it in tenant["consents"]):
        sys.exit("ERROR: Conflict: Permission entry already exists.")
    tenant["consents"].append({"id": f"consent-{len(tenant['consents'])}"} | body)
    return tenant["consents"][-1]


def _object(_: dict[str, Any], __: Any, value: str) -> Any:
    return {"id": value, "displayName": "Help desk", "@odata.type": "#microsoft.graph.group"}


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
        if kind == "principals" and tenant["young"]:
            tenant["young"] -= 1
            _refuse(tenant, "Bad Request: NoBackingApplicationObject: The appId does not exist")
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
    (rf"{_SP}\?\$select=displayName,appId,servicePrincipalType", "get", _whose),
    (r"/applications/(?P<item>[^/]+)/owners", "get", _owners),
    (r"/applications/(?P<item>[^/]+)/federatedIdentityCredentials", "get", _proofs),
    (r"/applications/(?P<item>[^/]+)/federatedIdentityCredentials", "post", _prove),
    (r"/directoryObjects/(?P<value>[^/]+)", "get", _object),
    (rf"/servicePrincipals\(appId='{GRAPH_APP}'\)\?\$select=id(,appRoles)?", "get", _graph),
    (r"/oauth2PermissionGrants\?\$filter=clientId eq '(?P<client>[^']+)'", "get", _consents),
    (r"/oauth2PermissionGrants", "post", _consent),
    (r"/oauth2PermissionGrants/(?P<item>[^/]+)", "patch", _patch("consents")),
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
    named = {at: after for at, after in itertools.pairwise(arguments) if at.startswith("--")}
    tenant = json.loads(_file().read_text())
    answer = _reply(arguments[:3], named, tenant)
    _file().write_text(json.dumps(tenant))
    if answer is not None:
        print(answer if isinstance(answer, str) else json.dumps(answer))  # noqa: T201
    return 0


def _reply(words: list[str], named: Mapping[str, str], tenant: dict[str, Any]) -> Any:
    if words[:2] == ["cloud", "show"]:
        is_login = "activeDirectory" in named["--query"] and "Graph" not in named["--query"]
        return "https://login.microsoftonline.com" if is_login else "https://graph.microsoft.com/"
    if words[:2] == ["account", "show"]:
        return "tenant-1"
    if words == ["functionapp", "function", "list"]:
        return [f"{named['--name']}/{name}" for name in _next(tenant, "functions")]
    if words[0] != "rest":
        sys.exit(f"ERROR: {words} is misspelled or not recognized by the system.")
    method, url = named["--method"], named["--url"]
    text = named.get("--body", "null")
    body = json.loads(Path(text[1:]).read_text() if text.startswith("@") else text)
    with Path(os.environ["FAKE_AZ_LOG"]).open("a") as log:  # noqa: TID251 - set by FakeAz
        log.write(f"{method} {url} {json.dumps(body)}\n")
    if tenant["refuse"] == method:
        sys.exit("ERROR: Forbidden: Insufficient privileges to complete the operation.")
    if url.startswith("https://api.applicationinsights.io/v1/apps/"):
        return {"tables": [{"rows": [["a sweep"]] * _next(tenant, "rows")}]}
    return _answer(tenant, method, url.removeprefix(BASE), body)


def _file() -> Path:
    return Path(os.environ["FAKE_AZ_TENANT"])  # noqa: TID251 - set by FakeAz


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
