"""The words of the desk in English, a file for each part of the page."""

from collections.abc import Mapping
from typing import Final

from shared.texts.en.desk import codes, erasure, lists, page, plain, restore, today

WORDS: Final[Mapping[str, str]] = {
    **page.WORDS,
    **today.WORDS,
    **restore.WORDS,
    **lists.WORDS,
    **erasure.WORDS,
    **plain.WORDS,
    **codes.WORDS,
}
"""By the key that the modules of the page use."""
