"""Define what subscribers are sent: CloudEvents 1.0 in JSON, one type for each event."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from infra.connector.documents.restores import Answer, Person, Restore
from shared.domain.decision import Case
from shared.domain.window import Evidence


class Event(Answer):
    """What all events have in common."""

    specversion: Literal["1.0"] = Field(description="The version of CloudEvents.")
    id: str = Field(description="The same each time the event is sent; tells repetitions.")
    source: str = Field(description="Where the event comes from.")
    subject: str = Field(description="The id of what the event is about.")
    time: datetime = Field(description="When it happened.")
    datacontenttype: Literal["application/json"] = Field(description="What the data is.")


class RestoreFinished(Event):
    """A restore has ended."""

    type: Literal["restore.finished.v1"] = Field(description="The kind of event.")
    data: Restore = Field(description="The restore.")


class ApprovalWanted(Event):
    """A restore waits for somebody's word."""

    type: Literal["restore.approval-wanted.v1"] = Field(description="The kind of event.")
    data: Restore = Field(description="The restore, with the plan and its hash.")


class AlertLicense(Answer):
    """A licence that the person has or had."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str | None = Field(description="The name of the licence, such as SPE_E3.")


class ClosingWindow(Answer):
    """Whose window is about to close, or whose mailbox may go, and when."""

    user: Person = Field(description="The person; a restore takes the id as user.")
    case: Case = Field(description="How the mailbox was lost, or is about to be.")
    threshold: float = Field(description="The number of days at which this is told.")
    days_left: float | None = Field(description="Days until endsAt.")
    started_at: datetime | None = Field(
        description="When the mailbox was lost; with evidence mailbox, when the licence went."
    )
    ends_at: datetime | None = Field(
        description="When it is gone for good; with evidence mailbox, when it may go."
    )
    evidence: Evidence = Field(
        description="What the window rests on; mailbox: it still answers, and nothing is lost yet."
    )
    licenses: list[AlertLicense] = Field(description="The licences that come back or are needed.")


class WindowClosing(Event):
    """Somebody's window is about to close."""

    type: Literal["restore.window-closing.v1"] = Field(description="The kind of event.")
    data: ClosingWindow = Field(description="Whose, and when.")
