"""Describe how far a restore is: steps, waiting, lease, warnings and journal entries."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from shared.domain.decision import StepName
from shared.domain.records.links import Link
from shared.domain.requests.request import RequestedBy
from shared.domain.text import Text, cause_of


class StepStatus(StrEnum):
    """How far a step is. `attempting` means: sent, or about to be; only a look can tell."""

    PENDING = "pending"
    ATTEMPTING = "attempting"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Step:
    """One recovery point. `attempts` counts how often the effect was sent."""

    name: StepName
    status: StepStatus = StepStatus.PENDING
    started_at: datetime | None = None
    ended_at: datetime | None = None
    graph_request_id: str | None = None
    detail: Text | None = None
    attempts: int = 0
    not_found: int = 0
    """How often in a row Graph said that the user is not there, although a look showed it."""
    missing_since: datetime | None = None
    """Since when the looks of this step have shown no user."""

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do in this step."""
        return self.status in {StepStatus.DONE, StepStatus.SKIPPED}

    def anew(self) -> "Step":
        """The step as the next attempt takes it up: with all its patience, and all its doubt."""
        if self.is_over:
            return self
        if self.status is StepStatus.ATTEMPTING:
            return replace(self, missing_since=None)
        return Step(self.name, attempts=self.attempts)


class WaitingFor(StrEnum):
    """What a parked restore waits for."""

    SCHEDULE = "schedule"
    APPROVAL = "approval"
    THROTTLE = "throttle"
    SEAT = "seat"
    DIRECTORY = "directory"
    MAILBOX = "mailbox"
    USER_LOCK = "user-lock"


@dataclass(frozen=True, slots=True)
class LockHolder:
    """The restore that holds the user another one waits for; `owner_id` is its caller's."""

    restore_id: str
    owner_id: str | None = None
    wait: Text | None = None
    """What that restore waits for itself, in words; None where it is at work."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stated reason to wait, and when to look again (aware UTC)."""

    reason: WaitingFor
    until: datetime
    text: Text
    """What it waits for, in words."""
    holder: LockHolder | None = None
    """Of the user's lock."""
    gives_up_at: datetime | None = None
    """Until when it may wait in all (aware UTC); None where that is not known yet."""

    @property
    def cause(self) -> str:
        """The reason for the wait as a code: Graph's status and code, or another cause."""
        cause = cause_of(self.text)
        status, answer = cause.param("status"), cause.param("answer")
        if status is not None:
            return f"{status} {answer}" if answer is not None else f"{status}"
        return cause.variant or cause.code

    @property
    def graph_request_id(self) -> str | None:
        """The id of the answer of Graph's that it waits after, if there was one."""
        request_id = cause_of(self.text).param("request_id")
        return request_id if isinstance(request_id, str) else None


@dataclass(frozen=True, slots=True)
class MailboxLook:
    """What the mailbox said (`MailboxState`) when it was asked before the decision, and when."""

    at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Warning_:  # noqa: N801 - `Warning` is Python's own
    """Something the caller should know although the restore went on: a text with its code."""

    text: Text

    @property
    def code(self) -> str:
        """What callers branch on: a FindingCode, or the Code of what else would have blocked."""
        return self.text.code


@dataclass(frozen=True, slots=True)
class Lease:
    """The worker that holds the restore, and the instant until which others must not claim it."""

    owner: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One line of the audit trail, written in the same transaction as the record it speaks of."""

    at: datetime
    event: str
    detail: Text | None = None
    graph_request_id: str | None = None
    step: StepName | None = None
    """The step it speaks of."""
    by: RequestedBy | None = None
    """Who did it, where that was a caller and not the service."""
    link: Link | None = field(default=None, compare=False)
    """Its place in the chain; None until the ledger has written it."""
