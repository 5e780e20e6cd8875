"""Build the connector's triggers: one for each event that can be subscribed to.

Why paths of their own: the service has one route for subscriptions, and a definition may have one
operation for a path and method, with one schema of what is sent. The connector's gateway leads
both paths to the one route. Source: Microsoft Learn, "Route request" (policy template).
"""

from dataclasses import dataclass
from typing import Any, Final

from infra.connector.documents.enums import Schema
from infra.connector.power_platform.narrow import DEFINITIONS, choices
from shared.domain.outcomes import Status

type Json = dict[str, Any]

_ENDS: Final = [status.value for status in Status if status.is_final]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One event as a trigger; `payload` names the schema of what is sent.

    `filters` are the fields of a subscription that a flow maker may fill in.
    """

    id: str
    path: str
    event: str
    payload: str
    summary: str
    description: str
    hint: str
    filters: tuple[str, ...] = ()


ROUTE: Final = "/subscriptions"

TRIGGERS: Final = (
    Trigger(
        "SubscribeRestoreFinished",
        "/triggers/restore-finished",
        "restore.finished.v1",
        "RestoreFinished",
        "When a restore finishes",
        "Starts a flow once for every restore that ends, however it ends and whoever asked for it.",
        "To see it work, restore somebody who was deleted for a test.",
        ("statuses", "kinds"),
    ),
    Trigger(
        "SubscribeApprovalWanted",
        "/triggers/approval-wanted",
        "restore.approval-wanted.v1",
        "ApprovalWanted",
        "When a restore waits for an approval",
        "Starts a flow once for every plan that somebody has to approve before it is carried out.",
        "To see it work, set APPROVE_KINDS, and restore somebody who was deleted for a test.",
        ("kinds",),
    ),
    Trigger(
        "SubscribeWindowClosing",
        "/triggers/window-closing",
        "restore.window-closing.v1",
        "WindowClosing",
        "When a window is about to close",
        "Starts a flow for everybody whose mailbox can come back for a few days only, or may go"
        " soon.",
        "It starts a few days before the 30 days of a deleted user are over.",
    ),
)


def path_item(trigger: Trigger, subscription: Schema) -> Json:
    """The trigger's path: what is sent, and how to subscribe with a body of this schema."""
    body = _body(trigger, subscription["properties"])
    return {
        "x-ms-notification-content": {
            "description": f"{trigger.summary}.",
            "schema": {"$ref": DEFINITIONS + trigger.payload},
        },
        "post": {
            "summary": trigger.summary,
            "description": trigger.description,
            "operationId": trigger.id,
            "x-ms-visibility": "important",
            "x-ms-trigger": "single",
            "x-ms-trigger-hint": trigger.hint,
            "parameters": [{"name": "body", "in": "body", "required": True, "schema": body}],
            "responses": {
                "201": {"description": "Subscribed; Location is the address to unsubscribe at."},
                "400": {"description": "The address of the flow is not on the allow-list."},
                "403": {"description": "The app role is missing."},
                "409": {"description": "The caller has enough subscriptions."},
            },
        },
    }


def _body(trigger: Trigger, members: Schema) -> Schema:
    """What the platform sends; a maker is asked for filters at most."""
    event = {
        "enum": [trigger.event],
        "x-ms-enum-values": choices([trigger.event]),
        "default": trigger.event,
        "x-ms-visibility": "internal",
    }
    # The platform fills it in: required and internal, as in the certified connectors.
    url = {"x-ms-notification-url": True, "x-ms-visibility": "internal"}
    properties = {
        "notificationUrl": members["notificationUrl"] | url,
        "event": members["event"] | event,
        **{name: _filter(name, members[name]) for name in trigger.filters},
    }
    return {"type": "object", "required": ["notificationUrl", "event"], "properties": properties}


def _filter(name: str, member: Schema) -> Schema:
    """A filter by status offers the ends alone: an event tells of nothing else."""
    if name != "statuses":
        return member
    ends = {"enum": _ENDS, "x-ms-enum-values": choices(_ENDS)}
    return member | {"items": member["items"] | ends}
