"""The example flows fit the connectors: a maker who copies one finds everything it names."""

import copy
import re

import pytest

from shared.intake.operations import OPERATIONS as DEMANDING
from tests.unit.connector.connector import FOLDER, Json, committed
from tests.unit.connector.flows import FLOWS, OURS, Flow, Reference, before, goes_round
from tests.unit.connector.published import FUNCTIONS, OPERATIONS

CONNECTOR = committed()
EVERY = {name: Flow.read(path) for name, path in FLOWS.items()}
TYPES = {
    "OpenApiConnection",
    "OpenApiConnectionWebhook",
    "Compose",
    "If",
    "Query",
    "Select",
    "Table",
    "ParseJson",
}
STATES = {"Succeeded", "Failed", "Skipped", "TimedOut"}
TRIGGERS = {"Request", "Recurrence", "OpenApiConnection", "OpenApiConnectionWebhook"}

pytestmark = pytest.mark.parametrize("name", FLOWS)

APPROVALS = {"SubscribeApprovalWanted", "ApproveRestore", "RejectRestore"}


def fields_of(operation: str) -> tuple[set[str], set[str]]:
    """The parameters of an operation as a flow names them: all, and those that must be given."""
    known: set[str] = set()
    needed: set[str] = set()
    for item in CONNECTOR.operation(operation)["parameters"]:
        if item["in"] != "body":
            known |= {item["name"]}
            needed |= {item["name"]} if item["required"] else set()
            continue
        members = item["schema"]["properties"]
        known |= {f"body/{name}" for name in members}
        known |= {
            f"body/{name}/{inner}"
            for name, member in members.items()
            for inner in member.get("properties", {})
        }
        # The platform fills in the address itself.
        own = {name for name in members if not members[name].get("x-ms-notification-url")}
        needed |= {f"body/{name}" for name in item["schema"].get("required", []) if name in own}
    return known, needed


