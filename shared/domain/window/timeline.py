"""Describe the timeline of one person: when a mailbox plan was seen, by which source.

A *fact* says that at an instant the person was with or without such a plan. A *hint* is an instant
that may be the loss: an audit record that does not say what it changed, or a caller's word.
Everything else here says how far nobody looked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from shared.domain.window.verdict import Evidence

# The observe timer looks every hour; a licence that came and went within a day unseen is the one
# thing that a proven verdict may be wrong about.
DAY = timedelta(days=1)

# How much longer the mailbox of somebody without a licence lives where the tenant has turned
# delayed delicensing on. Source: Microsoft, Set-OrganizationConfig, DelayedDelicensingEnabled.
DELICENSING_DELAY = timedelta(days=30)


class Side(IntEnum):
    """The order of what is known of one instant: just before a change, at it, just after."""

    BEFORE = 0
    AT = 1
    AFTER = 2


type Point = tuple[datetime, Side]


@dataclass(frozen=True, slots=True)
class Fact:
    """The person was with (or without) an enabled mailbox plan all the time from one to the other.

    Between `since` and `until` somebody looked at least once a day; for a single look they are
    equal. All instants are aware UTC.
    """

    has_plan: bool
    since: datetime
    until: datetime
    evidence: Evidence
    side: Side = Side.AT

    @property
    def begin(self) -> Point:
        """The position of its start in the order of the timeline."""
        return (self.since, self.side)

    @property
    def end(self) -> Point:
        """The position of its end in the order of the timeline."""
        return (self.until, self.side)


@dataclass(frozen=True, slots=True)
class Hint:
    """An instant that may be that of the loss."""

    at: datetime
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class LogCoverage:
    """The stretch of time in which the audit log would show every change of licences."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is known of one person.

    What a deleted object carries is a fact with the evidence DELETED at `deleted_at`; where Graph
    does not show the licences of deleted users, there is none. `is_shared`: the last purpose that
    was read needs no licence. `shared_at`: when such a mailbox was last seen to answer without one.
    `still_answers`: the mailbox of an active person without a plan was looked at, and answers.
    """

    facts: tuple[Fact, ...] = ()
    hints: tuple[Hint, ...] = ()
    created_at: datetime | None = None
    deleted_at: datetime | None = None
    log: LogCoverage | None = None
    is_shared: bool = False
    shared_at: datetime | None = None
    still_answers: bool = False


def seen(at: datetime, evidence: Evidence, *, has_plan: bool) -> Fact:
    """The fact of a single look."""
    return Fact(has_plan, at, at, evidence)


def changed(at: datetime, *, before: bool | None, after: bool | None) -> tuple[Fact, ...]:
    """The facts of an audit record with content: one just before it, one just after.

    None: that side of the record says nothing.
    """
    sides = ((Side.BEFORE, before), (Side.AFTER, after))
    return tuple(
        Fact(has_plan, at, at, Evidence.AUDIT, side)
        for side, has_plan in sides
        if has_plan is not None
    )
