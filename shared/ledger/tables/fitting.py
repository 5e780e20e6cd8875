"""Shorten the longest texts of a value until it fits into one table row.

The directory's texts and Graph's own words have no bound of ours: a name may have 200,000
characters. Of a value that is too large the longest texts and lists are cut, and no more than
needed; the value that is written is the one that is read back.
Source: Microsoft, "Understanding the Table service data model": an entity has at most 1 MiB, texts
in UTF-16.
"""

from collections.abc import Mapping
from typing import Final

from shared.ledger.tables.codec import Codec

# In UTF-16 units, two bytes each: 800 KiB, so that the other columns of the row have room.
LARGEST: Final = 400 * 1024

# The longest text and the longest list that are left, one pair after the other.
_CUTS: Final = ((4_000, 500), (1_000, 100), (250, 20))

# What is of no use in part.
_WHOLE: Final = frozenset({"callback_url", "url"})


def fitted[T](value: T, codec: Codec[T], largest: int = LARGEST) -> tuple[T, str]:
    """The value as it fits into a row, and its text; the same value as a rule.

    Raises:
        ValueError: nothing in it can be cut far enough.
    """
    text = codec.encode(value)
    if _units(text) <= largest:
        return value, text
    body = codec.plain(value)
    for longest, most in _CUTS:
        smaller = codec.restored(_cut(body, longest, most))
        text = codec.encode(smaller)
        if _units(text) <= largest:
            return smaller, text
    raise ValueError("a value is too large for a row, however its texts are cut")


def _cut(value: object, longest: int, most: int) -> object:
    match value:
        case str():
            return value if len(value) <= longest else f"{value[: longest - 1]}…"
        case Mapping():
            return {
                name: item if name in _WHOLE else _cut(item, longest, most)
                for name, item in value.items()
            }
        case list() | tuple():
            return [_cut(item, longest, most) for item in value[:most]]
        case _:
            return value


def _units(text: str) -> int:
    """The length in UTF-16; a character has two units at most."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
