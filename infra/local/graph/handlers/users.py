"""Serve active users: list, read, create, change, delete."""

from typing import Any

from infra.local.graph.handlers import mailboxes, sign_ins
from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.odata import query
from infra.local.graph.odata.type_user import USER
from infra.local.graph.rules import audit, mailbox, names, reach, recycle, visibility
from infra.local.graph.rules.locations import check_location, set_location
from infra.local.graph.tenant.clock import iso_seconds
from infra.local.graph.web.wire import (
    Answer,
    Call,
    GraphError,
    Json,
    bad_request,
    new_guid,
    words,
)
from infra.local.graph.world import World

_ATTRIBUTES = "onPremisesExtensionAttributes"
# Set by the directory itself or through actions of their own.
_READ_ONLY = words(
    "id deletedDateTime createdDateTime assignedLicenses assignedPlans "
    "licenseAssignmentStates provisionedPlans proxyAddresses onPremisesSyncEnabled "
    "mailboxSettings signInActivity isManagementRestricted"
)


def list_users(world: World, call: Call) -> Answer:
    """GET /users."""
    sign_ins.check(world, call)
    return Answer(body=query.run(call, _source(world, call)))


def count_users(world: World, call: Call) -> Answer:
    """GET /users/$count."""
    return Answer(text=str(query.count(call, _source(world, call))), content_type="text/plain")


def get_user(world: World, call: Call) -> Answer:
    """GET /users/{id or UPN}."""
    sign_ins.check(world, call)
    user = world.read_user(call)
    without = visibility.left_out(world.switches)
    body = query.one(call, USER, "users", user, without)
    if "mailboxSettings" in body and call.roles & mailboxes.READERS:
        body["mailboxSettings"] = mailboxes.settings_of(world, user)
    return Answer(body=body)


def create_user(world: World, call: Call) -> Answer:
    """POST /users; the required properties are those of Microsoft's user-post-users page.

    Their spelling does not mind case: CLI for Microsoft 365 sends mailNickName.
    """
    body = {USER.canonical(name) or name: value for name, value in _document(call).items()}
    for name in ("accountEnabled", "displayName", "mailNickname", "userPrincipalName"):
        if body.get(name) in (None, ""):
            raise bad_request("A value is required for property '" + name + "' of resource 'User'.")
    if not isinstance(body.get("passwordProfile"), dict):
        raise bad_request("A password must be specified to create a new user.")
    upn = _text(body, "userPrincipalName")
    names.check_new_name(world.tenant, upn)
    if names.upn_taken(world.tenant, upn, world.switches):
        raise names.conflict(400, ["userPrincipalName"])
    user = _new_user(body, iso_seconds(world.now))
    world.tenant.directory.put(user, world.now)
    audit.record(world.tenant, audit.Entry("Add user", user, world.now))
    return Answer(201, query.one(call, USER, "users", user))


def update_user(world: World, call: Call) -> Answer:
    """PATCH /users/{id}."""
    user = world.written_user(call)
    reach.refuse_restricted(world.tenant, user, call.roles)
    before = dict(user)
    for name, value in _document(call).items():
        _set(world, user, name, value)
    mailbox.renamed(user, world.now, world.switches)
    if world.tenant.directory.put(user, world.now):
        audit.user_updated(world.tenant, user, before, world.now)
    return Answer(204)


def delete_user(world: World, call: Call) -> Answer:
    """DELETE /users/{id}."""
    user = world.written_user(call)
    reach.refuse_restricted(world.tenant, user, call.roles)
    reach.refuse_privileged(world.tenant, user, world.switches)
    recycle.delete_user(world.tenant, user, world.now, world.switches)
    world.counters.took("delete", user["id"], call, world.now)
    return Answer(204)


def _source(world: World, call: Call) -> query.Source:
    directory, lag = world.tenant.directory, world.lag(call, listing=True)
    items = visibility.all_shown(directory.listed(lag, deleted=False), world.switches)
    return query.Source(
        USER,
        "users",
        items,
        texts=directory.texts(lag),
        exact=world.exact_collections,
        without=visibility.left_out(world.switches),
        memo=None if lag.delay else world.memo,
        state=directory.writes,
    )


def _document(call: Call) -> Json:
    body = json_body(call)
    if not isinstance(body, dict):
        raise GraphError(400, "BadRequest", "Empty Payload. JSON content expected.")
    return {key: value for key, value in body.items() if not key.startswith("@odata.")}


def _text(body: Json, name: str) -> str:
    value: Any = body.get(name)
    if not isinstance(value, str):
        raise bad_request("Cannot convert a primitive value to the expected type 'Edm.String'.")
    return value


def _new_user(body: Json, created: str) -> Json:
    upn = _text(body, "userPrincipalName")
    own = {key: value for key, value in body.items() if USER.canonical(key) == key}
    for name in (*_READ_ONLY, "passwordProfile"):
        own.pop(name, None)
    return {
        "userType": "Member",
        "usageLocation": None,
        "mail": None,
        "onPremisesSyncEnabled": None,
        "deletedDateTime": None,
        "businessPhones": [],
        "assignedLicenses": [],
        "assignedPlans": [],
        "licenseAssignmentStates": [],
        **own,
        "id": new_guid(),
        "createdDateTime": created,
        "proxyAddresses": [f"SMTP:{upn}"],
        "mailbox": None,
    }


def _set(world: World, user: Json, name: str, value: Any) -> None:
    known = USER.canonical(name)
    if known is None:
        raise GraphError(400, "Request_BadRequest", f"Invalid property '{name}'.")
    if known in _READ_ONLY:
        raise bad_request(f"Property '{known}' is read-only and cannot be set.")
    if USER.kind(known) == "bool" and not isinstance(value, bool):
        raise bad_request("Cannot convert a primitive value to the expected type 'Edm.Boolean'.")
    if known == "usageLocation":
        check_location(value)
        set_location(user, value, world.now, world.switches)
    elif known == _ATTRIBUTES:
        user[known] = {**(user.get(known) or {}), **(value or {})}
    elif known != "passwordProfile":
        _check_name(world, user, known, value)
        user[known] = value


def _check_name(world: World, user: Json, known: str, value: Any) -> None:
    if known != "userPrincipalName" or value == user[known]:
        return
    names.check_new_name(world.tenant, str(value))
    if names.upn_taken(world.tenant, str(value), world.switches):
        raise names.conflict(400, ["userPrincipalName"])
