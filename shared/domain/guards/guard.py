"""Describe a guard: a standing order to bring one person back, and what the timer has seen.

    watching ──seen lost──▶ lost: the instant is pinned ──due──▶ one restore, its key from the pin
        ◀──────────────── seen well, or brought back ────────────┘

Why the instant is pinned on the guard: the key of the restore derives from it. Evidence that
arrives later, or goes, then never makes a second restore for the same loss.

Why the object id is pinned: after a deletion the name may belong to somebody else.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Self

from shared.domain.findings.finding import Finding
from shared.domain.records.record import Record
from shared.domain.requests.keys import RestoreOrder, keys_of, order_of
from shared.domain.requests.request import (
    TIMER_ROLES,
    Door,
    RequestedBy,
    RestoreKind,
    RestoreRequest,
)
from shared.domain.window import Evidence

_GUARD_ID = re.compile(r"[0-9a-f]{32}")


class GuardAct(StrEnum):
    """When a guard takes in its restore."""

    AT_ONCE = "at-once"
    """As soon as the loss is seen."""
    WHEN_CLOSING = "when-closing"
    """When the window is about to close, so that people can undo or mean the loss until then."""


class GuardState(StrEnum):
    """What the timer knows of the guarded person."""

    WATCHING = "watching"
    LOST = "lost"
    UNRESOLVED = "unresolved"
    """Nobody, or more than one, has answered to the name so far."""


@dataclass(frozen=True, slots=True)
class GuardOrder:
    """What is ordered."""

    user: str
    kind: RestoreKind
    act: GuardAct
    reason: str | None = None
    ticket: str | None = None


@dataclass(frozen=True, slots=True)
class GuardLoss:
    """One loss, as it was pinned. Instants are aware UTC."""

    at: datetime
    """From the best evidence there was; without any, when the guard first saw the loss."""
    evidence: Evidence
    deleted_at: datetime | None = None
    """The deletion that is, or became, part of this loss: another one is another loss."""
    noticed_at: datetime | None = None
    """When the guard first saw it: a second look, some minutes later, comes before it acts."""
    restore_id: str | None = None
    """The restore that was begun for it."""


@dataclass(frozen=True, slots=True)
class Guard:
    """A standing order and its person; each change is a method that returns the next guard."""

    id: str
    order: GuardOrder
    created_at: datetime
    created_by: RequestedBy
    user_id: str | None = None
    """The object id the name stood for when it was first looked up; never changes after."""
    state: GuardState = GuardState.WATCHING
    last_seen_at: datetime | None = None
    """When the person was last seen at all, well or lost."""
    well_at: datetime | None = None
    """When the person was last known to be as guarded."""
    last_loss: GuardLoss | None = None
    """The present loss while `lost`, else the one before."""
    findings: tuple[Finding, ...] = ()
    """What a restore of this person would be refused with, as of `checked_at`."""
    checked_at: datetime | None = None
    confirmed_at: datetime | None = None
    """When a person last gave the order again: their word counts where a reading is in doubt."""

    @property
    def loss(self) -> GuardLoss | None:
        """The present loss."""
        return self.last_loss if self.state is GuardState.LOST else None

    def unresolved(self) -> Self:
        """Nobody, or several, answered to the name."""
        return replace(self, state=GuardState.UNRESOLVED)

    def checked(self, findings: tuple[Finding, ...], at: datetime) -> Self:
        """What a restore would be refused with was looked at."""
        return replace(self, findings=findings, checked_at=at)

    def confirmed(self, again: GuardOrder, at: datetime) -> Self:
        """The same order was given again; its remarks count from now on, where it has any."""
        order = replace(
            self.order,
            reason=self.order.reason if again.reason is None else again.reason,
            ticket=self.order.ticket if again.ticket is None else again.ticket,
        )
        return replace(self, order=order, confirmed_at=at)

    def well(self, at: datetime, user_id: str) -> Self:
        """Seen as guarded at `at`: the next loss is a new one."""
        return replace(
            self, user_id=user_id, state=GuardState.WATCHING, last_seen_at=at, well_at=at
        )

    def recovered(self, at: datetime | None) -> Self:
        """The present loss is over, although nobody saw the person well; `at` if it is known when.

        Why not older than before: a loss can be evidenced only after the person was well.
        """
        instants = [moment for moment in (self.well_at, at) if moment is not None]
        return replace(self, state=GuardState.WATCHING, well_at=max(instants, default=None))

    def lost(self, loss: GuardLoss, user_id: str) -> Self:
        """A new loss, pinned."""
        return replace(self, user_id=user_id, state=GuardState.LOST, last_loss=loss)

    def began(self, restore_id: str) -> Self:
        """The restore of the present loss is begun."""
        if self.last_loss is None:
            return self
        return replace(self, last_loss=replace(self.last_loss, restore_id=restore_id))


def open_guard(order: GuardOrder, created_by: RequestedBy, now: datetime) -> Guard:
    """A new guard, whose person was not looked at yet."""
    return Guard(guard_id_for(order), order, now, created_by)


def guard_id_for(order: GuardOrder) -> str:
    """The id of the guard this order stands for: 32 hex digits.

    Equal user, kind and act are the same guard, so that a repeated POST makes no second one. Names
    compare without regard to case; reason and ticket are remarks and do not count.
    """
    text = f"guard\n{order.user.lower()}\n{order.kind}\n{order.act}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def is_guard_id(text: str) -> bool:
    """Whether this text could be the id of a guard at all."""
    return _GUARD_ID.fullmatch(text) is not None


def request_for(guard: Guard) -> RestoreRequest:
    """The request for this loss: the same one every time, and without any override.

    It names the object id, never the name.
    """
    return RestoreRequest(
        kind=guard.order.kind,
        user=request_user(guard),
        reason=guard.order.reason,
        ticket=guard.order.ticket,
    )


def asker_of(guard: Guard) -> RequestedBy:
    """The requester of the guard's restores: the timer, in the name of the guard."""
    return RequestedBy(Door.TIMER, "guard", guard.id, TIMER_ROLES)


def restore_order(guard: Guard, loss: GuardLoss, number: int = 0) -> RestoreOrder:
    """The order of the restore for this loss; its id derives from guard and pinned instant.

    `number` counts on where another's restore has that id.
    """
    by = asker_of(guard)
    instant = loss.at.astimezone(UTC).isoformat()
    key = f"{instant} {number}" if number else instant
    order = order_of(request_for(guard), by)
    maker = guard.created_by.id
    return replace(order, restore_id=keys_of(by).restore_id(key), ordered_by=maker)


def is_own_restore(guard: Guard, record: Record) -> bool:
    """Whether this guard has begun this restore, and for whom it guards."""
    by, request = record.requested_by, record.request
    is_of_guard = by.door is Door.TIMER and by.id == guard.id
    return is_of_guard and request is not None and request.user == request_user(guard)


def request_user(guard: Guard) -> str:
    """The user that its restores name: the pinned object id, as soon as there is one."""
    return guard.user_id or guard.order.user
