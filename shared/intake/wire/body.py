"""Read a body as one of the wire models, or raise every fault in it at once."""

from collections.abc import Callable, Iterable

from shared.errors import Fault, InvalidRequestError
from shared.intake.wire.check import check
from shared.intake.wire.decode import Document, decode
from shared.intake.wire.models import Wire

type Rule = Callable[[Document], Iterable[Fault]]
"""What no model can say of a body: the faults of it, if there are any."""


def read_body[W: Wire](body: bytes, model: type[W], *rules: Rule) -> W:
    """The body as this model.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    document = decode(body)
    checked = check(model, document)
    faults = [*document.faults, *checked.faults]
    faults += [fault for rule in rules for fault in rule(document)]
    if faults or checked.wire is None:
        raise InvalidRequestError(tuple(dict.fromkeys(faults)))
    return checked.wire
