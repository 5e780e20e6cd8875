"""Change the tenant behind the back of whoever calls Graph, as an administrator might."""

from datetime import UTC, datetime, timedelta
from typing import Any

from infra.local.graph.documents import history, load, parts, people
from infra.local.graph.documents.export import control_user
from infra.local.graph.rules import group_licensing, licensing, mailbox, recycle
from infra.local.graph.rules.locations import set_location
from infra.local.graph.tenant.clock import instant
from infra.local.graph.tenant.directory import Lag, is_deleted
from infra.local.graph.web.wire import Json
from infra.local.graph.world import World

NO_SUCH_USER = "there is no such user"


def show_user(world: World, order: Json) -> Json:
    """Answer a user as it truly is."""
    return control_user(_user(world, order["id"]), world.now, world.switches)


def change_user(world: World, order: Json) -> Json:
    """Set raw properties of a user; what follows from its licences follows."""
    user = _user(world, order["id"])
    changes: Json = load.absolute(order, world.now)
    for name in ("mailbox", "archive"):
        if not isinstance(changes.get(name), dict | None):
            raise ValueError(f"{name} is an object of its properties, or null")  # noqa: TRY004
        if isinstance(changes.get(name), dict) and user.get(name):
            changes[name] = {**user[name], **changes[name]}
    if "usageLocation" in changes:
        set_location(user, changes.pop("usageLocation"), world.now, world.switches)
    user.update({key: value for key, value in changes.items() if key != "id"})
    if {"licenseAssignmentStates", "planStates"} & set(changes):
        licensing.follow(world.tenant, user, world.now, world.switches)
    if "userPrincipalName" in changes:
        mailbox.renamed(user, world.now, world.switches)
    world.tenant.directory.put(user, world.now)
    return control_user(user, world.now, world.switches)


def add_user(world: World, order: Json) -> Json:
    """Add a user as a tenant document describes one."""
    source: Json = load.absolute(order, world.now)
    if "userPrincipalName" not in source:
        raise ValueError("a user needs a userPrincipalName")
    if source.get("id") and world.tenant.directory.peek(source["id"]):
        raise ValueError("this id is taken")
    user = people.seed_user(world.tenant, source, world.switches)
    history.log_changes(world.tenant, user, source, world.now, world.switches, losses=True)
    history.log_deletion(world.tenant, user)
    world.tenant.directory.touch(user["id"], world.now)
    return control_user(user, world.now, world.switches)


def remove_license(world: World, order: Json) -> Json:
    """Take a licence from a user, now or in the past."""
    user = _user(world, order["userId"])
    sku = parts.sku_id(world.tenant, order["skuId"])
    states = user["licenseAssignmentStates"]
    if not any(row["skuId"] == sku for row in states):
        raise ValueError("the user does not have this licence")
    user["licenseAssignmentStates"] = [row for row in states if row["skuId"] != sku]
    licensing.write(world.tenant, user, _when(world, order), world.switches)
    return control_user(user, world.now, world.switches)


def delete_user(world: World, order: Json) -> Json:
    """Delete a user, now or in the past; `inExchange` as deleting its mailbox there does."""
    user = _user(world, order["userId"])
    if is_deleted(user):
        raise ValueError("the user is deleted already")
    there = bool(order.get("inExchange"))
    recycle.delete_user(world.tenant, user, _when(world, order), world.switches, in_exchange=there)
    return control_user(user, world.now, world.switches)


def change_group(world: World, order: Json) -> Json:
    """Set fields of a group, or add one; its members' licences follow, as they do in Entra."""
    changes: Json = load.absolute(order, world.now)
    group_id = str(order["id"]).lower()
    before = world.tenant.groups.get(group_id)
    if "licenses" in changes:
        changes["assignedLicenses"] = changes.pop("licenses")
    rows = changes.get("assignedLicenses")
    group = parts.group(world.tenant, {**(before or {}), **changes, "id": group_id})
    group["assignedLicenses"] = group["assignedLicenses"] if rows is None or rows else []
    world.tenant.put_group(group)
    for member in {*(before or group)["members"], *group["members"]}:
        _inherit(world, member)
    return group


def change_sku(world: World, order: Json) -> Json:
    """Set fields of a SKU, or add one: more seats, another state; its holders' plans follow."""
    sku_id = parts.sku_id(world.tenant, order["id"])
    before = world.tenant.skus.get(sku_id, {"skuId": sku_id, "skuPartNumber": sku_id})
    sku = parts.sku({**before, **load.absolute(order, world.now), "skuId": sku_id})
    sku.pop("id", None)
    world.tenant.skus[sku_id] = sku
    for holder in list(world.tenant.directory.everyone()):
        if any(row["skuId"] == sku_id for row in holder["assignedLicenses"]):
            user = world.tenant.directory.get(holder["id"])
            if user is not None:
                licensing.follow(world.tenant, user, world.now, world.switches)
                world.tenant.directory.put(user, world.now)
    return {**sku, "consumed": world.tenant.consumed(sku_id)}


def change_contact(world: World, order: Json) -> Json:
    """Set fields of an organisational contact, or add one."""
    contact_id = str(order["id"]).lower()
    before = world.tenant.contacts.get(contact_id, {})
    contact = parts.contact({**before, **load.absolute(order, world.now), "id": contact_id})
    world.tenant.contacts[contact_id] = contact
    return contact


def _inherit(world: World, user_id: str) -> None:
    user = world.tenant.directory.get(user_id)
    if user is None or is_deleted(user):
        return
    group_licensing.inherit(world.tenant, user, world.now)
    licensing.write(world.tenant, user, world.now, world.switches)


def _user(world: World, name: Any) -> Json:
    user = world.tenant.directory.get(str(name))
    if user is None:
        active = world.tenant.directory.find_active(str(name), Lag(world.now))
        user = world.tenant.directory.get(active["id"]) if active else None
    if user is None:
        raise LookupError(NO_SUCH_USER)
    return user


def _when(world: World, order: Json) -> datetime:
    if "daysAgo" in order:
        return world.now - timedelta(days=float(order["daysAgo"]))
    return instant(order["at"]).astimezone(UTC) if order.get("at") else world.now
