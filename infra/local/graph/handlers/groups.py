"""Serve groups, their members, and the memberships of a user."""

from collections.abc import Callable, Iterable

from infra.local.graph.handlers import roles
from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.odata import query
from infra.local.graph.odata.schema import Schema
from infra.local.graph.odata.type_group import GROUP, MEMBER, UNIT
from infra.local.graph.odata.type_tenant import DIRECTORY_ROLE
from infra.local.graph.odata.type_user import USER
from infra.local.graph.rules.reach import principals
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.web.denials import denied
from infra.local.graph.web.wire import Answer, Call, Json, bad_request, not_found, words
from infra.local.graph.world import World

type Found = tuple[str, Schema, Json, bool]  # kind, its type, the object, and whether it is named

# Microsoft's permissions tables; without one of these only ids are shown ("limited information
# returned for inaccessible member objects").
_NAMES_GROUPS = words(
    "GroupMember.Read.All Group.Read.All Group.ReadWrite.All Directory.Read.All "
    "Directory.ReadWrite.All"
)
_NAMES_ROLES = words(
    "RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory Directory.Read.All "
    "Directory.ReadWrite.All"
)
_NAMES_UNITS = words("AdministrativeUnit.Read.All Directory.Read.All Directory.ReadWrite.All")
_NAMES_USERS = words("User.Read.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All")
_MOST_GROUPS = 20


def list_groups(world: World, call: Call) -> Answer:
    """GET /groups."""
    items = [group for group in world.tenant.groups.values() if not is_deleted(group)]
    return Answer(body=query.run(call, query.Source(GROUP, "groups", items)))


def get_group(world: World, call: Call) -> Answer:
    """GET /groups/{id}; a deleted one is not found here."""
    return Answer(body=query.one(call, GROUP, "groups", _group(world, call)))


def members(world: World, call: Call) -> Answer:
    """GET /groups/{id}/members: users and groups, not those of the groups within."""
    return _listed(call, _members(world, call, _group(world, call)["members"]))


def all_members(world: World, call: Call) -> Answer:
    """GET /groups/{id}/transitiveMembers."""
    return _listed(call, _members(world, call, world.tenant.all_members_of(_group(world, call))))


def owners(world: World, call: Call) -> Answer:
    """GET /groups/{id}/owners."""
    return _listed(call, _members(world, call, _group(world, call)["owners"]))


def member_of(*kinds: str, transitive: bool = False) -> Callable[[World, Call], Answer]:
    """Answer the handler of GET /users/{id}/memberOf, or transitiveMemberOf, for some kinds.

    A role that a group has is a transitive membership of its members; that Graph shows it so is
    not confirmed by a source.
    """

    def handle(world: World, call: Call) -> Answer:
        user_id = world.read_user(call)["id"]
        found: list[Found] = []
        if "group" in kinds:
            found += _groups(world, call, user_id, transitive=transitive)
        if "directoryRole" in kinds:
            found += _roles(world, call, user_id, transitive=transitive)
        if "administrativeUnit" in kinds:
            named = bool(call.roles & _NAMES_UNITS)
            units = world.tenant.units_of(user_id)
            found += [("administrativeUnit", UNIT, unit, named) for unit in units]
        return _listed(call, found)

    return handle


def check_member_groups(world: World, call: Call) -> Answer:
    """POST /users/{id}/checkMemberGroups; transitive, up to 20 groups.

    Source: Microsoft "directoryObject: checkMemberGroups".
    """
    _need_both(call)
    return _checked(world, call, world.read_user(call)["id"])


def check_groups_of_deleted(world: World, call: Call) -> Answer:
    """POST /directory/deletedItems/{id}/checkMemberGroups.

    Source: Microsoft "Confirm-MgDirectoryDeletedItemMemberGroup"; see the switch for what it says.
    """
    _need_both(call)
    user_id = call.params["id"].lower()
    user = world.tenant.directory.peek(user_id)
    says = world.switches.deleted_groups
    if user is None or not is_deleted(user) or says == "refused":
        raise not_found(call.params["id"])
    return _ids(call, []) if says == "none" else _checked(world, call, user_id)


def _checked(world: World, call: Call, user_id: str) -> Answer:
    body = json_body(call)
    wanted = body.get("groupIds") if isinstance(body, dict) else None
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise bad_request("The parameter 'groupIds' is missing from the request payload.")
    if len(wanted) > _MOST_GROUPS:
        raise bad_request(f"The maximum number of groups is {_MOST_GROUPS}.")
    own = {group["id"] for group in world.tenant.all_groups_of(user_id)}
    return _ids(call, [one for one in wanted if one.lower() in own])


def member_groups(world: World, call: Call) -> Answer:
    """POST /users/{id}/getMemberGroups; transitive."""
    _need_both(call)
    groups = world.tenant.all_groups_of(world.read_user(call)["id"])
    body = json_body(call)
    only_security = isinstance(body, dict) and body.get("securityEnabledOnly") is True
    return _ids(call, [g["id"] for g in groups if g["securityEnabled"] or not only_security])


def _group(world: World, call: Call) -> Json:
    group = world.tenant.groups.get(call.params["id"].lower())
    if group is None or is_deleted(group):
        raise not_found(call.params["id"])
    return group


def _groups(world: World, call: Call, user_id: str, *, transitive: bool) -> Iterable[Found]:
    tenant = world.tenant
    found = tenant.all_groups_of(user_id) if transitive else tenant.groups_of(user_id)
    named = bool(call.roles & _NAMES_GROUPS)
    return [("group", GROUP, group, named) for group in found]


def _roles(world: World, call: Call, user_id: str, *, transitive: bool) -> Iterable[Found]:
    holders = principals(world.tenant, user_id) if transitive else {user_id}
    named = bool(call.roles & _NAMES_ROLES)
    held = [row for row in world.tenant.roles if row["principalId"] in holders]
    return [("directoryRole", DIRECTORY_ROLE, roles.role(row), named) for row in held]


def _members(world: World, call: Call, ids: Iterable[str]) -> Iterable[Found]:
    for member in ids:
        group, user = world.tenant.groups.get(member), world.tenant.directory.peek(member)
        if group is not None and not is_deleted(group):
            yield "group", GROUP, group, bool(call.roles & _NAMES_GROUPS)
        elif user is not None and not is_deleted(user):
            yield "user", USER, user, bool(call.roles & _NAMES_USERS)


def _listed(call: Call, found: Iterable[Found]) -> Answer:
    rows = [_shown(call, *one) for one in found]
    source = query.Source(MEMBER, "directoryObjects", rows)
    return Answer(body=query.run_shown(call, source))


def _shown(call: Call, kind: str, schema: Schema, item: Json, named: bool) -> Json:  # noqa: FBT001
    names = query.known_selection(call, schema) if named else ["id"]
    blank: Json = {} if named else {"displayName": None}
    shown = query.project(item, names)
    return {"@odata.type": f"#microsoft.graph.{kind}", **shown, **blank}


def _ids(call: Call, ids: list[str]) -> Answer:
    context = f"{call.base_url}/$metadata#Collection(Edm.String)"
    return Answer(body={"@odata.context": context, "value": ids})


def _need_both(call: Call) -> None:
    """Raise the 403 for a caller who may not read users and groups alike."""
    if not (call.roles & _NAMES_USERS and call.roles & _NAMES_GROUPS):
        raise denied()
