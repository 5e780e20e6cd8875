"""Decode bytes to one JSON object, more strictly than Python's own reader.

Never raises anything but InvalidRequestError, and never quotes the body: it may hold secrets. What
it costs is bounded by the size of the body, whatever is in it: values are counted before they are
built, and the pointer of a value is written only where there is a fault to tell.
"""

import codecs
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Never

from shared.domain.text import Text, text
from shared.errors import LONGEST_POINTER, BodyTooLargeError, Fault, InvalidRequestError
from shared.intake.wire.count import has_more_values
from shared.intake.wire.field_examples import A_RESTORE
from shared.intake.wire.not_json import not_json

# The size of one Azure Storage queue message, so that every door takes the same requests.
# Source: Microsoft Learn, "Scalability and performance targets for Queue Storage".
MAX_BODY_BYTES = 64 * 1024

# Of one request, which needs some twenty values and names of at most 23 characters. Whatever
# repeats for each value, or repeats a name, is bounded by these.
MAX_VALUES = 2_000
MAX_NAME_LENGTH = 128

# A request needs three levels and a batch or an event one more; what is far deeper is an attack
# on whoever walks it recursively later on.
MAX_DEPTH = 32

# Longer numbers are read as infinite: Python refuses to convert integers of more than 4,300 digits,
# and no field of ours holds a number of this size anyway.
_MAX_DIGITS = 300

_BOM = b"\xef\xbb\xbf"
# The mark of UTF-16, and the nought in its first two bytes where there is none: JSON begins with a
# character of ASCII. Source: RFC 4627, section 3.
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FIRST_TWO = 2
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """A JSON object, where it lies (`base`, a JSON pointer), and what is wrong with it as JSON."""

    value: dict[str, object]
    base: str = ""
    faults: tuple[Fault, ...] = field(default=())


class _Object(dict[str, object]):
    """A JSON object that remembers which names were written more than once."""

    twice: tuple[str, ...] = ()


class _Node(NamedTuple):
    """A value of a document, and how it is reached: from where, and by which name or index."""

    value: object
    parent: "_Node | None" = None
    step: str | int = ""
    depth: int = 1


def decode(body: bytes, base: str = "") -> Document:
    """The JSON object in `body`, which lies at the JSON pointer `base`; a UTF-8 BOM is skipped.

    Faults that leave the object readable (a name written twice, NaN) come back with it, to be
    reported together with those of its fields. Source of the grammar: RFC 8259; of "names should
    be unique, text must be UTF-8": RFC 7493 (I-JSON).

    Raises: InvalidRequestError when there is no object to go on with; BodyTooLargeError.
    """
    return examine(parse(body, base), base)


def parse(body: bytes, base: str = "") -> object:
    """The JSON value in `body`, not yet examined.

    Raises: InvalidRequestError when it is not JSON, or has too many values; BodyTooLargeError.
    """
    check_size(body)
    if has_more_values(body, MAX_VALUES):
        refuse_values(base, MAX_VALUES)
    return parse_counted(body, base)


def parse_counted(body: bytes, base: str = "") -> object:
    """The JSON value in a body whose size and values were judged before.

    Raises: InvalidRequestError when it is not JSON.
    """
    return _parse(_text(body, base), base)


def examine(value: object, base: str) -> Document:
    """The JSON object that was parsed, with the faults that leave it readable.

    Raises: InvalidRequestError when it is no object, or one that no record could keep: too deep,
        with too many values or too long a name, or with half a character in it.
    """
    nodes = list(_walk(value, base))
    broken = tuple(fault for node in nodes for fault in _unusable(node, base))
    if broken:
        raise InvalidRequestError(broken)
    if not isinstance(value, dict):
        _refuse(base, _no_object(value, base))
    return Document(value, base, tuple(fault for node in nodes for fault in _oddities(node, base)))


def check_size(body: bytes, limit: int = MAX_BODY_BYTES) -> None:
    """Let a body pass that is not too large. Raises: BodyTooLargeError."""
    if len(body) > limit:
        raise BodyTooLargeError(len(body), limit)


def refuse_values(base: str, most: int) -> Never:
    """Refuse a document for the number of its values. Raises: InvalidRequestError."""
    _refuse(base, text("fault", "many-values", most=most))


def pointer_to(base: str, *steps: str | int) -> str:
    """The JSON pointer of a member below `base`. Source: RFC 6901."""
    return base + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def is_json(media_type: str) -> bool:
    """Whether a media type declares JSON, by name or by suffix. Source: RFC 6839 section 3.1."""
    bare = _bare(media_type)
    return bare == "application/json" or bare.endswith("+json")


