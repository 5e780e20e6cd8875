"""Define the documents about restores, from whose types the schemas are made.

The names are those of `Shape`. Tests hold real answers against them, so that no schema can lie.
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from infra.connector.documents.codes import one_of
from shared.domain.approval_rules import ApprovalRule
from shared.domain.approvals.approval import ApprovalDecision
from shared.domain.decision import Case, StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.requests.request import Door, RestoreKind
from shared.domain.window import Evidence, WindowVerdict


class Answer(BaseModel):
    """The habits of all documents: camelCase, every field is there unless it has a default."""

    model_config = ConfigDict(alias_generator=to_camel)


class Health(Answer):
    """The process lives."""

    status: Literal["ok"] = Field(description="Always ok.")
    version: str = Field(description="The version of the service.")


class Person(Answer):
    """The person a restore is for."""

    id: str = Field(description="Object id.")
    user_principal_name: str | None = Field(description="As it was before the deletion.")
    display_name: str | None = Field(description="The name people know.")


class Outcome(Answer):
    """How a restore ended."""

    code: str = Field(
        description="One of a closed set; branch on it.", json_schema_extra=one_of(Code)
    )
    message: str = Field(description="What happened, for people, in the language asked for.")
    fix: str = Field(description="The next thing the reader can do.")


class Window(Answer):
    """How long the mailbox can still come back."""

    verdict: WindowVerdict = Field(
        description="open, closing (a few days left), closed, unknown (nobody can tell), or"
        " not-applicable (nothing is lost)."
    )
    started_at: datetime | None = Field(description="When the mailbox was lost.")
    ends_at: datetime | None = Field(description="When it is gone for good.")
    days_left: float | None = Field(description="Days until then.")
    evidence: Evidence = Field(description="Where the start of the window is known from.")


class Step(Answer):
    """One step of a restore."""

    name: StepName = Field(description="What is done.")
    status: StepStatus = Field(description="How far it is.")
    started_at: datetime | None = Field(description="When it began.")
    ended_at: datetime | None = Field(description="When it was done.")
    graph_request_id: str | None = Field(description="What Microsoft's support asks for.")
    detail: str | None = Field(description="What there is to know about it.")


class Waiting(Answer):
    """What an unfinished restore waits for."""

    for_: WaitingFor = Field(alias="for", description="The reason.")
    until: datetime = Field(description="When the service looks again.")
    message: str = Field(description="What it waits for, for people.")
    fix: str = Field(description="What the reader can do about it; empty if nothing.")
    restore_id: str | None = Field(
        description="The restore that is waited for, where the reader may see it."
    )


class Warning_(Answer):  # noqa: N801 - `Warning` is Python's own
    """Something to know although the restore went on."""

    model_config = ConfigDict(title="Warning")

    code: str = Field(
        description="For machines; one of a closed set.",
        json_schema_extra=one_of(Code, FindingCode),
    )
    message: str = Field(description="For people.")
    fix: str = Field(description="The next thing the reader can do; empty if nothing.")


class RequestedBy(Answer):
    """Who asked, and from where."""

    door: Door = Field(description="The way the request came in.")
    name: str | None = Field(description="The caller's name; empty with function keys.")
    id: str | None = Field(description="The caller's object id; empty with function keys.")


class Links(Answer):
    """Where to find it again."""

    self_: str | None = Field(alias="self", description="The address of this document.")


class Approval(Answer):
    """What was decided about a restore that waits for somebody else's word."""

    wanted_for: list[ApprovalRule] = Field(
        description="The rules that want it: kind, override (a protection is set aside), reuse (a"
        " name or address is in use), batch (it came with many), gone (lost long ago)."
    )
    decision: ApprovalDecision | None = Field(description="How it was decided; empty until then.")
    decided_by: str | None = Field(description="Who decided.")
    at: datetime | None = Field(description="When.")
    reason: str | None = Field(description="Why.")
    plan_hash: str | None = Field(description="Which plan is to be decided about, or was.")


class Candidate(Answer):
    """One of several people that the name could mean."""

    id: str = Field(description="Object id; ask again with it.")
    user_principal_name: str | None = Field(
        description="As it was before the deletion; for readers of all restores."
    )
    display_name: str | None = Field(
        description="The name people know; for readers of all restores."
    )
    case: Case | None = Field(description="How the mailbox was lost, as far as was looked.")
    window: Window | None = Field(description="How long it can still come back, if known.")
    deleted_date_time: datetime | None = Field(description="When the person was deleted.")


