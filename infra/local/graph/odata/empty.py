"""Which properties are collections: they come as [] where there is nothing, all else as null."""

from infra.local.graph.odata.type_group import CONTACT, GROUP
from infra.local.graph.odata.type_tenant import AUDIT, ORGANIZATION
from infra.local.graph.odata.type_user import USER

COLLECTIONS = frozenset(
    name
    for schema in (USER, GROUP, CONTACT, AUDIT, ORGANIZATION)
    for name, kind in schema.types.items()
    if kind == "collection"
)
