"""Parse the body of an undo, or return every fault in it at once."""

from pydantic import Field

from shared.intake.wire.body import read_body
from shared.intake.wire.fields import Reason
from shared.intake.wire.models import Wire


class UndoWire(Wire):
    """The wish to take back what a restore has done."""

    reason: Reason | None = Field(default=None, description="Why; kept in the record.")


def parse_undo(body: bytes) -> UndoWire:
    """The undo in an HTTP body.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    return read_body(body, UndoWire)
