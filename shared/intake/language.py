"""Choose the language of an answer by the Accept-Language header.

Source: RFC 9110, 12.5.4, Accept-Language; RFC 4647, 3.4.
"""

import re
from collections.abc import Iterator
from typing import Final

from shared.texts.reader import Language

# Browsers send some fifty characters. What stands behind these is not looked at.
MOST_CHARACTERS: Final = 1000

_RANGE = re.compile(
    r"[ \t]*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8})[ \t]*"
    r"(?:;[ \t]*[Qq]=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*)?"
)
_ANY = "*"


def language_of(header: str | None, default: Language) -> Language:
    """The language of the catalogue that this header wants most; `default` where it wants none.

    Of languages wanted equally the one named first counts, and `*` means the default. What is not
    a language range is passed over. A language that is refused (`q=0`) is taken only if there is
    nothing else: an answer in the wrong language is better than none.
    """
    wanted = list(_wanted((header or "")[:MOST_CHARACTERS]))
    offered = (default, *(item for item in Language if item is not default))
    weights = [_weight(item, wanted) for item in offered]
    best = max(weight or 0 for weight in weights)
    ranked = list(zip(offered, weights, strict=True))
    if best == 0:
        return next((item for item, weight in ranked if weight is None), default)
    equal = [item for item, weight in ranked if weight == best]
    return min(equal, key=lambda item: _place(item, wanted))


def _wanted(header: str) -> Iterator[tuple[str, float]]:
    """Each range, in lower case, with its weight."""
    for item in header.split(","):
        match = _RANGE.fullmatch(item)
        if match is not None:
            yield match[1].lower(), float(match[2] or 1)


def _weight(language: Language, wanted: list[tuple[str, float]]) -> float | None:
    """The weight of a language: by its own name, else by a narrower one, else by `*`."""
    exact = [weight for name, weight in wanted if name == language]
    narrow = [weight for name, weight in wanted if name.startswith(f"{language}-") and weight > 0]
    rest = [weight for name, weight in wanted if name == _ANY]
    return max(exact or narrow or rest, default=None)


def _place(language: Language, wanted: list[tuple[str, float]]) -> int:
    """The position at which the language is first named; last where only `*` means it."""
    places = [
        at
        for at, (name, _) in enumerate(wanted)
        if name == language or name.startswith(f"{language}-")
    ]
    return min(places, default=len(wanted))
