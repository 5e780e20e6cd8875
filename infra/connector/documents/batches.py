"""Define the documents of batches, and of many retries."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from infra.connector.documents.codes import one_of
from infra.connector.documents.restores import (
    Answer,
    Links,
    RequestedBy,
    Waiting,
    Warning_,
)
from shared.errors import ProblemCode


class ItemFault(Answer):
    """What is wrong with one item of a batch."""

    pointer: str = Field(description="The place in the request, as a JSON pointer.")
    message: str = Field(description="What is wrong there, and what to write instead.")


class BatchItem(Answer):
    """One item of a batch, and its restore."""

    index: int = Field(description="Its place in the request, from 0.")
    status: Literal[
        "pending",
        "invalid",
        "queued",
        "running",
        "waiting",
        "succeeded",
        "refused",
        "failed",
        "cancelled",
    ] = Field(description="As its restore; pending before there is one, invalid if there is none.")
    user: str = Field(description="Who was asked for; empty where that cannot be read.")
    code: str | None = Field(description="How its restore ended; empty until then.")
    message: str | None = Field(description="What happened, for people; empty until then.")
    fix: str | None = Field(description="The next thing the reader can do; empty until then.")
    waiting: Waiting | None = Field(description="What its restore waits for.")
    warnings: list[Warning_] = Field(description="What to know although it went on.")
    repeats: int | None = Field(description="The place of the first item that asks for the same.")
    restore_id: str | None = Field(description="The id of its restore.")
    link: str | None = Field(description="The address of its restore.")
    errors: list[ItemFault] = Field(description="What is wrong with an invalid item.")


class Counts(Answer):
    """How many items stand how; absent where there are none."""

    pending: int = Field(default=0, description="Not taken in yet.")
    invalid: int = Field(default=0, description="No request; see the errors of the item.")
    queued: int = Field(default=0, description="Not begun yet.")
    running: int = Field(default=0, description="At work.")
    waiting: int = Field(default=0, description="Waiting for something.")
    succeeded: int = Field(default=0, description="Ended well.")
    refused: int = Field(default=0, description="Ended with a no.")
    failed: int = Field(default=0, description="Ended with a fault.")
    cancelled: int = Field(default=0, description="Called off.")


class BatchApproval(Answer):
    """What waits for an approval in a batch."""

    count: int = Field(description="How many restores wait.")
    plan_hash: str = Field(description="By which all of them are approved or rejected at once.")


class Batch(Answer):
    """Many restores, asked for at once."""

    id: str = Field(description="The id of the batch.")
    status: Literal["running", "finished"] = Field(description="Whether all have ended.")
    total: int = Field(description="How many items there are.")
    counts: Counts = Field(description="How many stand how.")
    approval: BatchApproval | None = Field(description="Empty unless something waits for it.")
    items: list[BatchItem] = Field(description="Each item, in the order of the request.")
    requested_by: RequestedBy = Field(description="Who asked.")
    created_at: datetime = Field(description="When it was accepted.")
    updated_at: datetime = Field(description="When it last changed.")
    finished_at: datetime | None = Field(description="When all items had ended.")
    links: Links = Field(description="Where to find it again.")


class RetryLine(Answer):
    """What became of one of many restores that were to be tried again."""

    restore_id: str = Field(description="The id of the restore, as it was sent.")
    code: str | None = Field(
        json_schema_extra=one_of(ProblemCode),
        description="Why it was left as it is; empty where it has its next attempt.",
    )
    message: str | None = Field(description="The same in words.")
    fix: str | None = Field(description="What the reader can do next.")


class RetryList(Answer):
    """A line for each restore, in the order in which they were sent."""

    value: list[RetryLine] = Field(description="The lines.")
