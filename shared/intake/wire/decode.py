"""Bytes to one JSON object, without the liberties that Python's own reader takes.

Never raises anything but InvalidRequestError, and never quotes the body: it may hold secrets.
"""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Never

from shared.domain.text import Text, text
from shared.errors import BodyTooLargeError, Fault, InvalidRequestError

# The size of one Azure Storage queue message, so that every door takes the same requests.
# Source: Microsoft Learn, "Scalability and performance targets for Queue Storage".
MAX_BODY_BYTES = 64 * 1024

# A request needs three levels and a batch or an event one more; what is far deeper is an attack
# on whoever walks it recursively later on.
MAX_DEPTH = 32

# Longer integers are read as floats: Python refuses to convert more than 4,300 digits, and no
# field of ours holds a number of this size anyway.
_MAX_INTEGER_DIGITS = 300

_BOM = b"\xef\xbb\xbf"
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


def decode(body: bytes, base: str = "") -> Document:
    """The JSON object in `body`, which lies at the JSON pointer `base`; a UTF-8 BOM is skipped.

    Faults that leave the object readable (a name written twice, NaN) come back with it, to be
    reported together with those of its fields. Source of the grammar: RFC 8259; of "names should
    be unique, text must be UTF-8": RFC 7493 (I-JSON).

    Raises: InvalidRequestError when there is no object to go on with; BodyTooLargeError.
    """
    return examine(parse(body, base), base)


def parse(body: bytes, base: str = "", *, limit: int = MAX_BODY_BYTES) -> object:
    """The JSON value in `body`, not yet examined; at most `limit` bytes of it.

    Raises: InvalidRequestError when it is not JSON; BodyTooLargeError.
    """
    check_size(body, limit)
    return _parse(_text(body, base), base)


def examine(value: object, base: str) -> Document:
    """The JSON object that was parsed, with the faults that leave it readable.

    Raises: InvalidRequestError when it is no object, or one that no record could keep.
    """
    nodes = list(_walk(value, base))
    broken = tuple(fault for pointer, node in nodes for fault in _surrogates(pointer, node))
    if broken:
        raise InvalidRequestError(broken)
    if not isinstance(value, dict):
        _refuse(base, text("fault", "no-json-object"))
    faults = tuple(fault for pointer, node in nodes for fault in _oddities(pointer, node))
    return Document(value, base, faults)


def check_size(body: bytes, limit: int = MAX_BODY_BYTES) -> None:
    """Let a body pass that is not too large. Raises: BodyTooLargeError."""
    if len(body) > limit:
        raise BodyTooLargeError(len(body), limit)


def pointer_to(base: str, *steps: str | int) -> str:
    """The JSON pointer of a member below `base`. Source: RFC 6901."""
    return base + "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def is_json(media_type: str) -> bool:
    """Whether a media type declares JSON, by name or by suffix. Source: RFC 6839 section 3.1."""
    bare = media_type.split(";", maxsplit=1)[0].strip().lower()
    return bare == "application/json" or bare.endswith("+json")


def _refuse(pointer: str, wrong: Text) -> Never:
    # Without the cause on purpose: it holds the body, and with it callback URLs.
    raise InvalidRequestError((Fault(pointer, wrong),)) from None


def _text(body: bytes, base: str) -> str:
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
            written, object_pairs_hook=_object, parse_int=_integer, parse_constant=float
        )
    except json.JSONDecodeError as error:
        line, column = error.lineno, error.colno
        _refuse(base, text("fault", "not-json", reason=error.msg, line=line, column=column))
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
    return int(digits) if len(digits) <= _MAX_INTEGER_DIGITS else float(digits)


def _walk(root: object, base: str) -> Iterator[tuple[str, object]]:
    """Every value with its JSON pointer, parents first; without recursion, so of any depth."""
    waiting = [(base, 1, root)]
    while waiting:
        pointer, depth, node = waiting.pop()
        yield pointer, node
        members: list[tuple[str | int, object]] = []
        if isinstance(node, dict):
            members = list(node.items())
        elif isinstance(node, list):
            members = list(enumerate(node))
        if members and depth > MAX_DEPTH:
            _refuse(base, text("fault", "too-deep", most=MAX_DEPTH))
        waiting += [(pointer_to(pointer, name), depth + 1, it) for name, it in reversed(members)]


def _surrogates(pointer: str, node: object) -> Iterator[Fault]:
    """A half of a surrogate pair has no UTF-8: no record could keep it, no answer show it."""
    if isinstance(node, str) and _SURROGATE.search(node):
        yield Fault(_SURROGATE.sub("?", pointer), text("fault", "half-character"))
    if isinstance(node, dict) and any(_SURROGATE.search(name) for name in node):
        yield Fault(_SURROGATE.sub("?", pointer), text("fault", "half-character-in-name"))


def _oddities(pointer: str, node: object) -> Iterator[Fault]:
    if isinstance(node, _Object):
        for name in node.twice:
            yield Fault(pointer_to(pointer, name), text("fault", "written-twice"))
    if isinstance(node, float) and not math.isfinite(node):
        yield Fault(pointer, text("fault", "no-finite-number"))
