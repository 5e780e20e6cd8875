"""The rules for what fills fields, pages lists and starts flows.

Sources: PowerPlatformConnectors, the validation rules by name where one is named; Microsoft Learn:
"OpenAPI extensions for custom connectors", "Use a webhook as a trigger".
"""

from collections.abc import Iterator

from tests.unit.connector.connector import Connector, Json

_PAIRS = (
    ("x-ms-dynamic-values", "x-ms-dynamic-list"),
    ("x-ms-dynamic-schema", "x-ms-dynamic-properties"),
)


def both_generations_of_an_extension_are_given(connector: Connector) -> Iterator[str]:
    """DynamicListExtensionRequiredFor...: old designers read the one, new ones the other."""
    for place, schema in connector.schemas():
        yield from (place for pair in _PAIRS if len(set(pair) & schema.keys()) == 1)


def no_drop_down_sits_on_a_body(connector: Connector) -> Iterator[str]:
    """It sits in the schema."""
    for operation, parameter in connector.parameters():
        if parameter["in"] == "body" and {name for pair in _PAIRS for name in pair} & {*parameter}:
            yield str(operation["operationId"])


def every_drop_down_is_filled_by_a_list(connector: Connector) -> Iterator[str]:
    """InvokedOperationShouldProduceArray: declared, in its successful answer, with both fields."""
    for place, schema in connector.schemas():
        old, new = schema.get("x-ms-dynamic-values"), schema.get("x-ms-dynamic-list")
        for called, path, fields in _calls(old, new):
            array = connector.success(called).get("properties", {}).get(path, {})
            entry = connector.resolved(array.get("items", {}))
            if array.get("type") != "array" or set(fields) - entry.get("properties", {}).keys():
                yield f"{place}: {called}"


def every_list_in_pages_says_where_it_goes_on(connector: Connector) -> Iterator[str]:
    """InvalidNextLinkNameValue; the link is a member of the answer, and every such list says it."""
    for operation in connector.operations:
        members = connector.success(operation["operationId"]).get("properties", {})
        name = operation.get("x-ms-pageable", {}).get("nextLinkName")
        linked = {"nextLink", "@odata.nextLink"} & members.keys()
        if linked != ({name} if name else set()):
            yield str(operation["operationId"])


def every_next_link_is_led_through_the_gateway(connector: Connector) -> Iterator[str]:
    """By the policy updatenextlink."""
    led = _policed(connector, "updatenextlink")
    for operation in connector.operations:
        if "x-ms-pageable" in operation and operation["operationId"] not in led:
            yield str(operation["operationId"])


def every_trigger_is_single_or_batch(connector: Connector) -> Iterator[str]:
    """And there are three."""
    triggers = _triggers(connector)
    yield from (path for path, it in triggers if it["x-ms-trigger"] not in {"single", "batch"})
    if {it["operationId"] for _, it in triggers} != {
        "SubscribeRestoreFinished",
        "SubscribeApprovalWanted",
        "SubscribeWindowClosing",
    }:
        yield "there are other triggers"


def every_trigger_takes_the_address_of_the_flow(connector: Connector) -> Iterator[str]:
    """WebhookOperationsMissingNotificationUrlProperty: one member, required, and internal.

    Of the 500 such members of certified connectors, 499 are internal.
    """
    for path, operation in _triggers(connector):
        (body,) = (it["schema"] for it in operation["parameters"] if it["in"] == "body")
        marked = [
            name
            for name, member in body["properties"].items()
            if member.get("x-ms-notification-url") is True
        ]
        if len(marked) != 1 or marked[0] not in body["required"]:
            yield path
        elif body["properties"][marked[0]].get("x-ms-visibility") != "internal":
            yield f"{path}: makers see {marked[0]}"


def every_trigger_says_what_is_sent(connector: Connector) -> Iterator[str]:
    """OperationMustHaveNotificationContentExtension: at the path, with text and schema."""
    for path, _ in _triggers(connector):
        content = connector.definition["paths"][path].get("x-ms-notification-content", {})
        if not {"description", "schema"} <= content.keys():
            yield path


def every_trigger_is_answered_201(connector: Connector) -> Iterator[str]:
    """With the Location that is deleted later."""
    for path, operation in _triggers(connector):
        answer = operation["responses"].get("201", {})
        if "Location" not in answer.get("description", ""):
            yield path


def a_subscription_can_be_deleted_by_the_engine_alone(connector: Connector) -> Iterator[str]:
    """A declared DELETE, internal, answered 204."""
    found = [
        operation
        for path, method, operation in connector.routes
        if method == "delete" and path.startswith("/subscriptions/")
    ]
    if not any(it["x-ms-visibility"] == "internal" and "204" in it["responses"] for it in found):
        yield "no internal DELETE"


def every_trigger_is_led_to_the_route_of_subscriptions(connector: Connector) -> Iterator[str]:
    """Its own path is the definition's alone."""
    led = _policed(connector, "routerequesttoendpoint")
    yield from (path for path, it in _triggers(connector) if it["operationId"] not in led)


def _calls(old: Json | None, new: Json | None) -> Iterator[tuple[str, str, list[str]]]:
    if old is not None:
        yield old["operationId"], old["value-collection"], [old["value-path"], old["value-title"]]
    if new is not None:
        yield new["operationId"], new["itemsPath"], [new["itemValuePath"], new["itemTitlePath"]]


def _triggers(connector: Connector) -> list[tuple[str, Json]]:
    return [(path, it) for path, _, it in connector.routes if "x-ms-trigger" in it]


def _policed(connector: Connector, template: str) -> set[str]:
    return {
        name
        for policy in connector.properties["properties"]["policyTemplateInstances"]
        if policy["templateId"] == template
        for name in policy["parameters"]["x-ms-apimTemplate-operationName"]
    }


RULES = (
    both_generations_of_an_extension_are_given,
    no_drop_down_sits_on_a_body,
    every_drop_down_is_filled_by_a_list,
    every_list_in_pages_says_where_it_goes_on,
    every_next_link_is_led_through_the_gateway,
    every_trigger_is_single_or_batch,
    every_trigger_takes_the_address_of_the_flow,
    every_trigger_says_what_is_sent,
    every_trigger_is_answered_201,
    a_subscription_can_be_deleted_by_the_engine_alone,
    every_trigger_is_led_to_the_route_of_subscriptions,
)
