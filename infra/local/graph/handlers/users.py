"""Active users: list, read, create, change, delete."""

import re
from typing import Any

from infra.local.graph.handlers.bodies import json_body
from infra.local.graph.odata import query
from infra.local.graph.odata.schema import USER
from infra.local.graph.rules import audit, recycle
from infra.local.graph.tenant.clock import iso_seconds
from infra.local.graph.web.wire import Answer, Call, GraphError, Json, bad_request, new_guid, words
from infra.local.graph.world import World

_LOCATION = re.compile(r"[A-Z]{2}")
# Set by the directory itself or through actions of their own.
_READ_ONLY = words(
    "id deletedDateTime createdDateTime assignedLicenses assignedPlans "
    "licenseAssignmentStates provisionedPlans proxyAddresses onPremisesSyncEnabled "
    "mailboxSettings"
)


def list_users(world: World, call: Call) -> Answer:
    """GET /users."""
    directory, lag = world.tenant.directory, world.lag(call)
    items, texts = directory.listed(lag, deleted=False), directory.texts(lag)
    return Answer(body=query.run(call, query.Source(USER, "users", items, texts=texts)))


def count_users(world: World, call: Call) -> Answer:
    """GET /users/$count."""
    items = world.tenant.directory.listed(world.lag(call), deleted=False)
    found = query.count(call, query.Source(USER, "users", items))
    return Answer(text=str(found), content_type="text/plain")


def get_user(world: World, call: Call) -> Answer:
    """GET /users/{id or UPN}."""
    return Answer(body=query.one(call, USER, "users", world.active_user(call)))


def create_user(world: World, call: Call) -> Answer:
    """POST /users; the required properties are those of Microsoft's user-post-users page."""
    body = _document(call)
    for name in ("accountEnabled", "displayName", "mailNickname", "userPrincipalName"):
        if body.get(name) in (None, ""):
            raise bad_request("A value is required for property '" + name + "' of resource 'User'.")
    if not isinstance(body.get("passwordProfile"), dict):
        raise bad_request("A password must be specified to create a new user.")
    upn = _text(body, "userPrincipalName")
    recycle.check_upn(world.tenant, upn)
    if recycle.upn_taken(world.tenant, upn):
        raise recycle.conflict(400, ["userPrincipalName"])
    user = _new_user(body, iso_seconds(world.now))
    world.tenant.directory.put(user, world.now)
    audit.record(world.tenant, "Add user", user, world.now)
    return Answer(201, query.one(call, USER, "users", user))


def update_user(world: World, call: Call) -> Answer:
    """PATCH /users/{id}."""
    user = world.active_user(call, for_write=True)
    before = dict(user)
    for name, value in _document(call).items():
        _set(world, user, name, value)
    world.tenant.directory.put(user, world.now)
    if user != before:
        audit.user_updated(world.tenant, user, before, world.now)
    return Answer(204)


def delete_user(world: World, call: Call) -> Answer:
    """DELETE /users/{id}."""
    user = world.active_user(call, for_write=True)
    recycle.refuse_privileged(world.tenant, user, world.switches)
    recycle.delete_user(world.tenant, user, world.now, world.switches)
    return Answer(204)


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
    named = ((USER.canonical(key), value) for key, value in body.items())
    own = {key: value for key, value in named if key and key not in _READ_ONLY}
    own.pop("passwordProfile", None)
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
        raise GraphError(
            400,
            "Request_BadRequest",
            f"Invalid property '{name}'.",
        )
    if known in _READ_ONLY:
        raise bad_request(f"Property '{known}' is read-only and cannot be set.")
    if known == "usageLocation" and not (isinstance(value, str) and _LOCATION.fullmatch(value)):
        raise bad_request(
            "Invalid value specified for property 'usageLocation' of resource 'User'."
        )
    if USER.types[known] == "bool" and not isinstance(value, bool):
        raise bad_request("Cannot convert a primitive value to the expected type 'Edm.Boolean'.")
    if known == "userPrincipalName" and value != user[known]:
        recycle.check_upn(world.tenant, str(value))
        if recycle.upn_taken(world.tenant, str(value)):
            raise recycle.conflict(400, ["userPrincipalName"])
    if known != "passwordProfile":
        user[known] = value
