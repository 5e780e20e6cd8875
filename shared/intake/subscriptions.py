"""Parse the body of a subscription, or return every fault in it at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Final

from pydantic import Field

from shared.domain.events.subscription import EventType, SubscriptionRequest
from shared.domain.outcomes import Status
from shared.domain.requests.request import RestoreKind
from shared.domain.text import text
from shared.errors import Fault
from shared.intake.rules import target_faults
from shared.intake.wire.body import read_body
from shared.intake.wire.decode import Document
from shared.intake.wire.fields import HttpsUrl
from shared.intake.wire.models import Wire

_URL: Final = "notificationUrl"
# A restore that waits for an approval has not ended: with a status to end with, no event would fit.
_WITHOUT_EFFECT: Final[Mapping[str, Sequence[str]]] = {
    EventType.WINDOW_CLOSING: ("statuses", "kinds"),
    EventType.APPROVAL_WANTED: ("statuses",),
}
_FINAL = [status for status in Status if status.is_final]

# Lax for the one step from text to enum; nothing but the listed texts passes.
_Ended = Annotated[Status, Field(strict=False, json_schema_extra={"enum": [*_FINAL]})]


class SubscriptionWire(Wire):
    """A request to be sent every event of one kind."""

    notification_url: HttpsUrl = Field(
        repr=False,
        description="Where to send the events; https, and the host must be on the allow-list.",
    )
    # Lax for the one step from text to enum; nothing but the listed texts passes.
    event: Annotated[EventType, Field(strict=False)] = Field(
        description="restore.finished.v1: a restore has ended. restore.approval-wanted.v1: a"
        " restore waits for an approval. restore.window-closing.v1: the window of somebody who is"
        " lost is about to close."
    )
    statuses: list[_Ended] = Field(
        default=[],
        description="Only restores that ended so: succeeded, refused, failed, cancelled. Empty:"
        " all. For restore.finished.v1.",
    )
    kinds: list[Annotated[RestoreKind, Field(strict=False)]] = Field(
        default=[],
        description="Only restores of these kinds: mailbox, user, license, undo, drill. Empty: all."
        " For restore.finished.v1 and restore.approval-wanted.v1.",
    )


def parse_subscription(body: bytes, *, callback_hosts: Sequence[str]) -> SubscriptionRequest:
    """The subscription in an HTTP body.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    wire = read_body(
        body,
        SubscriptionWire,
        lambda document: target_faults(document, _URL, callback_hosts),
        _filter_faults,
    )
    return SubscriptionRequest(
        event=wire.event,
        url=wire.notification_url,
        statuses=tuple(dict.fromkeys(wire.statuses)),
        kinds=tuple(dict.fromkeys(wire.kinds)),
    )


def _filter_faults(document: Document) -> Iterator[Fault]:
    value = document.value
    event = value.get("event")
    if isinstance(event, str):
        for name in _WITHOUT_EFFECT.get(event, ()):
            if value.get(name):
                yield Fault(f"/{name}", text("fault", "filter-without-effect", event=event))
    statuses = value.get("statuses")
    for place, status in enumerate(statuses if isinstance(statuses, list) else ()):
        if isinstance(status, str) and status in set(Status) - set(_FINAL):
            ends = tuple(map(str, _FINAL))
            yield Fault(f"/statuses/{place}", text("fault", "no-end", choices=ends))
