"""Find the licences whose names are like one that the tenant does not have."""

import difflib
import re
from collections.abc import Iterable
from typing import Final

from shared.domain.licensing.skus import Sku

_WORD: Final = re.compile(r"[^\W_]+")
_CLOSE: Final = 0.8
# A name from a request may be long, and comparing costs the product of two lengths.
_LONGEST: Final = 80


def near_names(asked: str, skus: Iterable[Sku]) -> tuple[str, ...]:
    """The labels of those that have all words of the name (`E3`), or nearly its letters.

    For people to choose from: none is ever taken in place of the name that was given.
    """
    name = asked[:_LONGEST].casefold()
    words = set(_WORD.findall(name))
    return tuple(sku.label for sku in skus if _is_near(name, words, sku))


def _is_near(name: str, words: set[str], sku: Sku) -> bool:
    known = (sku.name.casefold(), sku.part_number.casefold())
    has_all = bool(words) and any(words <= set(_WORD.findall(one)) for one in known)
    return has_all or any(_is_alike(name, one) for one in known)


def _is_alike(name: str, known: str) -> bool:
    return difflib.SequenceMatcher(None, name, known).ratio() >= _CLOSE
