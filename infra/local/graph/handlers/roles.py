"""Serve directory roles: active and eligible assignments, and role definitions.

Graph v1.0 has no list of the roles held through groups: a client asks for the groups of the user
and for the roles of those.
"""

from infra.local.graph.odata import query
from infra.local.graph.odata.schema import Schema
from infra.local.graph.odata.type_tenant import (
    ACTIVE_ROLE,
    APP_ROLE,
    DIRECTORY_ROLE,
    ELIGIBLE_ROLE,
    ROLE_ASSIGNMENT,
    ROLE_DEFINITION,
)
from infra.local.graph.web.denials import premium_needed
from infra.local.graph.web.wire import Answer, Call, Json, not_found
from infra.local.graph.world import World

_ROOT = "roleManagement/directory"


def role_assignments(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleAssignments.

    Source: Microsoft "List unifiedRoleAssignments" (filter, $expand=principal).
    """
    return _grants(world, call, ROLE_ASSIGNMENT, "roleAssignments", world.tenant.roles)


def eligible_roles(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleEligibilityScheduleInstances.

    Source: Microsoft "List roleEligibilityScheduleInstances".
    """
    if world.switches.entra_premium != "P2":
        raise premium_needed()
    rows = world.tenant.eligible
    return _grants(world, call, ELIGIBLE_ROLE, "roleEligibilityScheduleInstances", rows)


def active_roles(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleAssignmentScheduleInstances."""
    if world.switches.entra_premium != "P2":
        raise premium_needed()
    rows = [
        {**row, "assignmentType": "Assigned", "memberType": "Direct"} for row in world.tenant.roles
    ]
    return _grants(world, call, ACTIVE_ROLE, "roleAssignmentScheduleInstances", rows)


def role_definitions(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleDefinitions, those in use."""
    rows = list(_definitions(world).values())
    source = query.Source(ROLE_DEFINITION, f"{_ROOT}/roleDefinitions", rows)
    return Answer(body=query.run(call, source))


def role_definition(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleDefinitions/{id}."""
    found = _definitions(world).get(call.params["id"].lower())
    if found is None:
        raise not_found(call.params["id"])
    return Answer(body=query.one(call, ROLE_DEFINITION, f"{_ROOT}/roleDefinitions", found))


def directory_roles(world: World, call: Call) -> Answer:
    """GET /directoryRoles, those in use."""
    rows = {row["roleDefinitionId"]: role(row) for row in world.tenant.roles}
    source = query.Source(DIRECTORY_ROLE, "directoryRoles", list(rows.values()))
    return Answer(body=query.run(call, source))


def app_roles_of_user(world: World, call: Call) -> Answer:
    """GET /users/{id}/appRoleAssignments, those by a group the user is in as well.

    Source: Microsoft "List appRoleAssignments granted to a user".
    """
    user = world.read_user(call)
    groups = {
        group["id"] for group in world.tenant.groups.values() if user["id"] in group["members"]
    }
    return _app_roles(world, call, {user["id"], *groups})


def app_roles_of_application(world: World, call: Call) -> Answer:
    """GET /servicePrincipals/{id}/appRoleAssignments; an application that has one is there.

    Source: Microsoft "List appRoleAssignments granted to a service principal".
    """
    kind = "ServicePrincipal"
    known = {row["principalId"] for row in world.tenant.app_roles if row["principalType"] == kind}
    principal = call.params["id"].lower()
    if principal not in known:
        raise not_found(principal)
    return _app_roles(world, call, {principal})


def _app_roles(world: World, call: Call, principals: set[str]) -> Answer:
    rows = [row for row in world.tenant.app_roles if row["principalId"] in principals]
    return Answer(body=query.run(call, query.Source(APP_ROLE, "appRoleAssignments", rows)))


def role(grant: Json) -> Json:
    """Answer the directory role that a grant gives."""
    return {
        "id": grant["roleDefinitionId"],
        "displayName": grant["roleName"],
        "roleTemplateId": grant["roleDefinitionId"],
    }


def _grants(world: World, call: Call, schema: Schema, name: str, rows: list[Json]) -> Answer:
    body = query.run(call, query.Source(schema, f"{_ROOT}/{name}", rows))
    wanted = call.query.get("expand", "").lower()
    known = {row["id"]: row for row in rows}
    for shown in body["value"]:
        shown.pop("principal", None)
        if "roledefinition" in wanted:
            shown["roleDefinition"] = _definition(known[shown["id"]])
        if "principal" in wanted:
            shown["principal"] = _principal(world, known[shown["id"]]["principalId"])
    return Answer(body=body)


def _principal(world: World, principal_id: str) -> Json:
    group = world.tenant.groups.get(principal_id)
    if group is not None:
        kind, found = "group", group
    else:
        kind, found = "user", world.tenant.directory.peek(principal_id) or {}
    names = ("id", "displayName", "userPrincipalName", "mail")
    shown = {name: found[name] for name in names if name in found}
    return {"@odata.type": f"#microsoft.graph.{kind}", "id": principal_id, **shown}


def _definitions(world: World) -> dict[str, Json]:
    grants: list[Json] = [*world.tenant.roles, *world.tenant.eligible]
    return {row["roleDefinitionId"].lower(): _definition(row) for row in grants}


def _definition(row: Json) -> Json:
    return {
        "id": row["roleDefinitionId"],
        "displayName": row["roleName"],
        "isBuiltIn": True,
        "isEnabled": True,
        "templateId": row["roleDefinitionId"],
    }
