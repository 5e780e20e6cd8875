"""Serve the deleted items: list, read, restore, purge.

Source: Microsoft "List deletedItems", "Restore deleted item"; Entra docs "Recover from
deletions"; permissions.json in microsoft-graph-devx-content.
"""

import uuid

from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.odata import query
from infra.local.graph.odata.type_group import GROUP
from infra.local.graph.odata.type_user import USER
from infra.local.graph.rules import group_licensing, licensing, reach, recycle, visibility
from infra.local.graph.tenant.copies import clone
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.web.denials import denied
from infra.local.graph.web.wire import Answer, Call, Json, bad_request, not_found, unsupported
from infra.local.graph.world import World

# Source of the names in the context: Microsoft "List deletedItems", example 2.
_USERS, _GROUPS = "users", "groups"
_READ_USERS = frozenset(
    {"User.Read.All", "User.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
)
_READ_GROUPS = frozenset(
    {"Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"}
)
_RESTORE_USERS = frozenset({"User.DeleteRestore.All", "User.ReadWrite.All"})
# The page that is there now lets User.DeleteRestore.All purge as well; older ones did not.
# Source: Microsoft "Permanently delete item".
_PURGE_USERS = _RESTORE_USERS
_WRITE_GROUPS = frozenset({"Group.ReadWrite.All"})


def refuse_untyped(_world: World, _call: Call) -> Answer:
    """GET /directory/deletedItems without a cast.

    Source: Microsoft "List deletedItems"; microsoft-graph-docs-contrib issue 4495.
    """
    raise unsupported(
        "Searches against this resource are not supported. Only specific instances can be queried."
    )


def list_users(world: World, call: Call) -> Answer:
    """GET /directory/deletedItems/microsoft.graph.user."""
    return Answer(body=query.run(call, _source(world, call)))


def count_users(world: World, call: Call) -> Answer:
    """GET /directory/deletedItems/microsoft.graph.user/$count."""
    return Answer(text=str(query.count(call, _source(world, call))), content_type="text/plain")


def list_groups(world: World, call: Call) -> Answer:
    """GET /directory/deletedItems/microsoft.graph.group."""
    items = [group for group in world.tenant.groups.values() if is_deleted(group)]
    return Answer(body=query.run(call, query.Source(GROUP, _GROUPS, items)))


def get_item(world: World, call: Call) -> Answer:
    """GET /directory/deletedItems/{id}, a user or a group."""
    object_id = _object_id(call)
    group = world.tenant.groups.get(object_id)
    if group and is_deleted(group):
        _need(call, _READ_GROUPS)
        return Answer(body=_typed(query.one(call, GROUP, "directoryObjects", group), "group"))
    _need(call, _READ_USERS)
    user = _visible_user(world, call, object_id)
    without = visibility.left_out(world.switches)
    return Answer(body=_typed(query.one(call, USER, "directoryObjects", user, without), "user"))


def get_user(world: World, call: Call) -> Answer:
    """GET /directory/deletedItems/{id}/microsoft.graph.user."""
    user = _visible_user(world, call, _object_id(call))
    return Answer(body=query.one(call, USER, _USERS, user, visibility.left_out(world.switches)))


def get_group(world: World, call: Call) -> Answer:
    """GET /directory/deletedItems/{id}/microsoft.graph.group."""
    object_id = _object_id(call)
    group = world.tenant.groups.get(object_id)
    if group is None or not is_deleted(group):
        raise not_found(object_id)
    return Answer(body=query.one(call, GROUP, _GROUPS, group))


def restore(world: World, call: Call) -> Answer:
    """POST /directory/deletedItems/{id}/restore, with or without a body.

    Source: Microsoft "Restore deleted item"; msgraph-metadata v1.0 CSDL.
    """
    object_id = _object_id(call)
    group = world.tenant.groups.get(object_id)
    if group and is_deleted(group):
        _need(call, _WRITE_GROUPS)
        return Answer(body=_typed(_restore_group(world, call, group), "group"))
    _need(call, _RESTORE_USERS)
    options = recycle.read_options(json_body(call))
    stored = world.tenant.directory.peek(object_id)
    if stored is not None:
        reach.refuse_restricted(world.tenant, stored, call.roles)
    user = recycle.restore_user(world.tenant, object_id, options, world.now, world.switches)
    world.counters.took("restore", object_id, call, world.now)
    shown = query.one(call, USER, "directoryObjects", user)
    return Answer(body=_typed(shown, "user") if world.switches.restore_annotates_type else shown)


def purge(world: World, call: Call) -> Answer:
    """DELETE /directory/deletedItems/{id}."""
    object_id = _object_id(call)
    group = world.tenant.groups.get(object_id)
    if group and is_deleted(group):
        _need(call, _WRITE_GROUPS)
        world.tenant.take_group(object_id)
        return Answer(204)
    _need(call, _PURGE_USERS)
    user = world.tenant.directory.get(object_id)
    if user is None or not is_deleted(user):
        raise not_found(object_id)
    reach.refuse_restricted(world.tenant, user, call.roles)
    reach.refuse_privileged(world.tenant, user, world.switches)
    recycle.purge(world.tenant, user, world.now)
    world.counters.took("purge", object_id, call, world.now)
    return Answer(204)


def _source(world: World, call: Call) -> query.Source:
    asks = "deleteddatetime" in call.query.get("filter", "").lower()
    if asks and not world.switches.deleted_date_filter:
        raise unsupported(
            "Unsupported or invalid query filter clause specified for property 'deletedDateTime' "
            "of resource 'User'."
        )
    _refuse_sorting(world, call)
    by_address = "proxyaddresses" in call.query.get("filter", "").lower()
    if by_address and not world.switches.deleted_address_filter:
        raise unsupported(
            "Unsupported or invalid query filter clause specified for property 'proxyAddresses' "
            "of resource 'User'."
        )
    directory, lag = world.tenant.directory, world.lag(call, listing=True)
    return query.Source(
        USER,
        _USERS,
        visibility.all_shown(directory.listed(lag, deleted=True), world.switches),
        texts=directory.texts(lag),
        exact=world.exact_collections,
        without=visibility.left_out(world.switches),
        memo=None if lag.delay else world.memo,
        # Beside those of the active users, which hang from the same place.
        state=-directory.writes - 1,
    )


def _refuse_sorting(world: World, call: Call) -> None:
    if "deleteddatetime" not in call.query.get("orderby", "").lower():
        return
    if not world.switches.deleted_date_sort:
        raise unsupported("Unsupported sort property 'deletedDateTime' for 'User'.")
    if "filter" in call.query and not world.switches.deleted_sort_with_filter:
        raise unsupported("Sorting not supported for current query.")


def _object_id(call: Call) -> str:
    try:
        return str(uuid.UUID(call.params["id"]))
    except ValueError as error:
        raise bad_request(f"Invalid object identifier '{call.params['id']}'.") from error


def _visible_user(world: World, call: Call, object_id: str) -> Json:
    user = world.tenant.directory.seen(object_id, world.lag(call))
    if user is None or not is_deleted(user):
        raise not_found(object_id)
    return visibility.shown(user, world.switches)


def _restore_group(world: World, call: Call, group: Json) -> Json:
    if recycle.past_window(group, world.now):
        raise not_found(group["id"])
    group["deletedDateTime"] = None
    for member in group["members"]:
        user = world.tenant.directory.get(member)
        if user is not None and not is_deleted(user):
            group_licensing.inherit(world.tenant, user, world.now)
            licensing.write(world.tenant, user, world.now, world.switches)
    world.counters.took("restore", group["id"], call, world.now)
    return clone(query.one(call, GROUP, "directoryObjects", group))


def _typed(body: Json, kind: str) -> Json:
    context = {"@odata.context": body["@odata.context"]}
    return {**context, "@odata.type": f"#microsoft.graph.{kind}", **body}


def _need(call: Call, roles: frozenset[str]) -> None:
    if not call.roles & roles:
        raise denied()
