"""Serve organisational contacts: people outside, whose addresses nobody else may have.

Source: Microsoft "List orgContacts".
"""

from infra.local.graph.odata import query
from infra.local.graph.odata.type_group import CONTACT
from infra.local.graph.tenant.directory import is_deleted
from infra.local.graph.web.wire import Answer, Call, not_found
from infra.local.graph.world import World


def list_contacts(world: World, call: Call) -> Answer:
    """GET /contacts."""
    items = [contact for contact in world.tenant.contacts.values() if not is_deleted(contact)]
    return Answer(body=query.run(call, query.Source(CONTACT, "contacts", items)))


def get_contact(world: World, call: Call) -> Answer:
    """GET /contacts/{id}."""
    contact = world.tenant.contacts.get(call.params["id"].lower())
    if contact is None or is_deleted(contact):
        raise not_found(call.params["id"])
    return Answer(body=query.one(call, CONTACT, "contacts", contact))
