"""List ways to break each rule of schemas, to prove that the rule can fail."""

from collections.abc import Mapping
from typing import Final

from tests.unit.connector.breaking import (
    Break,
    answer,
    bare_member,
    body,
    body_of,
    definition,
    in_properties,
    member,
    no_answer,
    no_notification,
    operation,
    parameter,
    without,
)

_OLD = {"operationId": "ListLosses", "value-collection": "value", "value-path": "id"}

OF_SCHEMAS: Final[Mapping[str, tuple[Break, ...]]] = {
    "no_schema_is_empty": (
        lambda it: body_of(it, "RestoreUser")["properties"].update({"new": {}}),
        answer("CheckRestore", "200", schema={}),
    ),
    "every_object_has_members": (body("RestoreUser", properties={}),),
    "every_list_says_what_it_holds": (
        definition("Restore", "plan", items={}),
        definition("Restore", "reason", type="array"),
    ),
    "no_list_of_required_members_is_empty_or_wrong": (
        body("RestoreUser", required=[]),
        body("RestoreUser", required=["person"]),
    ),
    "nothing_stands_beside_a_reference": (
        lambda it: it.operation("GetRestore")["responses"]["200"]["schema"].update({"type": "a"}),
    ),
    "every_reference_leads_somewhere": (
        lambda it: it.operation("GetRestore")["responses"]["200"].update(
            {"schema": {"$ref": "#/definitions/Nothing"}}
        ),
    ),
    "every_type_and_format_is_known": (
        definition("Restore", "attempts", type=["integer", "null"]),
        definition("Restore", "attempts", format="int16"),
        parameter("ListRestores", 0, type="text"),
    ),
    "nothing_is_newer_than_openapi_2": (
        definition("Restore", "reason", nullable=True),
        definition("Restore", "user", oneOf=[]),
    ),
    "every_member_of_a_request_has_a_title": (bare_member("RestoreUser", "user", "x-ms-summary"),),
    "every_member_of_an_answer_has_a_title": (
        definition("Restore", "outcome", properties={"code": {"type": "string"}}),
        definition("Restore", "reason", **{"x-ms-summary": "the reason"}),
    ),
    "every_member_has_a_description": (bare_member("RestoreUser", "user", "description"),),
    "every_choice_has_a_name": (
        bare_member("CheckRestore", "kind", "x-ms-enum-values"),
        member("CheckRestore", "kind", enum=["mailbox"]),
        parameter("ListRestores", 0, **{"x-ms-enum-values": []}),
    ),
    "what_is_internal_and_required_has_a_default": (
        bare_member("SubscribeWindowClosing", "event", "default"),
    ),
    "what_is_internal_with_a_default_is_required": (
        body("SubscribeWindowClosing", required=["notificationUrl"]),
        parameter("ListRestores", 7, default="x"),
    ),
    "both_generations_of_an_extension_are_given": (
        bare_member("RestoreUser", "user", "x-ms-dynamic-list"),
        bare_member("RestoreUser", "user", "x-ms-dynamic-values"),
        member("RestoreUser", "user", **{"x-ms-dynamic-schema": {}}),
    ),
    "no_drop_down_sits_on_a_body": (parameter("RestoreUser", 0, **{"x-ms-dynamic-values": {}}),),
    "every_drop_down_is_filled_by_a_list": (
        member("RestoreUser", "user", **{"x-ms-dynamic-values": _OLD | {"value-title": "name"}}),
        operation("ListLosses", operationId="ListOthers"),
        no_answer("ListLicenses", "200"),
    ),
    "every_list_in_pages_says_where_it_goes_on": (
        operation("ListRestores", **{"x-ms-pageable": {"nextLinkName": "next"}}),
        without("ListRestores", "x-ms-pageable"),
    ),
    "every_next_link_is_led_through_the_gateway": (in_properties(policyTemplateInstances=[]),),
    "every_trigger_is_single_or_batch": (
        operation("SubscribeWindowClosing", **{"x-ms-trigger": "many"}),
        without("SubscribeWindowClosing", "x-ms-trigger"),
    ),
    "every_trigger_takes_the_address_of_the_flow": (
        bare_member("SubscribeWindowClosing", "notificationUrl", "x-ms-notification-url"),
        body("SubscribeWindowClosing", required=["event"]),
        bare_member("SubscribeWindowClosing", "notificationUrl", "x-ms-visibility"),
    ),
    "every_trigger_says_what_is_sent": (no_notification,),
    "every_trigger_is_answered_201": (no_answer("SubscribeWindowClosing", "201"),),
    "a_subscription_can_be_deleted_by_the_engine_alone": (
        operation("Unsubscribe", **{"x-ms-visibility": "important"}),
        lambda it: it.definition["paths"].pop("/subscriptions/{subscriptionId}"),
    ),
    "every_trigger_is_led_to_the_route_of_subscriptions": (
        in_properties(policyTemplateInstances=[]),
    ),
}
