"""Parse the body of a retry of many restores, or return every fault in it at once."""

from typing import Final

from pydantic import Field

from shared.errors import InvalidRequestError
from shared.intake.wire.check import check
from shared.intake.wire.decode import decode
from shared.intake.wire.models import Wire

MOST_RETRIES: Final = 100


class RetriesWire(Wire):
    """The restores that get another attempt."""

    restore_ids: list[str] = Field(
        min_length=1,
        max_length=MOST_RETRIES,
        description="1 to 100 ids of restores; one that is named twice is tried once.",
    )


def parse_retries(body: bytes) -> tuple[str, ...]:
    """The ids in an HTTP body, each once and in their order.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    document = decode(body)
    checked = check(RetriesWire, document)
    faults = (*document.faults, *checked.faults)
    if faults or checked.wire is None:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return tuple(dict.fromkeys(checked.wire.restore_ids))
