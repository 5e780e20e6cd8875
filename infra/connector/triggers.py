"""The connector's triggers: each an event that the service tells its subscribers.

Why paths of their own: the service has one route for subscriptions, and a definition may have one
operation for a path and method, with one schema of what is sent. The connector's gateway leads
both paths to the one route. Source: Microsoft Learn, "Route request" (policy template).
"""

from dataclasses import dataclass
from typing import Final


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
        "SubscribeWindowClosing",
        "/triggers/window-closing",
        "restore.window-closing.v1",
        "WindowClosing",
        "When a window is about to close",
        "Starts a flow once for everybody whose mailbox can come back for a few days only.",
        "It starts a few days before the 30 days of a deleted user are over.",
    ),
)
