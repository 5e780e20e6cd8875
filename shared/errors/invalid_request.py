"""Define the error of a request that cannot be understood, with every fault of it."""

import re
from dataclasses import dataclass

from shared.domain.text import Text, text
from shared.errors.root import ToldError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: where (JSON pointer) and what to do about it."""

    pointer: str
    text: Text


# A hostile body of 64 KiB can have thousands of faults, each with a pointer of thousands of
# characters. What is told of them has a bound, in number and in length.
MOST_FAULTS = 100
LONGEST_POINTER = 300


# What is wrong where a body is not there, is of another operation, or is not JSON.
_OF_SHAPE = frozenset(
    {
        "empty-body",
        "missing",
        "missing-choice",
        "no-json-object",
        "no-restore",
        "not-json",
        "unknown-name",
        "unquoted",
        "wrong-quotes",
    }
)
# What begins so is said of a text that stops being JSON somewhere.
_OF_JSON = "json-"


class InvalidRequestError(ToldError):
    """The request cannot be understood; nothing was begun.

    `faults` are the first hundred, each with a pointer of at most 300 characters; `untold` is how
    many more there are.
    """

    def __init__(self, faults: tuple[Fault, ...], told: Text | None = None) -> None:
        found = tuple(dict.fromkeys(map(_with_short_pointer, faults)))
        self.faults, self.untold = found[:MOST_FAULTS], max(len(found) - MOST_FAULTS, 0)
        self.listed = faults_told(self.faults, self.untold)
        super().__init__(told or text("invalid-request", faults=self.listed))

    @property
    def is_of_shape(self) -> bool:
        """Whether the body is none, or none of this kind: an example says more than the faults."""
        variants = [fault.text.variant for fault in self.faults]
        return any(one in _OF_SHAPE or one.startswith(_OF_JSON) for one in variants)


# The text goes into the ledger and into events, so it names only as many faults as a person would
# correct at once: with the count of the others, one less than a list in words may have.
_MOST_TOLD = 9


def faults_told(faults: tuple[Fault, ...], untold: int = 0) -> tuple[Text, ...]:
    """The faults with their places, as parameters of a text; of many, the first ones."""
    told = tuple(_with_place(fault) for fault in faults[:_MOST_TOLD])
    left = len(faults) - len(told) + untold
    return (*told, text("more", count=left)) if left else told


# People count the entries of a list from one; pointers, which stand beside, from nought.
_ENTRY = re.compile(r"/restores/([0-9]{1,4})(?:/(.*))?\Z", re.DOTALL)


# A file is read by its lines, which these texts name themselves.
_OF_A_FILE = frozenset({"in-line", "in-cell"})


def _with_place(fault: Fault) -> Text:
    if fault.text.variant in _OF_A_FILE:
        return fault.text
    if not fault.pointer:
        return text("fault-at", "body", wrong=fault.text)
    if (entry := _ENTRY.match(fault.pointer)) is not None:
        number, field = int(entry[1]) + 1, entry[2]
        if not field:
            return text("fault-at", "entry", number=number, wrong=fault.text)
        return text("fault-at", "in-entry", number=number, field=field, wrong=fault.text)
    return text("fault-at", pointer=fault.pointer, wrong=fault.text)


def _with_short_pointer(fault: Fault) -> Fault:
    return Fault(cut(fault.pointer, LONGEST_POINTER), fault.text)


def cut(written: str, longest: int) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    return written if len(written) <= longest else f"{written[: longest - 1]}…"


class BodyTooLargeError(InvalidRequestError):
    """The body has more bytes than a request may have; it was not read, and nothing was begun."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        fault = Fault("", text("fault", "too-large", size=size, most=limit))
        super().__init__((fault,), text("body-too-large", size=size, most=limit))
