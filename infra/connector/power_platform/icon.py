"""Draw the connector's icon: a ring with an arrow, on the brand colour.

Run `python -m infra.connector.power_platform.icon` to write it anew.
230 by 230 pixels with the mark inside about 160, as the certification asks; nothing but the
standard library, so that the picture can be changed without a drawing program.
"""

import math
import struct
import zlib
from pathlib import Path
from typing import Final

from infra.connector.power_platform.properties import BRAND_COLOR

SIZE: Final = 230

_WHITE = (255, 255, 255)
# Around the middle, in pixels; the arrow's tip stands where the ring is open.
_RADIUS, _HALF_WIDTH = 62.0, 10.0
_OPEN_FROM, _OPEN_TO = -2.36, -1.45
_ARROW: Final = ((-6.0, -92.0), (-6.0, -32.0), (-44.0, -62.0))
# Every pixel is looked at in 4 x 4 places, so that edges are smooth.
_PLACES: Final = tuple((step + 0.5) / 4 for step in range(4))

type _Point = tuple[float, float]


def main() -> None:
    """Write the file."""
    (Path(__file__).parents[1] / "icon.png").write_bytes(icon())


def icon() -> bytes:
    """The picture as PNG. Source: PNG specification, third edition."""
    rows = b"".join(b"\0" + bytes(_row(y)) for y in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _row(y: int) -> list[int]:
    return [part for x in range(SIZE) for part in _pixel(x, y)]


def _pixel(x: int, y: int) -> tuple[int, ...]:
    middle = SIZE / 2
    inside = sum(
        _is_mark((x + across - middle, y + down - middle)) for across in _PLACES for down in _PLACES
    )
    share = inside / len(_PLACES) ** 2
    ground = bytes.fromhex(BRAND_COLOR.removeprefix("#"))
    return tuple(round(b + (w - b) * share) for b, w in zip(ground, _WHITE, strict=True))


def _is_mark(point: _Point) -> bool:
    x, y = point
    on_ring = abs(math.hypot(x, y) - _RADIUS) <= _HALF_WIDTH
    is_open = _OPEN_FROM <= math.atan2(y, x) <= _OPEN_TO
    return (on_ring and not is_open) or _is_in_arrow(point)


def _is_in_arrow(point: _Point) -> bool:
    edges = zip(_ARROW, (*_ARROW[1:], _ARROW[0]), strict=True)
    sides = [_side(point, start, end) for start, end in edges]
    return all(side >= 0 for side in sides) or all(side <= 0 for side in sides)


def _side(point: _Point, start: _Point, end: _Point) -> float:
    (x, y), (ax, ay), (bx, by) = point, start, end
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax)


if __name__ == "__main__":
    main()
