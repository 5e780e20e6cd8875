"""Describe requests in more detail than the wire model that parses them."""

from pydantic import Field

from shared.intake.wire.fields import Key
from shared.intake.wire.models import RestoreWire, Wire


class BatchWire(Wire):
    """Up to a thousand restore requests.

    The door reads each item by itself, so that one bad item does not keep the others waiting.
    """

    idempotency_key: Key | None = Field(
        default=None,
        description="Chosen by the caller: the same key never starts a second batch. The header"
        " Idempotency-Key means the same, and the two must not differ.",
    )
    restores: list[RestoreWire] = Field(
        min_length=1,
        max_length=1000,
        description="1 to 1,000 restore requests, each as for StartRestore.",
    )


class ChecksWire(Wire):
    """Up to a hundred restore requests to check at once."""

    restores: list[RestoreWire] = Field(
        min_length=1,
        max_length=100,
        description="1 to 100 restore requests, each as for StartRestore.",
    )
