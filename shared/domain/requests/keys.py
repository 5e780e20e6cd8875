"""Derive the id of a restore or batch from its caller and idempotency key.

Each caller chooses keys in a space of its own: no key joins, blocks or squats anything of another
caller's. What the service itself begins (items of a batch, restores of a guard) has spaces that no
caller's key reaches, whatever is in it.

Why ids are derived and not looked up: one key can then never name two restores. The insert of the
record itself decides a race, and there is no table between key and restore to repair.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.domain.person import Person
from shared.domain.requests.request import Door, RequestedBy, RestoreRequest, fingerprint


@dataclass(frozen=True, slots=True)
class KeySpace:
    """The keys of one caller: `kind` says what kind of caller, `name` which one."""

    kind: str
    name: str = ""

    @property
    def owner(self) -> str:
        """The caller whose keys they are, as a text of its own."""
        return f"{self.kind} {self.name}".rstrip()

    def restore_id(self, key: str) -> str:
        """The restore id a key stands for: 32 hex digits, which do not tell the key."""
        return _id("restore", self.kind, self.name, key)

    def batch_id(self, key: str) -> str:
        """The batch id a key stands for; apart from the restores of keys."""
        return _id("batch", self.kind, self.name, key)

    def mark(self, content: str) -> str:
        """The mark by which equal requests of this caller without a key are recognised."""
        return hashlib.sha256(_text("mark", self.kind, self.name, content)).hexdigest()


def keys_of(requested_by: RequestedBy, event_source: str | None = None) -> KeySpace:
    """The keys of whoever asks; behind a queue, the source of a CloudEvents event is a caller.

    All callers by function key are one, since nobody can tell them apart, and so are all messages
    that are no events. Source of "source and id together are unique": CloudEvents 1.0.2, "id".
    """
    if requested_by.door is Door.TIMER:
        return KeySpace("guard", requested_by.id or "")
    if requested_by.door is Door.QUEUE:
        return KeySpace("messages") if event_source is None else KeySpace("events", event_source)
    return KeySpace("function keys") if requested_by.id is None else _caller(requested_by.id)


def undo_id(restore_id: str, attempts: int, accepted_at: datetime) -> str:
    """The id of the undo of a restore's present attempt: however often it is asked for, one.

    A key may be used anew once its restore is forgotten, before the undo of that one is: the
    instant of acceptance tells the two apart.
    """
    return _id("undo", restore_id, str(attempts), accepted_at.astimezone(UTC).isoformat())


def keys_of_batch(batch_id: str, accepted_at: datetime) -> KeySpace:
    """The keys of the items of a batch that came without one: their places.

    A key of a batch may be used anew once that is forgotten, while a restore of it is kept still
    that was retried later: the instant of acceptance tells the two apart.
    """
    return KeySpace("batch", f"{batch_id} {accepted_at.astimezone(UTC).isoformat()}")


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """A request on its way to become a restore, and who asks.

    `restore_id` is what its key stands for; without a key it is None, and an unfinished restore
    that was ordered under the same `mark` is the one that is meant. `repeats` is the restore that
    has done what is asked for once more. `batch_id` and `batch_size` are those of the batch
    it comes with; `ordered_by` is the caller who made the guard it comes of. `undoes` is
    the restore that it takes back, and `person` whom that had changed.
    """

    request: RestoreRequest
    requested_by: RequestedBy
    restore_id: str | None
    mark: str
    repeats: str = ""
    batch_id: str | None = None
    batch_size: int = 0
    ordered_by: str | None = None
    undoes: str = ""
    person: Person | None = None


def order_of(
    request: RestoreRequest, requested_by: RequestedBy, event_source: str | None = None
) -> RestoreOrder:
    """The order that a caller gives, by a key of its own or without one."""
    keys, key = keys_of(requested_by, event_source), request.idempotency_key
    restore_id = None if key is None else keys.restore_id(key)
    return RestoreOrder(request, requested_by, restore_id, keys.mark(fingerprint(request)))


def restore_id_for_message(message_id: str) -> str:
    """The restore id of a message that could not be understood; no key leads to it."""
    return _id("message", message_id)


def id_without_key(mark: str, started_at: datetime) -> str:
    """The id of a restore or batch without a key that begins at this instant."""
    return _id("keyless", mark, started_at.isoformat())


def _caller(caller_id: str) -> KeySpace:
    return KeySpace("caller", caller_id)


def _id(*parts: str) -> str:
    return hashlib.sha256(_text(*parts)).hexdigest()[:32]


def _text(*parts: str) -> bytes:
    """The parts as one unambiguous text: JSON says where each of them ends."""
    return json.dumps(parts).encode()
