"""List which properties are collections: empty they are [], all others null."""

from infra.local.graph.odata.type_group import CONTACT, GROUP
from infra.local.graph.odata.type_tenant import AUDIT, ORGANIZATION
from infra.local.graph.odata.type_user import USER

COLLECTIONS = frozenset(
    name
    for schema in (USER, GROUP, CONTACT, AUDIT, ORGANIZATION)
    for name, kind in schema.types.items()
    if kind == "collection"
)
