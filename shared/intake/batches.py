"""Parse a batch: good items are taken, bad ones are returned with their faults.

The batch as a whole is refused only for its envelope, or if no item is good: people send lists
from spreadsheets, and one bad row shall not keep the others waiting.

Nothing here takes long at a time: values are counted before they are built, and between any two
items whoever else has work to do gets a turn.
"""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import Field

from shared.domain.batches.batch import BatchItem
from shared.domain.text import text
from shared.errors import BodyTooLargeError, Fault, InvalidRequestError
from shared.intake.requests import read_request
from shared.intake.rules import header_key_faults, override_faults, schedule_faults
from shared.intake.wire.check import Suggestions, check
from shared.intake.wire.count import has_more_values
from shared.intake.wire.decode import (
    MAX_BODY_BYTES,
    Document,
    check_size,
    examine,
    parse_counted,
    pointer_to,
    refuse_values,
)
from shared.intake.wire.fields import MAX_PERSON, Key
from shared.intake.wire.models import Wire

MOST_ITEMS: Final = 1000

# A thousand items of 4 KiB and 40 values; most have 200 bytes and 4 values. Each item is held to
# the bounds of any request.
MAX_BATCH_BYTES: Final = 4 * 1024 * 1024
MAX_BATCH_VALUES: Final = 40_000

# What is kept of the faults of one item: a thousand items with all of theirs would fill the store.
_MOST_FAULTS = 10

# Of the names in all items together: the same typo in each row is one.
_MOST_SUGGESTIONS = 200


class BatchEnvelope(Wire):
    """Many restore requests at once; each item is judged for itself."""

    idempotency_key: Key | None = Field(
        default=None,
        description="Chosen by the caller: the same key never starts a second batch. The header"
        " Idempotency-Key means the same, and the two must not differ.",
    )
    restores: list[object] = Field(
        min_length=1,
        max_length=MOST_ITEMS,
        description="1 to 1,000 restore requests, each as for StartRestore.",
    )


@dataclass(frozen=True, slots=True)
class BatchRequest:
    """A batch as it was parsed; at least one item is a request."""

    key: str | None
    items: tuple[BatchItem, ...]


async def parse_batch(
    body: bytes,
    *,
    header_key: str | None,
    callback_hosts: Sequence[str],
    may_override: bool,
    latest: datetime | None = None,
) -> BatchRequest:
    """The batch in an HTTP body; without `may_override`, items that use an override are bad.

    Raises: InvalidRequestError for its envelope, or if every item is bad, with all faults;
        BodyTooLargeError, which is one. Nothing was begun.
    """
    check_size(body, MAX_BATCH_BYTES)
    if has_more_values(body, MAX_BATCH_VALUES):
        refuse_values("", MAX_BATCH_VALUES)
    await _give_way()
    envelope = _envelope(parse_counted(body), header_key)
    reader = _ItemReader(callback_hosts, latest, may_override=may_override)
    items = []
    for at, item in enumerate(envelope.restores):
        await _give_way()
        items.append(reader.read(item, at))
    if all(item.request is None for item in items):
        raise InvalidRequestError(tuple(fault for item in items for fault in item.faults))
    return BatchRequest(envelope.idempotency_key or header_key, tuple(items))


async def _give_way() -> None:
    """Let the event loop see to everybody else."""
    await asyncio.sleep(0)


def _envelope(value: object, header_key: str | None) -> BatchEnvelope:
    """The envelope by itself; what is in the items is no fault of its own."""
    restores = value.get("restores") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(restores, list):
        # In place: a copy would forget which names were written twice.
        value["restores"] = [None] * min(len(restores), MOST_ITEMS + 1)
    document = examine(value, "")
    _demand_small(value)
    if isinstance(restores, list) and len(restores) <= MOST_ITEMS:
        document.value["restores"] = restores
    checked = check(BatchEnvelope, document)
    faults = (*document.faults, *checked.faults, *header_key_faults(document, header_key))
    if faults or checked.wire is None:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return checked.wire


class _ItemReader:
    """Reads the items of one batch, one after the other."""

    def __init__(
        self, callback_hosts: Sequence[str], latest: datetime | None, *, may_override: bool
    ) -> None:
        self._callback_hosts, self._may_override = callback_hosts, may_override
        self._latest = latest
        self._suggest = Suggestions(_MOST_SUGGESTIONS)
        self._seen: dict[str, int] = {}

    def read(self, value: object, at: int) -> BatchItem:
        """The item at this place: a request, or what is wrong with it."""
        base = pointer_to("", "restores", at)
        try:
            document = examine(value, base)
            _demand_small(value)
            extra = [] if self._may_override else [*override_faults(document)]
            extra += _key_faults(document, at, self._seen)
            extra += schedule_faults(document, self._latest)
            request = read_request(
                document, self._suggest, callback_hosts=self._callback_hosts, extra=extra
            )
        except InvalidRequestError as error:
            some = error.faults[:_MOST_FAULTS]
            # That it is too large was found without a look at its place.
            faults = tuple(Fault(it.pointer or base, it.text) for it in some)
            return BatchItem(None, faults, _user_in(value))
        return BatchItem(request, user=request.user)


def _user_in(value: object) -> str:
    """Who was asked for in an item that is no request, as far as that can be told."""
    user = value.get("user") if isinstance(value, dict) else None
    if not isinstance(user, str) or len(user) > MAX_PERSON or not user.isprintable():
        return ""
    return user


def _demand_small(value: object) -> None:
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
