"""Render texts as a reader sees them: in English with every role, unless told otherwise."""

from dataclasses import astuple
from typing import Protocol

from shared.domain.requests.roles import Role
from shared.domain.text import Text
from shared.texts.reader import Language, Reader
from shared.texts.render import Words, catalogue, parts_of, words

EVERYBODY = Reader(roles=frozenset({Role.READ}))


class Spoken(Protocol):
    """Whatever has a text: an outcome, a finding, a warning, a fault, a wait, an error."""

    @property
    def text(self) -> Text:
        """What is to be said."""
        ...


def said(item: Spoken | None, reader: Reader = EVERYBODY) -> Words:
    """The words of something that is there."""
    assert item is not None
    return words(item.text, reader)


def unsaid(item: Spoken) -> set[str]:
    """What the words of an item name and the item does not have; its key, if it has no words."""
    entry = catalogue(Language.ENGLISH).get(item.text.key)
    if entry is None:
        return {item.text.key}
    patterns = [one for one in astuple(entry) if isinstance(one, str)]
    named = {name for one in patterns for _, name, _ in parts_of(one) if name is not None}
    # A parameter is never None by its type, and here is where somebody would find out.
    return named - {name for name, value in item.text.params if str(value) != "None"}


def shown(text: Text | None, reader: Reader = EVERYBODY) -> str:
    """The message of a text; empty where there is none."""
    return "" if text is None else words(text, reader).message
