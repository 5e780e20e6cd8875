"""The example for Azure Logic Apps (Consumption): it is one, and it calls the service rightly."""

from typing import Any

from tests.unit.connector.described import faults
from tests.unit.connector.flows import FLOWS, Flow, before, goes_round
from tests.unit.connector.published import FUNCTIONS, LOGIC_APPS_ACTIONS, LOGIC_APPS_TRIGGERS

FOLDER = next(iter(FLOWS.values())).parent / "logic-apps"
FILE = FOLDER / "restore-with-managed-identity.json"
APP = Flow.read(FILE)
CALL: dict[str, Any] = APP.actions["Restore_mailbox"]["inputs"]


def test_the_definition_has_no_actions_of_power_automate() -> None:
    """OpenApiConnection is Power Automate's: the other platform refuses the definition."""
    triggers = {it["type"] for it in APP.document["triggers"].values()}

    assert list(FOLDER.glob("*.json")) == [FILE]
    assert APP.document["$schema"].endswith("/2016-06-01/workflowdefinition.json#")
    assert triggers <= LOGIC_APPS_TRIGGERS
    assert {it["type"] for it in APP.actions.values()} <= LOGIC_APPS_ACTIONS
    assert APP.functions() <= FUNCTIONS


def test_every_action_follows_one_beside_it() -> None:
    """And an expression names what ran before."""
    assert not goes_round(APP)
    for where, reference in APP.references():
        if reference.action:
            assert reference.action in before(where, APP)


def test_the_logic_app_signs_in_by_its_managed_identity() -> None:
    """By the managed identity, for a token of the API: no secret, no person's connection."""
    signed = [it["inputs"]["authentication"] for it in APP.actions.values() if it["type"] == "Http"]

    assert {it["type"] for it in signed} == {"ManagedServiceIdentity"}
    assert CALL["authentication"]["audience"] == "@parameters('audience')"


def test_the_logic_app_sends_what_the_description_asks_for() -> None:
    """The route and the fields are the description's; a repetition is the same restore."""
    assert CALL["uri"].endswith("'/api/mailboxes/restore')")
    assert faults("RestoreFields", CALL["body"]) == []
    assert "workflow()?['run']?['name']" in CALL["body"]["idempotencyKey"]


def test_every_parameter_is_declared_and_used() -> None:
    """With a default that a reader replaces."""
    declared = APP.document["parameters"]

    assert APP.parameters() == set(declared)
    assert all("defaultValue" in it for it in declared.values())


def test_the_readme_explains_the_logic_app() -> None:
    """In the README beside the flows."""
    text = (FOLDER.parent / "README.md").read_text(encoding="utf-8")

    assert f"logic-apps/{FILE.name}" in text
