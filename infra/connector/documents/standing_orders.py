"""Define the documents of what stands until it is ended: guards and subscriptions."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from infra.connector.documents.restores import (
    Answer,
    Finding,
    Links,
    RequestedBy,
)
from shared.domain.requests.request import RestoreKind
from shared.domain.window import Evidence


class GuardLoss(Answer):
    """A loss that a guard has seen."""

    at: datetime = Field(description="When the mailbox was lost.")
    evidence: Evidence = Field(description="Where that is known from.")
    restore_id: str | None = Field(description="The restore that was begun for it.")


class CreatedBy(Answer):
    """Who gave a standing order."""

    name: str | None = Field(description="The caller's name; empty with function keys.")
    id: str | None = Field(description="The caller's object id; empty with function keys.")


class Guard(Answer):
    """A standing order."""

    id: str = Field(description="The id of the guard.")
    user: str = Field(description="The person who is guarded, as asked for.")
    user_id: str | None = Field(description="Object id; empty as long as nobody was found.")
    kind: RestoreKind = Field(description="What to restore.")
    act: Literal["at-once", "when-closing"] = Field(description="When to act.")
    reason: str | None = Field(description="Why, as the request said it.")
    ticket: str | None = Field(description="The case number, as the request said it.")
    created_at: datetime = Field(description="When it was given.")
    created_by: CreatedBy = Field(description="Who gave it.")
    last_seen_at: datetime | None = Field(description="When the person was last seen.")
    state: Literal["watching", "lost", "unresolved"] = Field(description="How the person is.")
    last_loss: GuardLoss | None = Field(description="The last loss; empty if there was none.")
    findings: list[Finding] = Field(
        description="What a restore of this person would be refused with."
    )
    links: Links = Field(description="Where to find it again.")


class GuardList(Answer):
    """A page of standing orders; follow nextLink until there is none."""

    value: list[Guard] = Field(description="The guards.")
    next_link: str = Field(default="", description="The next page; absent at the end.")


class Subscription(Answer):
    """Somebody who is sent events."""

    id: str = Field(description="The id of the subscription.")
    event: Literal[
        "restore.finished.v1", "restore.approval-wanted.v1", "restore.window-closing.v1"
    ] = Field(description="Which events are sent.")
    host: str = Field(description="Where they are sent to; the rest of the address is a secret.")
    since: datetime = Field(description="When it began.")
    expires_at: datetime = Field(
        description="When it ends; one to the caller's own restores, unless events arrive until"
        " then."
    )
    requested_by: RequestedBy = Field(description="Who asked for it.")
    links: Links = Field(description="Where to end it.")


class SubscriptionList(Answer):
    """Who is sent events."""

    value: list[Subscription] = Field(description="The subscriptions, the oldest first.")
