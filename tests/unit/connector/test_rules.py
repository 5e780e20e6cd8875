"""The connector obeys every rule of Power Platform; and every rule refuses what breaks it."""

import pytest

from tests.unit.connector import (
    rules_of_documents,
    rules_of_extensions,
    rules_of_operations,
    rules_of_schemas,
)
from tests.unit.connector.breaking import Break
from tests.unit.connector.breaks_of_documents import OF_DOCUMENTS
from tests.unit.connector.breaks_of_operations import OF_OPERATIONS
from tests.unit.connector.breaks_of_schemas import OF_SCHEMAS
from tests.unit.connector.connector import a_copy, committed

CONNECTOR = committed()
BREAKS = {**OF_DOCUMENTS, **OF_OPERATIONS, **OF_SCHEMAS}
RULES = {
    rule.__name__: rule
    for module in (rules_of_documents, rules_of_operations, rules_of_schemas, rules_of_extensions)
    for rule in module.RULES
}
EVERY_BREAK = [
    pytest.param(name, broken, id=f"{name} {number}")
    for name, breaks in BREAKS.items()
    for number, broken in enumerate(breaks, 1)
]

OFFERED = {
    "RestoreMailbox",
    "RestoreUser",
    "RestoreLicense",
    "CheckRestore",
    "GetRestore",
    "GetJournal",
    "ListRestores",
    "CancelRestore",
    "RetryRestore",
    "UndoRestore",
    "ListLosses",
    "ListLicenses",
    "StartBatch",
    "GetBatch",
    "GetCapacity",
    "AddGuard",
    "ListGuards",
    "RemoveGuard",
    "SubscribeRestoreFinished",
    "ApproveRestore",
    "RejectRestore",
    "ApproveBatch",
    "RejectBatch",
    "SubscribeApprovalWanted",
    "SubscribeWindowClosing",
}
FOR_MACHINES = {"GetHealth", "GetMe", "Unsubscribe"}


@pytest.mark.parametrize("name", RULES)
def test_the_connector_breaks_no_rule(name: str) -> None:
    """No finding, by the name of the rule."""
    assert [] == list(RULES[name](CONNECTOR))


@pytest.mark.parametrize(("name", "broken"), EVERY_BREAK)
def test_the_rule_refuses_what_breaks_it(name: str, broken: Break) -> None:
    """A definition that is broken in this one way has a finding."""
    connector = a_copy(CONNECTOR)

    broken(connector)

    assert list(RULES[name](connector)) != []


def test_every_rule_can_be_broken() -> None:
    """None without a break, no break without a rule."""
    assert set(RULES) == set(BREAKS)


def test_flow_makers_find_these_operations() -> None:
    """The actions and triggers, and what the engine alone calls."""
    named = {item["operationId"]: item["x-ms-visibility"] for item in CONNECTOR.operations}

    assert OFFERED == {name for name, visibility in named.items() if visibility != "internal"}
    assert FOR_MACHINES == {name for name, visibility in named.items() if visibility == "internal"}
