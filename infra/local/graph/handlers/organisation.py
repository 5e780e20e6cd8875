"""Groups, roles, domains and the organisation, as much as restoring people needs."""

from infra.local.graph.odata import query
from infra.local.graph.odata.schema import GROUP, ROLE_ASSIGNMENT
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.web.wire import Answer, Call, Json, not_found, words
from infra.local.graph.world import World

# Microsoft's permissions tables; without one of these only ids are shown ("limited information
# returned for inaccessible member objects").
_NAMES_GROUPS = words(
    "GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All "
    "Directory.ReadWrite.All"
)
_NAMES_ROLES = frozenset(
    [
        "RoleManagement.Read.Directory",
        "RoleManagement.ReadWrite.Directory",
        "Directory.Read.All",
        "Directory.ReadWrite.All",
    ]
)


def member_of(world: World, call: Call) -> Answer:
    """GET /users/{id}/memberOf: groups and directory roles."""
    return _members(call, _groups(world, call) + _roles(world, call))


def member_of_groups(world: World, call: Call) -> Answer:
    """GET /users/{id}/memberOf/microsoft.graph.group."""
    return _members(call, _groups(world, call))


def member_of_roles(world: World, call: Call) -> Answer:
    """GET /users/{id}/memberOf/microsoft.graph.directoryRole."""
    return _members(call, _roles(world, call))


def list_groups(world: World, call: Call) -> Answer:
    """GET /groups."""
    items = [group for group in world.tenant.groups.values() if not is_deleted(group)]
    return Answer(body=query.run(call, query.Source(GROUP, "groups", items)))


def get_group(world: World, call: Call) -> Answer:
    """GET /groups/{id}; a deleted one is not found here."""
    group = world.tenant.groups.get(call.params["id"].lower())
    if group is None or is_deleted(group):
        raise not_found(call.params["id"])
    return Answer(body=query.one(call, GROUP, "groups", group))


def organization(world: World, call: Call) -> Answer:
    """GET /organization."""
    tenant = world.tenant
    row: Json = {
        "id": tenant.id,
        "displayName": tenant.name,
        "countryLetterCode": tenant.country,
        "tenantType": "AAD",
        "onPremisesSyncEnabled": None,
        "verifiedDomains": [
            {
                "capabilities": "Email, OfficeCommunicationsOnline",
                "isDefault": domain.get("isDefault", False),
                "isInitial": domain.get("isInitial", False),
                "name": domain["id"],
                "type": "Managed",
            }
            for domain in tenant.domains
            if domain.get("isVerified", True)
        ],
    }
    wanted = [name.strip() for name in call.query.get("select", "").split(",") if name.strip()]
    shown = {key: row.get(key) for key in wanted} if wanted else row
    context = f"{call.base_url}/$metadata#organization"
    return Answer(body={"@odata.context": context, "value": [shown]})


def domains(world: World, call: Call) -> Answer:
    """GET /domains."""
    rows = [
        {
            "authenticationType": "Managed",
            "isDefault": False,
            "isInitial": False,
            "isRoot": True,
            "isVerified": True,
            "supportedServices": ["Email", "OfficeCommunicationsOnline"],
            **domain,
        }
        for domain in world.tenant.domains
    ]
    return Answer(body={"@odata.context": f"{call.base_url}/$metadata#domains", "value": rows})


def role_assignments(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleAssignments."""
    body = query.run(
        call,
        query.Source(
            ROLE_ASSIGNMENT, "roleManagement/directory/roleAssignments", world.tenant.roles
        ),
    )
    if "roledefinition" in call.query.get("expand", "").lower():
        names = {row["id"]: row for row in world.tenant.roles}
        for row in body["value"]:
            row["roleDefinition"] = _definition(names[row["id"]])
    for row in body["value"]:
        row.pop("principal", None)
    return Answer(body=body)


def role_definitions(world: World, call: Call) -> Answer:
    """GET /roleManagement/directory/roleDefinitions, those in use."""
    rows = {row["roleDefinitionId"]: _definition(row) for row in world.tenant.roles}
    context = f"{call.base_url}/$metadata#roleManagement/directory/roleDefinitions"
    return Answer(body={"@odata.context": context, "value": list(rows.values())})


def directory_roles(world: World, call: Call) -> Answer:
    """GET /directoryRoles, those in use."""
    rows = {row["roleDefinitionId"]: _role(row, named=True) for row in world.tenant.roles}
    context = f"{call.base_url}/$metadata#directoryRoles"
    return Answer(body={"@odata.context": context, "value": list(rows.values())})


def _members(call: Call, rows: list[Json]) -> Answer:
    context = f"{call.base_url}/$metadata#directoryObjects"
    return Answer(body={"@odata.context": context, "value": rows})


def _groups(world: World, call: Call) -> list[Json]:
    user = world.active_user(call)
    named = bool(call.roles & _NAMES_GROUPS)
    names = query.selection(call, GROUP) if named else ["id"]
    kind = {"@odata.type": "#microsoft.graph.group"}
    blank: Json = {} if named else {"displayName": None}
    groups = world.tenant.groups_of(user["id"])
    return [{**kind, **query.project(group, names), **blank} for group in groups]


def _roles(world: World, call: Call) -> list[Json]:
    user = world.active_user(call)
    named = bool(call.roles & _NAMES_ROLES)
    kind = {"@odata.type": "#microsoft.graph.directoryRole"}
    return [
        {**kind, **_role(row, named=named)} for row in world.tenant.role_assignments(user["id"])
    ]


def _role(row: Json, *, named: bool) -> Json:
    return {
        "id": row["roleDefinitionId"],
        "displayName": row["roleName"] if named else None,
        "roleTemplateId": row["roleDefinitionId"] if named else None,
    }


def _definition(row: Json) -> Json:
    return {
        "id": row["roleDefinitionId"],
        "displayName": row["roleName"],
        "isBuiltIn": True,
        "isEnabled": True,
        "templateId": row["roleDefinitionId"],
    }
