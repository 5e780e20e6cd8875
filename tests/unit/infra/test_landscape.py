"""The templates beside the code: queues, tables, permissions, roles and settings are the same."""

import json

from shared.domain.grants import PERMISSIONS
from shared.intake.caller import Role
from shared.ledger.storage import QUEUE_NAMES, TABLE_NAMES
from tests.unit.infra.bicep import ROOT, names_in

GRAPH = ROOT / "infra" / "graph"


def test_every_table_of_the_code_is_created() -> None:
    """And no other: what is removed from the code goes from the template."""
    assert names_in("storage.bicep", "tableNames") == set(TABLE_NAMES)


def test_every_queue_of_the_code_is_created() -> None:
    """The poison queues, too: until then whoever looks into them meets an error."""
    assert names_in("storage.bicep", "queueNames") == set(QUEUE_NAMES)


def test_permissions_are_granted_for_what_the_code_needs() -> None:
    """The catalogue's features that are on by default are the code's, permission by permission."""
    catalog = json.loads((GRAPH / "permissions.json").read_text())
    on = {name: tuple(it["permissions"]) for name, it in catalog.items() if it["default"]}

    assert on == {str(feature): names for feature, names in PERMISSIONS.items()}


def test_the_api_has_the_roles_that_the_code_knows() -> None:
    """A role that is spelt otherwise would let nobody in."""
    roles = [role["value"] for role in json.loads((GRAPH / "app-roles.json").read_text())]

    assert roles == [str(role) for role in Role]