class Restore(Answer):
    """A restore: what was asked, how it stands, how it ended."""

    id: str = Field(description="The id of the restore.")
    kind: RestoreKind | None = Field(description="What is to come back.")
    status: Status = Field(
        description="queued, running, waiting; or ended: succeeded, refused, failed, cancelled."
    )
    user: Person | str | None = Field(
        description="The person; what was asked for, as text, until the person is found."
    )
    outcome: Outcome | None = Field(description="How it ended; empty until then.")
    window: Window | None = Field(description="Empty until somebody looked.")
    plan: list[StepName] = Field(description="The steps that are needed.")
    steps: list[Step] = Field(description="The steps, as far as they are.")
    waiting: Waiting | None = Field(description="Empty unless the restore waits.")
    warnings: list[Warning_] = Field(description="What to know although it went on.")
    approval: Approval | None = Field(description="Empty unless one is wanted.")
    undoes: str | None = Field(description="The restore that this one takes back.")
    undone_by: str | None = Field(description="The restore that took this one back.")
    candidates: list[Candidate] = Field(description="Whom the name could mean, if several.")
    requested_by: RequestedBy = Field(description="Who asked.")
    batch_id: str | None = Field(description="The batch that began it; empty if none did.")
    reason: str | None = Field(description="Why, as the request said it.")
    ticket: str | None = Field(description="The case number, as the request said it.")
    attempts: int = Field(description="How often it was begun: once, and once for each retry.")
    created_at: datetime = Field(description="When it was accepted.")
    updated_at: datetime = Field(description="When it last changed.")
    finished_at: datetime | None = Field(description="When it ended.")
    links: Links = Field(description="Where to find it again.")
    received: str = Field(
        default="", description="A message that could not be understood, as it was received."
    )


class RestoreList(Answer):
    """A page of restores; follow nextLink until there is none, also where a page is short."""

    value: list[Restore] = Field(description="The restores, newest first.")
    next_link: str = Field(default="", description="The next page; absent at the end.")


class JournalEntry(Answer):
    """One thing that was done for a restore."""

    at: datetime = Field(description="When.")
    attempt: int = Field(description="In which attempt, from 1.")
    what: str = Field(description="What was done, for machines.")
    step: StepName | None = Field(description="The step that it speaks of.")
    by: RequestedBy | None = Field(description="Who did it; empty where it was the service.")
    evidence: str | None = Field(description="On what it rests.")
    graph_request_id: str | None = Field(
        description="Under which request id Microsoft Graph knows it."
    )
    detail: str | None = Field(description="More, for people.")
    hash: str | None = Field(description="The digest of this entry, where entries are chained.")
    previous_hash: str | None = Field(description="The digest of the entry before.")


class Journal(Answer):
    """A page of a journal; follow nextLink until there is none."""

    value: list[JournalEntry] = Field(description="The entries, oldest first.")
    next_link: str = Field(default="", description="The next page; absent at the end.")


class TrailCaller(Answer):
    """Whoever did something, as the digest has it."""

    door: Door = Field(description="Through which door.")
    id: str | None = Field(description="The caller's id.")
    name: str | None = Field(description="The caller's name, unless it was erased.")
    roles: list[str] = Field(description="With which roles.")


class TrailLine(Answer):
    """One line of the trail: an entry of a journal, a closed day, an erasure; or a damaged one."""

    restore_id: str | None = Field(description="The restore; empty of a day and of an erasure.")
    number: int | None = Field(description="The place in its journal, from 1.")
    at: datetime | None = Field(description="When; empty where the line cannot be read.")
    attempt: int | None = Field(description="In which attempt, from 1.")
    what: str = Field(
        description="What was done, for machines; day-closed and person-erased are no entries, and"
        " unreadable is one, a day or an erasure that is damaged, or of another release."
    )
    step: StepName | None = Field(description="The step that it speaks of.")
    by: TrailCaller | None = Field(description="Who did it; empty where it was the service.")
    evidence: str | None = Field(description="On what the window was judged.")
    graph_request_id: str | None = Field(
        description="Under which request id Microsoft Graph knows it."
    )
    detail: str | None = Field(description="More, for people.")
    hash: str = Field(description="The digest of this line; empty where it cannot be read.")
    previous_hash: str | None = Field(description="The digest of the line before.")
    proof: dict[str, Any] = Field(description="What else it takes to compute the digest.")


class Finding(Answer):
    """One thing that the check found."""

    code: str = Field(
        description="For machines; those that block are outcome codes.",
        json_schema_extra=one_of(Code, FindingCode),
    )
    severity: Literal["block", "warn", "info"] = Field(
        description="block: a restore would be refused; warn: to know before; info: what comes."
    )
    message: str = Field(description="What was found.")
    fix: str = Field(description="The next thing a person can do.")


class Preflight(Answer):
    """What a restore would do, and what speaks against it."""

    restorable: bool = Field(description="Whether a restore would go on to act.")
    case: Case | None = Field(description="How the mailbox was lost.")
    window: Window | None = Field(description="How long it can still come back.")
    plan: list[StepName] = Field(description="The steps a restore would take.")
    findings: list[Finding] = Field(description="Everything found, all at once.")
    candidates: list[Candidate] = Field(description="Whom the name could mean, if several.")


class PreflightList(Answer):
    """What each of many restores would do."""

    value: list[Preflight] = Field(description="The preflights, in the order of the request.")
