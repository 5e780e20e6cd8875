"""Read a text in every form in which a name may be wrapped in it: escapes, URLs, base64, UTF-16."""

import base64
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import unquote_plus

# Of JSON, also where it stands within JSON. From the first backslash of a run alone: from each of
# them, a message of backslashes costs the square of its length.
_ESCAPE: Final = re.compile(r"(?<!\\)\\++u([0-9a-fA-F]{4})")
# Of both alphabets, and long enough for a name. Source: RFC 4648.
_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]{8,}")


def readings(written: str) -> Iterator[str]:
    """The text as it stands there, and as whoever unwraps it would read it."""
    yield written
    for unwrapped in (unquote_plus(written), _ESCAPE.sub(_letter, written)):
        if unwrapped != written:
            yield unwrapped
    if "\x00" in written:
        yield written.replace("\x00", "")
    yield from filter(None, map(_decoded, _BASE64.findall(written)))


def _letter(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _decoded(run: str) -> str:
    """What the letters stand for in base64, of UTF-8 or UTF-16; empty if they are none."""
    if len(run) % 4 == 1:
        return ""
    padded = run.translate(str.maketrans("-_", "+/")) + "=" * (-len(run) % 4)
    return base64.b64decode(padded).replace(b"\x00", b"").decode("utf-8", "ignore")
