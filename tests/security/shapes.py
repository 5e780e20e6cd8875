"""Make requests that cost more than their size suggests, at any size in bytes.

A shape is a JSON object that begins like an honest request and is filled up with one thing that
multiplies when it is read, walked, or told of.
"""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Final

SKU: Final = "6fd2c87f-b296-42f0-b197-1e91e994b900"
EMOJI: Final = "\U0001f600"

_BEGINNING: Final = '"version":1,"kind":"mailbox","user":"megan.bowen@contoso.com"'

type Shape = Callable[[int], bytes]
"""A body of at most this many bytes, and nearly as many."""


def _filled(before: str, unit: str, after: str, *, between: str = ",") -> Shape:
    """The unit, as often as there is room for it."""

    def body(size: int) -> bytes:
        around = f"{{{_BEGINNING},{before}{after}}}"
        room = size - len(around.encode())
        times = max((room + len(between)) // (len(unit.encode()) + len(between)), 1)
        text = f"{{{_BEGINNING},{before}{between.join([unit] * times)}{after}}}"
        return text.encode()

    return body


def _half_name(name_unit: str, leaf: str) -> Shape:
    """A name of half the size above as many leaves as fit into the other half."""

    def body(size: int) -> bytes:
        name = name_unit * (size // 2 // len(name_unit.encode()) - 20)
        return _filled(f'"{name}":[', leaf, "]")(size)

    return body


def _names(make: Callable[[int], str]) -> Shape:
    """As many different unknown names as there is room for."""

    def body(size: int) -> bytes:
        parts: list[str] = []
        room = size - len(_BEGINNING) - 4
        while room > 0:
            parts.append(f'"{make(len(parts))}":0')
            room -= len(parts[-1].encode()) + 1
        return f"{{{_BEGINNING},{','.join(parts[:-1])}}}".encode()

    return body


def _nested(opening: str, closing: str, levels: int) -> Shape:
    def body(size: int) -> bytes:
        inside = f'"deep":{opening * levels}'
        return _filled(f"{inside}[", "NaN", f"]{closing * levels}")(size)

    return body


def _bottomless(size: int) -> bytes:
    return f'{{{_BEGINNING},"deep":'.encode().ljust(size, b"[")


_LONG_PATH = '{"' + "~" * 128 + '":'

SHAPES: Final[Mapping[str, Shape]] = {
    "a long name over zeros": _half_name("n", "0"),
    "a long name of slashes": _half_name("/", "0"),
    "a long name outside the plane": _half_name(EMOJI, "0"),
    "a long name over NaN": _half_name("/", "NaN"),
    "a long name over half characters": _half_name("~", r'"\ud800"'),
    "names of 128 characters": _names(lambda at: f"{at:04d}".ljust(128, "~")),
    "names of 128 emoji": _names(lambda at: f"{at:04d}".ljust(128, EMOJI)),
    "short names": _names(lambda at: f"n{at}"),
    "names that are nearly known": _names(lambda at: f"idempotencyKe{at}"),
    "one name again and again": _filled("", '"user":0', ""),
    "thirty levels of long names over NaN": _nested(_LONG_PATH, "}", 28),
    "thirty arrays over NaN": _nested("[", "]", 28),
    "without a bottom": _bottomless,
    "empty objects": _filled('"many":[', "{}", "]"),
    "objects in objects": _filled('"many":[', '{"a":{}}', "]"),
    "empty texts": _filled('"many":[', '""', "]"),
    "half characters": _filled('"many":[', r'"\ud800"', "]"),
    "NaN": _filled('"many":[', "NaN", "]"),
    "wrong SKUs": _filled('"license":{"skuIds":[', '"x"', "]}"),
    "right SKUs": _filled('"license":{"skuIds":[', f'"{SKU}"', "]}"),
    "part numbers of emoji": _filled('"license":{"skuPartNumbers":["', EMOJI, '"]}', between=""),
    "a number of many digits": _filled('"ticket":', "9", "", between=""),
    "a fraction of many digits": _filled('"ticket":0.', "3", "", between=""),
    "numbers of 300 digits": _filled('"many":[', "9" * 300, "]"),
    "numbers out of range": _filled('"many":[', "1e999", "]"),
    "a long text": _filled('"reason":"', "x", '"', between=""),
    "a long text of emoji": _filled('"reason":"', EMOJI, '"', between=""),
    "a text of control characters": _filled('"reason":"', r"\u0001", '"', between=""),
    "a name at dots": _filled('"newUserPrincipalName":"a@b', ".c", '"', between=""),
    "a URL of dots": _filled('"callbackUrl":"https://a', ".b", '"', between=""),
    "a URL of at signs": _filled('"callbackUrl":"https://', "@", '"', between=""),
    "white space": _filled('"dryRun":false', " ", "", between=""),
    "backslashes without an end": _filled('"reason":"', "\\\\", "", between=""),
    "quotes": _filled("", '""', "", between=""),
    "bytes that are no UTF-8": lambda size: _filled('"a":"', "x", '"')(size)[:-1] + b"\xff",
}


def in_base64(shape: Shape) -> Shape:
    """The same, as a queue message in base64."""
    return lambda size: base64.b64encode(shape(size * 3 // 4 - 3))


def in_event(shape: Shape) -> Shape:
    """The same, as the data of a CloudEvents event."""
    envelope = '{"specversion":"1.0","id":"1","source":"/hr","type":"t","data":'
    return lambda size: envelope.encode() + shape(size - len(envelope) - 1) + b"}"


def in_event_as_base64(shape: Shape) -> Shape:
    """The same, as the base64 data of an event."""

    def body(size: int) -> bytes:
        data = base64.b64encode(shape((size - 200) * 3 // 4 - 3)).decode()
        envelope = {"specversion": "1.0", "id": "1", "source": "/hr", "type": "t"}
        return json.dumps({**envelope, "data_base64": data}).encode()

    return body


def in_batch(shape: Shape, item_size: int) -> Shape:
    """Items of this shape, as many as there is room for."""

    def body(size: int) -> bytes:
        item = shape(item_size).replace(b'"version":1,', b"", 1)
        count = min((size - 20) // (len(item) + 1), 1000)
        return b'{"restores":[' + b",".join([item] * count) + b"]}"

    return body
