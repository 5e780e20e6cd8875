"""The wire models of a guard and of a subscription."""

from typing import Annotated, Literal

from pydantic import Field

from shared.domain.outcomes import Status
from shared.domain.request import RestoreKind
from shared.intake.fields import HttpsUrl, Person, Reason, Ticket
from shared.intake.wire import Wire


class GuardWire(Wire):
    """A standing order."""

    user: Person = Field(
        description="Object id, user principal name or mail address of the person to guard."
    )
    kind: Annotated[RestoreKind, Field(strict=False)] = Field(
        description="What to restore when the person is lost."
    )
    act: Literal["at-once", "when-closing"] = Field(
        description="Whether to restore as soon as the loss is seen, or when the window closes."
    )
    reason: Reason | None = Field(default=None, description="Why; kept in the record.")
    ticket: Ticket | None = Field(default=None, description="Your case number; kept in the record.")


class SubscriptionWire(Wire):
    """A wish to be sent every event of one kind."""

    notification_url: HttpsUrl = Field(
        repr=False,
        description="Where to send the events; https, and the host must be on the allow-list.",
    )
    event: Literal["restore.finished.v1", "restore.window-closing.v1"] = Field(
        description="restore.finished.v1: a restore has ended. restore.window-closing.v1: the"
        " window of somebody who is lost is about to close."
    )
    statuses: list[Annotated[Status, Field(strict=False)]] = Field(
        default=[],
        description="Only restores that ended so: succeeded, refused, failed, cancelled. Empty:"
        " all. For restore.finished.v1.",
    )
    kinds: list[Annotated[RestoreKind, Field(strict=False)]] = Field(
        default=[],
        description="Only restores of these kinds: mailbox, user, license. Empty: all. For"
        " restore.finished.v1.",
    )