def is_csv(media_type: str) -> bool:
    """Whether a media type declares CSV. Source: RFC 7111 section 5."""
    return _bare(media_type) == "text/csv"


def _bare(media_type: str) -> str:
    return media_type.split(";", maxsplit=1)[0].strip().lower()


def _refuse(pointer: str, wrong: Text) -> Never:
    # Without the cause on purpose: it holds the body, and with it callback URLs.
    raise InvalidRequestError((Fault(pointer, wrong),)) from None


def _no_object(value: object, base: str) -> Text:
    """Within a body there are objects of one kind only: restore requests."""
    if base:
        return text("fault", "no-restore", example=A_RESTORE)
    if isinstance(value, list):
        return text("fault", "json-list")
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        return text("fault", "json-twice")
    return text("fault", "no-json-object")


def _text(body: bytes, base: str) -> str:
    if body.startswith(_UTF_16_MARKS) or b"\x00" in body[:_FIRST_TWO]:
        _refuse(base, text("fault", "utf-16"))
    skipped = len(_BOM) if body.startswith(_BOM) else 0
    try:
        written = body[skipped:].decode()
    except UnicodeDecodeError as error:
        offset = error.start + skipped
        _refuse(base, text("fault", "not-utf-8", offset=offset))
    if not written.strip():
        _refuse(base, text("fault", "empty-body"))
    return written


def _parse(written: str, base: str) -> object:
    try:
        value: object = json.loads(
            written,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_fraction,
            parse_constant=float,
        )
    except json.JSONDecodeError as error:
        _refuse(base, not_json(error))
    except RecursionError:
        _refuse(base, text("fault", "too-deep", most=MAX_DEPTH))
    return value


def _object(pairs: list[tuple[str, object]]) -> _Object:
    result = _Object(pairs)
    if len(result) < len(pairs):
        written = Counter(name for name, _ in pairs)
        result.twice = tuple(name for name, times in written.items() if times > 1)
    return result


def _integer(digits: str) -> float:
    return int(digits) if len(digits) <= _MAX_DIGITS else math.inf


def _fraction(digits: str) -> float:
    return float(digits) if len(digits) <= _MAX_DIGITS else math.inf


def _walk(root: object, base: str) -> Iterator[_Node]:
    """Every value, parents first; without recursion, so of any depth."""
    waiting, count = [_Node(root)], 1
    while waiting:
        node = waiting.pop()
        yield node
        members: list[tuple[str | int, object]] = []
        if isinstance(node.value, dict):
            _demand_short_names(node, base)
            members = list(node.value.items())
        elif isinstance(node.value, list):
            members = list(enumerate(node.value))
        if members and node.depth > MAX_DEPTH:
            _refuse(base, text("fault", "too-deep", most=MAX_DEPTH))
        count += len(members)
        if count > MAX_VALUES:
            refuse_values(base, MAX_VALUES)
        deeper = node.depth + 1
        waiting += [_Node(value, node, step, deeper) for step, value in reversed(members)]


def _demand_short_names(node: _Node, base: str) -> None:
    """Refuse at the first name that is too long: each pointer below it would repeat it."""
    longest = max(map(len, node.value), default=0) if isinstance(node.value, dict) else 0
    if longest > MAX_NAME_LENGTH:
        wrong = text("fault", "long-name", count=longest, most=MAX_NAME_LENGTH)
        _refuse(_pointer(node, base), wrong)


def _pointer(node: _Node, base: str) -> str:
    """The pointer of a value, as far as anybody is told of it."""
    steps: list[str | int] = []
    while node.parent is not None:
        steps.append(node.step)
        node = node.parent
    pointer = base
    while steps and len(pointer) <= LONGEST_POINTER:
        pointer = pointer_to(pointer, steps.pop())
    return _SURROGATE.sub("?", pointer)


def _unusable(node: _Node, base: str) -> Iterator[Fault]:
    """A half of a surrogate pair has no UTF-8: no record could keep it, no answer show it."""
    if isinstance(node.value, str) and _SURROGATE.search(node.value):
        yield Fault(_pointer(node, base), text("fault", "half-character"))
    if isinstance(node.value, dict) and any(_SURROGATE.search(name) for name in node.value):
        yield Fault(_pointer(node, base), text("fault", "half-character-in-name"))


def _oddities(node: _Node, base: str) -> Iterator[Fault]:
    if isinstance(node.value, _Object):
        for name in node.value.twice:
            yield Fault(pointer_to(_pointer(node, base), name), text("fault", "written-twice"))
    if isinstance(node.value, float) and not math.isfinite(node.value):
        yield Fault(_pointer(node, base), text("fault", "no-finite-number"))
