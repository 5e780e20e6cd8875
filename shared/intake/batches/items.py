"""Read one item of a batch after the other: a request, or what is wrong with it."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from shared.domain.batches.batch import BatchItem
from shared.domain.text import text
from shared.errors import BodyTooLargeError, Fault, InvalidRequestError
from shared.intake.requests import read_request
from shared.intake.rules import override_faults, schedule_faults
from shared.intake.wire.check import Suggestions
from shared.intake.wire.decode import MAX_BODY_BYTES, Document, examine, pointer_to
from shared.intake.wire.fields import MAX_PERSON

MOST_ITEMS: Final = 1000

# A thousand items of 4 KiB; most have 200 bytes.
MAX_BATCH_BYTES: Final = 4 * 1024 * 1024

# What is kept of the faults of one item: a thousand items with all of theirs would fill the store.
MOST_FAULTS: Final = 10

# Of the names in all items together: the same typo in each row is one.
_MOST_SUGGESTIONS = 200


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """A batch as it was parsed; at least one item is a request."""

    key: str | None
    items: tuple[BatchItem, ...]


def batch_of(key: str | None, items: Sequence[BatchItem]) -> BatchRequest:
    """The batch of these items.

    Raises: InvalidRequestError with the faults of all of them, if none is a request.
    """
    if all(item.request is None for item in items):
        raise InvalidRequestError(tuple(fault for item in items for fault in item.faults))
    return BatchRequest(key or None, tuple(items))


async def give_way() -> None:
    """Let the event loop see to everybody else."""
    await asyncio.sleep(0)


class ItemReader:
    """Reads the items of one batch, one after the other."""

    def __init__(
        self, callback_hosts: Sequence[str], latest: datetime | None, *, may_override: bool
    ) -> None:
        """Read for a caller who may use an override, or may not."""
        self._callback_hosts, self._may_override = callback_hosts, may_override
        self._latest = latest
        self._suggest = Suggestions(_MOST_SUGGESTIONS)
        self._seen: dict[str, int] = {}

    def read(self, value: object, at: int) -> BatchItem:
        """The item at this place: a request, or what is wrong with it."""
        base = pointer_to("", "restores", at)
        try:
            document = examine(value, base)
            demand_small(value)
            extra = [] if self._may_override else [*override_faults(document)]
            extra += _key_faults(document, at, self._seen)
            extra += schedule_faults(document, self._latest)
            request = read_request(
                document, self._suggest, callback_hosts=self._callback_hosts, extra=extra
            )
        except InvalidRequestError as error:
            some = error.faults[:MOST_FAULTS]
            # That it is too large was found without a look at its place.
            faults = tuple(Fault(it.pointer or base, it.text) for it in some)
            return BatchItem(None, faults, person_in(value))
        return BatchItem(request, user=request.user)


def person_in(value: object) -> str:
    """Who was asked for in an item that is no request, as far as that can be told."""
    user = value.get("user") if isinstance(value, dict) else None
    if not isinstance(user, str) or len(user) > MAX_PERSON or not user.isprintable():
        return ""
    return user


def demand_small(value: object) -> None:
    """Hold what was examined, and so is neither deep nor has many values, to the usual size.

    Raises: BodyTooLargeError.
    """
    size = len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
    if size > MAX_BODY_BYTES:
        raise BodyTooLargeError(size, MAX_BODY_BYTES)


def _key_faults(document: Document, at: int, seen: dict[str, int]) -> Iterator[Fault]:
    """Each item is a restore of its own, so no two may have one key."""
    key = document.value.get("idempotencyKey")
    if not isinstance(key, str):
        return
    first = seen.setdefault(key, at)
    if first != at:
        pointer = pointer_to(document.base, "idempotencyKey")
        yield Fault(pointer, text("fault", "same-key", first=f"/restores/{first}"))
