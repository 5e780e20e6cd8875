"""Describe a batch: up to a thousand restore requests sent at once, and their state."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.keys import RestoreOrder, keys_of_batch, order_of
from shared.domain.requests.request import RequestedBy, RestoreRequest, fingerprint
from shared.errors import Fault

_ID = re.compile(r"[0-9a-f]{32}")
_OPERATION = re.compile(r"b-[0-9a-f]{32}")

KEY_REUSED = "key-reused"
INVALID_REQUEST = "invalid-request"
GAVE_UP = Code.GAVE_UP.value

# After a look whose worker died: six such in a row, over some two hours, and the batch is given up.
# The first is longer than a look takes, since nobody else may look meanwhile.
_AFTER_DEATH = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60))

# A restore that waits for these has nobody working on it, and the next one may begin. While Graph
# throttles or fails, beginning more would make it worse.
_NO_LOAD = {
    WaitingFor.SCHEDULE,
    WaitingFor.APPROVAL,
    WaitingFor.SEAT,
    WaitingFor.MAILBOX,
    WaitingFor.USER_LOCK,
}


_ENDS = frozenset(status.value for status in Status if status.is_final)


class ItemStatus(StrEnum):
    """The status of an item: waiting, invalid, or that of its restore."""

    PENDING = "pending"
    INVALID = "invalid"
    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    SUCCEEDED = "succeeded"
    REFUSED = "refused"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of the item."""
        return self is ItemStatus.INVALID or self.value in _ENDS


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One item as it was sent: a request, or what is wrong with it."""

    request: RestoreRequest | None
    faults: tuple[Fault, ...] = ()
    user: str = ""
    """Who was asked for, also where it is no request; empty if that cannot be read."""


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item as it was sent, and its restore, once there is one."""

    user: str
    record: Record | None = None
    faults: tuple[Fault, ...] = ()
    repeats: int | None = None
    """The place of the first item that asks for the same, if it is not this one."""


