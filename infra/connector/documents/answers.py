"""Define the documents of lists, batches, guards and subscriptions."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from infra.connector.documents.codes import one_of
from infra.connector.documents.restores import (
    Answer,
    Finding,
    Health,
    Journal,
    Links,
    Preflight,
    PreflightList,
    RequestedBy,
    Restore,
    RestoreList,
    TrailLine,
    Waiting,
    Warning_,
    Window,
)
from shared.domain.lists.losses import LossCase
from shared.domain.requests.request import RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.window import Evidence
from shared.errors import ProblemCode
from shared.intake.operations.model import Shape


class LostLicense(Answer):
    """A licence that somebody had before the loss."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str | None = Field(
        description="The name of the licence, such as SPE_E3; empty if the tenant has it no more."
    )
    name: str | None = Field(description="What people call it.")
    from_group: str | None = Field(description="The id of the group that gave it, if one did.")


class Loss(Answer):
    """Somebody who lost a mailbox and may still be saved."""

    id: str = Field(description="Object id; a restore takes it as user.")
    user_principal_name: str | None = Field(description="As it was before a deletion.")
    display_name: str | None = Field(description="The name people know.")
    mail: str | None = Field(description="The primary mail address.")
    user_type: str | None = Field(description="Member or Guest.")
    on_premises_sync_enabled: bool = Field(
        description="Whether the user comes from Active Directory."
    )
    case: LossCase = Field(description="How the mailbox was lost.")
    lost_at: datetime | None = Field(description="When the licence went, as far as it is known.")
    deleted_at: datetime | None = Field(description="When the user was deleted; empty if active.")
    window: Window = Field(description="How long the mailbox can still come back.")
    licenses: list[LostLicense] = Field(description="The licences with a mailbox, from before.")


class LossList(Answer):
    """A page of losses; follow nextLink until there is none."""

    value: list[Loss] = Field(description="The people, soonest end of the window first.")
    next_link: str = Field(default="", description="The next page; absent at the end.")


class Seats(Answer):
    """The seats of one licence that are needed."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str = Field(description="The name of the licence, such as SPE_E3.")
    name: str = Field(description="What people call it.")
    needed: int = Field(description="How many seats bringing all back needs.")
    free: int = Field(description="How many seats are free.")
    short: int = Field(description="How many seats are missing.")
    first_window_ends_at: datetime | None = Field(
        description="When the first window of those who need one ends, if it is known."
    )


class Capacity(Answer):
    """The seats that bringing all back needs."""

    value: list[Seats] = Field(description="The licences; where most are missing comes first.")


class License(Answer):
    """A licence of the tenant that carries a mailbox."""

    sku_id: str = Field(description="The id of the licence.")
    sku_part_number: str = Field(description="The part number of the licence, such as SPE_E3.")
    name: str = Field(
        description="The name of the product, such as Microsoft 365 E3; the part number if unknown."
    )
    free_seats: int = Field(description="How many seats are free.")
    assignable_units: int = Field(description="How many seats can be used.")
    consumed_units: int = Field(description="How many seats are used.")
    capability_status: str = Field(description="Enabled, or why it cannot be used.")
    mailbox_plans: list[str] = Field(description="Its service plans with a mailbox, by id.")
    allowed: bool = Field(description="Whether you may name it for anybody.")


class LicenseList(Answer):
    """The licences of the tenant that carry a mailbox."""

    value: list[License] = Field(description="The licences.")


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
    user_id: str | None = Field(description="Object id; empty until the first look.")
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


class Me(Answer):
    """Who a caller is to the service."""

    id: str | None = Field(description="The caller's object id; empty with function keys.")
    name: str | None = Field(description="The caller's name; empty with function keys.")
    roles: list[Role] = Field(description="What the caller may do.")
    auth_mode: Literal["entra", "keys"] = Field(description="How callers are known.")


class Soundness(StrEnum):
    """Whether something is as it should be."""

    OK = "ok"
    DEGRADED = "degraded"


class StatusCheck(Answer):
    """One thing that was looked at."""

    name: str = Field(description="What was looked at.")
    status: Soundness = Field(description="Whether it is as it should be.")
    message: str = Field(description="What was found.")
    fix: str | None = Field(description="What to do; empty where nothing is wrong.")


class ServiceStatus(Answer):
    """Whether a deployment can do its work."""

    status: Soundness = Field(description="Degraded if any of the checks is.")
    version: str = Field(description="The version of the service.")
    commit: str | None = Field(description="The commit it was built from, if it is known.")
    checks: list[StatusCheck] = Field(description="Everything that was looked at.")


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


ANSWERS: Final[Mapping[Shape, type[Answer]]] = {
    "Health": Health,
    "Restore": Restore,
    "RestoreList": RestoreList,
    "RetryList": RetryList,
    "Journal": Journal,
    "TrailLine": TrailLine,
    "Preflight": Preflight,
    "PreflightList": PreflightList,
    "LossList": LossList,
    "Capacity": Capacity,
    "LicenseList": LicenseList,
    "Batch": Batch,
    "Guard": Guard,
    "GuardList": GuardList,
    "Subscription": Subscription,
    "SubscriptionList": SubscriptionList,
    "Me": Me,
    "ServiceStatus": ServiceStatus,
}
