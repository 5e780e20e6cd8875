"""Parse a batch in JSON: good items are taken, bad ones are returned with their faults.

The batch as a whole is refused only for its envelope, or if no item is good: people send lists
from spreadsheets, and one bad row shall not keep the others waiting.

Nothing here takes long at a time: values are counted before they are built, and between any two
items whoever else has work to do gets a turn.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pydantic import Field

from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError
from shared.intake.batches.items import (
    MAX_BATCH_BYTES,
    MOST_ITEMS,
    BatchRequest,
    ItemReader,
    batch_of,
    demand_small,
    give_way,
)
from shared.intake.rules import header_key_faults
from shared.intake.wire.check import check
from shared.intake.wire.count import has_more_values
from shared.intake.wire.decode import check_size, examine, parse_counted, refuse_values
from shared.intake.wire.fields import Key
from shared.intake.wire.models import Wire

# Most items have 4 values. Each item is held to the bounds of any request.
MAX_BATCH_VALUES: Final = 40_000


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
    await give_way()
    envelope = _envelope(_parsed(body), header_key)
    reader = ItemReader(callback_hosts, latest, may_override=may_override)
    items = []
    for at, item in enumerate(envelope.restores):
        await give_way()
        items.append(reader.read(item, at))
    return batch_of(envelope.idempotency_key or header_key, items)


def _parsed(body: bytes) -> object:
    """The value in the body; what does not begin like JSON may be a CSV file that is sent as JSON.

    Raises: InvalidRequestError.
    """
    try:
        return parse_counted(body)
    except InvalidRequestError as error:
        if [fault.text.variant for fault in error.faults] != ["json-no-beginning"]:
            raise
    raise InvalidRequestError((Fault("", text("fault", "json-or-csv")),))


def _envelope(value: object, header_key: str | None) -> BatchEnvelope:
    """The envelope by itself; what is in the items is no fault of its own."""
    restores = value.get("restores") if isinstance(value, dict) else None
    if isinstance(value, dict) and isinstance(restores, list):
        # In place: a copy would forget which names were written twice.
        value["restores"] = [None] * min(len(restores), MOST_ITEMS + 1)
    document = examine(value, "")
    demand_small(value)
    if isinstance(restores, list) and len(restores) <= MOST_ITEMS:
        document.value["restores"] = restores
    checked = check(BatchEnvelope, document)
    faults = (*document.faults, *checked.faults, *header_key_faults(document, header_key))
    if faults or checked.wire is None:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return checked.wire
