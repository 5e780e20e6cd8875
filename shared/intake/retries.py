"""Parse the body of a retry of many restores, or return every fault in it at once."""

from typing import Annotated, Final

from pydantic import Field

from shared.intake.wire.body import read_body
from shared.intake.wire.models import Wire

MOST_RETRIES: Final = 100


class RetriesWire(Wire):
    """The restores that get another attempt."""

    restore_ids: list[Annotated[str, Field(min_length=1)]] = Field(
        min_length=1,
        max_length=MOST_RETRIES,
        description="1 to 100 ids of restores; one that is named twice is tried once.",
    )


def parse_retries(body: bytes) -> tuple[str, ...]:
    """The ids in an HTTP body, each once and in their order.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    return tuple(dict.fromkeys(read_body(body, RetriesWire).restore_ids))
