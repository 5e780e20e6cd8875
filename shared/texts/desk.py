"""Gather the words of the desk, the page that administrators open, in one language.

What the service says of a restore comes from the API, in the language that the page asks for. The
forms are those of the catalogue: `{name}`, and `{count:# seat|# seats}`.
"""

from collections.abc import Mapping
from importlib import import_module

from shared.texts.reader import Language


def desk_words(language: Language) -> Mapping[str, str]:
    """Every word of the page in this language, by the key that its modules use."""
    module = import_module(f"shared.texts.{language.value}.desk")
    words: Mapping[str, str] = module.WORDS
    return words
