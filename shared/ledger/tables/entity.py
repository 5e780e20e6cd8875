r"""Encode a text, a key and a version in one table row.

Source: Microsoft, "Understanding the Table service data model": a string property holds at most
64 KiB of UTF-16, an entity 1 MiB in 252 properties, a key 1 KiB without / \ # ? and control
characters.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from shared.domain.records.links import Head

# 32,768 UTF-16 units fit into a property. 16,000 code points are at most 32,000 of them, wherever
# the astral characters are, and no surrogate pair is ever cut in two.
CHUNK = 16_000

# Left as it is in a key; `=` begins an escape, so two keys never encode to one.
_UNSAFE_IN_KEY = re.compile(r"[^A-Za-z0-9._@-]")

# 1 KiB is 512 UTF-16 units; what is longer goes by its hash.
_LONGEST_KEY = 500


def split(text: str) -> dict[str, str]:
    """The text over properties `doc0`, `doc1`, ..., each short enough for a row."""
    if 0 < len(text) <= CHUNK:
        return {"doc0": text}
    starts = range(0, len(text), CHUNK)
    return {f"doc{number}": text[at : at + CHUNK] for number, at in enumerate(starts)}


def join(row: Mapping[str, object]) -> str:
    """The text that `split` laid over the row's properties."""
    only = row.get("doc0")
    if isinstance(only, str) and "doc1" not in row:
        return only
    parts: list[str] = []
    while isinstance(part := row.get(f"doc{len(parts)}"), str):
        parts.append(part)
    return "".join(parts)


def key(text: str) -> str:
    """The text as a partition or row key: itself if it is safe, one to one in any case."""
    if len(text) <= _LONGEST_KEY and text.isascii() and text.replace("-", "").isalnum():
        return text
    escaped = _UNSAFE_IN_KEY.sub(_escape, text) or "="
    if len(escaped) <= _LONGEST_KEY:
        return escaped
    return f"=sha256={hashlib.sha256(escaped.encode()).hexdigest()}"


def etag_of(metadata: Mapping[str, object]) -> str:
    """The ETag that a read or write came back with.

    Raises:
        TypeError: there is none; the SDK types it as optional, the service always sends it.
    """
    etag = metadata.get("etag")
    if not isinstance(etag, str) or not etag:
        raise TypeError("the answer of table storage carries no ETag")
    return etag


def text_of(row: Mapping[str, object], name: str) -> str:
    """A text column; empty if the row has none."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def stamp(moment: datetime) -> str:
    """An instant as text that sorts as time does, to the microsecond and in UTC.

    A time column would do the same in Azure; the Azurite emulator compares those by the
    millisecond.
    """
    at = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return at.isoformat(timespec="microseconds")


def stamp_key(moment: datetime) -> str:
    """What `key` makes of the instant's `stamp`, in a fifth of the time."""
    return stamp(moment).replace(":", "=3A").replace("+", "=2B")


@dataclass(frozen=True, slots=True)
class Version:
    """The version of a row, needed to replace it: its ETag, and the end of the journal's chain.

    It travels to the callers and back as one opaque text, so that a write needs no read before it.
    """

    etag: str
    head: Head

    def __str__(self) -> str:
        at = stamp(self.head.at) if self.head.at is not None else ""
        return f"{self.head.number};{self.head.hash or ''};{at};{self.etag}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """The version, or None for a text that never was one."""
        length, _, rest = text.partition(";")
        hash_, _, rest = rest.partition(";")
        at, found, etag = rest.partition(";")
        if not found or not length.isdecimal():
            return None
        return cls(
            etag, Head(int(length), hash_ or None, datetime.fromisoformat(at) if at else None)
        )


def _escape(match: re.Match[str]) -> str:
    return "".join(f"={byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