@dataclass(frozen=True, slots=True)
class ItemState:
    """The status of one item, as last seen."""

    status: ItemStatus
    code: str | None = None
    """The outcome code, once there is one."""
    restore_id: str | None = None
    """Only where the item came with a key of its own."""
    is_idle: bool = False
    """Whether its restore waits for something that nobody is working on."""

    @property
    def is_active(self) -> bool:
        """Whether its restore is at work, or about to be."""
        begun = self.status not in {ItemStatus.PENDING, ItemStatus.INVALID}
        return begun and not self.status.is_over and not self.is_idle

    def seen(self, record: Record | None) -> Self:
        """The item with the status of its restore; without one it counts as failed."""
        if record is None:
            return replace(self, status=ItemStatus.FAILED, code=GAVE_UP, is_idle=False)
        waiting = record.waiting
        return replace(
            self,
            status=ItemStatus(record.status.value),
            code=record.outcome.code.value if record.outcome is not None else None,
            is_idle=waiting is not None and waiting.reason in _NO_LOAD,
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch and how its items stand, in the order they were sent. All instants are aware UTC."""

    id: str
    fingerprint: str
    requested_by: RequestedBy
    created_at: datetime
    updated_at: datetime
    due_at: datetime
    """Not to be looked after before that."""
    chunks: tuple[int, ...]
    """The first item of each row that holds items."""
    items: tuple[ItemState, ...]
    looked_at: int = 0
    """The last of the idle items that was looked at; they take turns."""
    died_feeds: int = 0
    """How many looks in a row never came to their end; the present one counts until it does."""
    quiet: int = 0
    """How often in a row nothing had changed."""
    finished_at: datetime | None = field(default=None)

    def as_seen(self, items: Sequence[SeenItem]) -> Self:
        """The same batch with each item as its restore stands now."""
        states = {
            at: self.items[at].seen(item.record)
            for at, item in enumerate(items)
            if item.record is not None
        }
        return self.with_items(states)

    @property
    def operation_id(self) -> str:
        """The text of the work message for this batch."""
        return f"b-{self.id}"

    @property
    def restores(self) -> int:
        """How many restores were asked for: an item that was no request is none.

        An item that is found invalid only when its turn comes counts all the same: those before
        it have gone by a number that would not be true any more.
        """
        return sum(item.code != INVALID_REQUEST for item in self.items)

    def order_of(self, index: int, request: RestoreRequest) -> RestoreOrder:
        """The restore order of an item: by its own key, or else by its place in this batch."""
        order = order_of(request, self.requested_by)
        return replace(
            order,
            restore_id=self._restore_id(index),
            batch_id=self.id,
            batch_size=self.restores,
        )

    def restore_id_of(self, index: int) -> str | None:
        """The restore of this item, once it was taken in."""
        is_begun = self.items[index].status not in {ItemStatus.PENDING, ItemStatus.INVALID}
        return self._restore_id(index) if is_begun else None

    def _restore_id(self, index: int) -> str:
        own = self.items[index].restore_id
        return own or keys_of_batch(self.id, self.created_at).restore_id(str(index))

    def pending(self, most: int) -> tuple[int, ...]:
        """The next items to take in, as many as fit beside those at work."""
        room = most - sum(item.is_active for item in self.items)
        waiting = [at for at, item in enumerate(self.items) if item.status is ItemStatus.PENDING]
        return tuple(waiting[: max(room, 0)])

    def to_look_at(self, idle: int) -> tuple[int, ...]:
        """The items at work, and so many of the idle ones, each in its turn."""
        active = [at for at, item in enumerate(self.items) if item.is_active]
        waiting = [at for at, item in enumerate(self.items) if item.is_idle]
        turn = sorted(waiting, key=lambda at: (at <= self.looked_at, at))
        return (*active, *turn[:idle])

    def with_items(self, states: dict[int, ItemState]) -> Self:
        """The same batch with these items as they stand now."""
        if not states:
            return self
        items = tuple(states.get(at, item) for at, item in enumerate(self.items))
        return replace(self, items=items)

    def begun(self, now: datetime) -> Self:
        """The batch claimed by one worker; after each death the next claim comes later."""
        wait = _AFTER_DEATH[min(self.died_feeds, len(_AFTER_DEATH) - 1)]
        return replace(self, died_feeds=self.died_feeds + 1, due_at=now + wait)

    def is_fed(self, now: datetime) -> bool:
        """Whether a worker has claimed it, and may be at work on it."""
        return self.died_feeds > 0 and now < self.due_at

    @property
    def kills_its_workers(self) -> bool:
        """Whether the last claims all died, so that another one would, too."""
        return self.died_feeds >= len(_AFTER_DEATH)

    def given_up(self) -> Self:
        """The batch ended as it is: items that have not ended are not followed any more."""
        lost = {
            at: replace(item, status=ItemStatus.FAILED, code=GAVE_UP, is_idle=False)
            for at, item in enumerate(self.items)
            if not item.status.is_over
        }
        return self.with_items(lost)

    def counts(self) -> dict[str, int]:
        """The number of items for each status that occurs."""
        found = Counter(item.status for item in self.items)
        return {status.value: found[status] for status in ItemStatus if found[status]}

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of any item."""
        return all(item.status.is_over for item in self.items)


def batch_fingerprint(items: tuple[BatchItem, ...]) -> str:
    """The same 64 hex digits for batches that ask for the same, in the same order."""
    parts = [
        [fingerprint(item.request), item.request.idempotency_key]
        if item.request is not None
        else [[fault.pointer, repr(fault.text)] for fault in item.faults]
        for item in items
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def is_batch_id(text: str) -> bool:
    """Whether this text could be the id of a batch at all."""
    return _ID.fullmatch(text) is not None


def is_batch_operation(text: str) -> bool:
    """Whether a work message speaks of a batch."""
    return _OPERATION.fullmatch(text) is not None
