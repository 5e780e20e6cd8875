"""A batch: untrusted bytes in, its items out, the bad ones with their faults beside the good ones.

The batch as a whole is refused only for its envelope, or if no item is good: people send lists
from spreadsheets, and one bad row shall not keep the others waiting.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import Field

from shared.domain.batches.batch import BatchItem
from shared.domain.text import text
from shared.errors import BodyTooLargeError, Fault, InvalidRequestError
from shared.intake.requests import read_request
from shared.intake.rules import header_key_faults, override_faults
from shared.intake.wire.check import check
from shared.intake.wire.decode import (
    MAX_BODY_BYTES,
    MAX_DEPTH,
    Document,
    examine,
    parse,
    pointer_to,
)
from shared.intake.wire.fields import Key
from shared.intake.wire.models import Wire

MOST_ITEMS: Final = 1000

# A thousand items of 4 KiB; most have 200 bytes. Each item is held to 64 KiB like any request.
MAX_BATCH_BYTES: Final = 4 * 1024 * 1024

# What is kept of the faults of one item: a thousand items with all of theirs would fill the store.
_MOST_FAULTS = 10
_LONGEST_POINTER = 300


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
    """What a batch asks for; at least one item is a request."""

    key: str | None
    items: tuple[BatchItem, ...]


def parse_batch(
    body: bytes, *, header_key: str | None, callback_hosts: Sequence[str], may_override: bool
) -> BatchRequest:
    """The batch in an HTTP body; without `may_override`, items that use an override are bad.

    Raises: InvalidRequestError for its envelope, or if every item is bad, with all faults;
        BodyTooLargeError, which is one. Nothing was begun.
    """
    value = parse(body, limit=MAX_BATCH_BYTES)
    envelope = _envelope(value, header_key)
    seen: dict[str, int] = {}
    items = tuple(
        _limited(_item(item, at, callback_hosts, may_override=may_override, seen=seen))
        for at, item in enumerate(envelope.restores)
    )
    if all(item.request is None for item in items):
        raise InvalidRequestError(tuple(fault for item in items for fault in item.faults))
    return BatchRequest(envelope.idempotency_key or header_key, items)


def _envelope(value: object, header_key: str | None) -> BatchEnvelope:
    """The envelope by itself; what is in the items is no fault of its own."""
    restores = value.get("restores") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(restores, list):
        # In place: a copy would forget which names were written twice.
        value["restores"] = [None] * min(len(restores), MOST_ITEMS)
    _check_size(value)
    document = examine(value, "")
    document.value.update({} if restores is None else {"restores": restores})
    checked = check(BatchEnvelope, document)
    faults = (*document.faults, *checked.faults, *header_key_faults(document, header_key))
    if faults or checked.wire is None:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return checked.wire


def _item(
    value: object,
    at: int,
    callback_hosts: Sequence[str],
    *,
    may_override: bool,
    seen: dict[str, int],
) -> BatchItem:
    base = pointer_to("", "restores", at)
    try:
        _check_size(value)
        document = examine(value, base)
        extra = [] if may_override else [*override_faults(document)]
        extra += _key_faults(document, at, seen)
        return BatchItem(read_request(document, callback_hosts=callback_hosts, extra=extra))
    except InvalidRequestError as error:
        # What was found before the item was examined knows nothing of its place.
        return BatchItem(None, tuple(Fault(it.pointer or base, it.text) for it in error.faults))


def _check_size(value: object) -> None:
    """Examining costs more than parsing; so nothing large gets there, nor anything bottomless."""
    try:
        size = len(json.dumps(value))
    except RecursionError:
        fault = Fault("", text("fault", "too-deep", most=MAX_DEPTH))
        raise InvalidRequestError((fault,)) from None
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


def _limited(item: BatchItem) -> BatchItem:
    faults = tuple(
        Fault(fault.pointer[:_LONGEST_POINTER], fault.text) for fault in item.faults[:_MOST_FAULTS]
    )
    return BatchItem(item.request, faults)