def test_the_roles_of_a_flow_are_told(name: str) -> None:
    """Each operation of it lets in somebody who has them; a trigger takes one of its own."""
    page = (FOLDER / "flows" / "README.md").read_text(encoding="utf-8")
    section = page.partition(f"## {name}.json\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"`(Restore\.\w+)`", section.rpartition("\nRoles: ")[2]))
    asked = re.findall(r'"operationId": "(\w+)"', FLOWS[name].read_text(encoding="utf-8"))
    ours = {"Subscribe" if it.startswith("Subscribe") else it for it in asked} & set(DEMANDING)

    assert ours
    assert {it for it in ours if not named & set(DEMANDING[it].roles)} == set()


def test_each_flow_is_a_workflow_definition(name: str) -> None:
    """One trigger, actions of known types, and the schema's own keys."""
    document = EVERY[name].document

    assert document["$schema"].endswith("/2016-06-01/workflowdefinition.json#")
    assert set(document) == {
        "$schema",
        "contentVersion",
        "parameters",
        "triggers",
        "actions",
        "outputs",
    }
    assert {it["type"] for it in document["triggers"].values()} <= TRIGGERS
    assert len(document["triggers"]) == 1
    assert {it["type"] for it in EVERY[name].actions.values()} <= TYPES


def test_every_action_follows_one_beside_it_and_none_goes_round(name: str) -> None:
    """RunAfter names neighbours, with the states they may end in, and makes no circle."""
    names = [action for scope in EVERY[name].scopes for action in scope]

    assert len(names) == len(set(names))
    for scope in EVERY[name].scopes:
        for action in scope.values():
            after = action.get("runAfter", {})
            assert set(after) <= set(scope)
            assert {state for states in after.values() for state in states} <= STATES
    assert not goes_round(EVERY[name])


def test_flows_call_only_operations_of_our_connector(name: str) -> None:
    """At least once, and no operation that only machines call."""
    called = [inputs["host"]["operationId"] for _, inputs in EVERY[name].calls()]

    operations = CONNECTOR.operations
    visible = {it["operationId"] for it in operations if it["x-ms-visibility"] != "internal"}
    assert called != []
    assert set(called) <= visible


def test_flows_send_exactly_the_fields_of_an_operation(name: str) -> None:
    """Parameters by their path."""
    for _, inputs in EVERY[name].calls():
        known, needed = fields_of(inputs["host"]["operationId"])
        assert needed <= set(inputs["parameters"]) <= known


def wrong_calls(flow: Flow) -> list[str]:
    """Calls of a connector that its published definition does not know in this way."""
    found = []
    for name, action in flow.connected():
        host = action["inputs"]["host"]
        operation = host["operationId"]
        if host["apiId"] == OURS:
            ours = CONNECTOR.operation(operation)
            is_trigger = "x-ms-trigger" in ours
            wanted = "OpenApiConnectionWebhook" if is_trigger else "OpenApiConnection"
            if "summary" not in ours or action["type"] != wanted:
                found.append(f"{name}: {operation} is no {action['type']}")
            continue
        known = OPERATIONS.get((host["connectionName"], operation))
        given = set(action["inputs"]["parameters"])
        if known is None or known.is_trigger is not (name in flow.document["triggers"]):
            found.append(f"{name}: {host['connectionName']} has no such {operation}")
        elif known.type != action["type"]:
            found.append(f"{name}: {operation} is a {known.type}")
        elif not known.needed <= given <= known.needed | known.known:
            found.append(f"{name}: {operation} takes {sorted(known.needed ^ given)}")
    return found


def test_flows_call_other_connectors_as_published(name: str) -> None:
    """The type that its operation has, triggers as triggers, and parameters by their keys."""
    assert wrong_calls(EVERY[name]) == []


def test_every_function_is_one_of_the_language(name: str) -> None:
    """One that is not is refused when the flow is saved."""
    assert EVERY[name].functions() - FUNCTIONS == set()


# &, < and >, in this order: else the first would spoil the others.
ESCAPED = re.compile(
    r"@replace\(replace\(replace\(string\(.+\), '&', '&amp;'\), '<', '&lt;'\), '>', '&gt;'\)"
)


def test_texts_of_others_are_escaped_in_mails(name: str) -> None:
    """Names, and what a request says, come from others: in HTML they are text and nothing more."""
    flow = EVERY[name]
    escaped = {
        key
        for key, action in flow.actions.items()
        if action["type"] == "Table"
        or (action["type"] == "Compose" and ESCAPED.fullmatch(str(action["inputs"])))
    }
    for where, action in flow.connected():
        body = str(action["inputs"]["parameters"].get("emailMessage/Body", ""))
        if body:
            named = {it.action for at, it in flow.references() if at == where} & set(
                re.findall(r"'(\w+)'", body)
            )
            tested = set(re.findall(r"empty\(body\('(\w+)'\)\)", body))
            assert named - tested <= escaped
            assert "trigger" not in body


def test_expressions_name_what_ran_before(name: str) -> None:
    """Every action that an expression names is there and comes before."""
    flow = EVERY[name]
    for where, reference in flow.references():
        if reference.action:
            assert reference.action in before(where, flow)


def test_expressions_name_fields_that_the_answers_have(name: str) -> None:
    """As far as the answers are ours."""
    flow = EVERY[name]
    ours = 0
    for where, reference in flow.references():
        ours += flow.schema_at(reference, where, CONNECTOR) is not None

    assert ours > 0


def test_every_parameter_is_declared_and_used(name: str) -> None:
    """With a default that a maker replaces."""
    flow = EVERY[name]

    declared = flow.document["parameters"]
    assert flow.parameters() | {"$connections"} == set(declared)
    assert all("defaultValue" in it for it in declared.values())


def test_what_changes_the_tenant_carries_a_key(name: str) -> None:
    """A run that is repeated by hand joins its restore."""
    for _, inputs in EVERY[name].calls():
        if inputs["host"]["operationId"].startswith(("Restore", "StartBatch")):
            assert "@" in inputs["parameters"]["body/idempotencyKey"]


def test_an_approval_is_for_the_plan_that_was_shown(name: str) -> None:
    """The hash that the event brought goes back; one of the flows decides, and no other."""
    calls = {inputs["host"]["operationId"]: inputs for _, inputs in EVERY[name].calls()}

    assert (APPROVALS <= set(calls)) == (name == "decide-on-approvals")
    for operation in {"ApproveRestore", "RejectRestore"} & set(calls):
        shown = calls[operation]["parameters"]["body/planHash"]
        assert shown == "@triggerBody()?['data']?['approval']?['planHash']"


def test_the_readme_explains_each_flow_in_ten_lines(name: str) -> None:
    """In the README beside."""
    text = (FLOWS[name].parent / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"## {name}.json\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.strip()]

    assert 5 <= len(lines) <= 10


def test_a_wrong_call_is_found(name: str) -> None:
    """Another type, an operation that is not there, a trigger in place of an action."""
    queue = {"connectionName": "shared_azurequeues", "operationId": "OnMessages_V2", "apiId": "x"}
    spoilt: tuple[tuple[Json, Json], ...] = (
        ({"type": "Http"}, {}),
        ({}, {"operationId": "GetMessages_V3"}),
        ({}, queue),
    )
    for action, host in spoilt:
        flow = copy.deepcopy(EVERY[name])
        where = next(key for key, _ in flow.connected() if key in flow.actions)

        flow.actions[where].update(action)
        flow.actions[where]["inputs"]["host"].update(host)

        assert wrong_calls(flow) != []


def test_a_broken_flow_is_found(name: str) -> None:
    """A circle, and a field that no answer has."""
    flow = copy.deepcopy(EVERY[name])
    own = next(key for key, _ in flow.calls())
    kind = "body" if own in flow.actions else "triggerBody"
    first = next(iter(flow.document["actions"]))

    flow.document["actions"][first]["runAfter"] = {first: ["Succeeded"]}

    assert goes_round(flow)
    with pytest.raises(KeyError):
        flow.schema_at(Reference(kind, own, ("noSuchField",)), "", CONNECTOR)
