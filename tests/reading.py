"""Render texts as a reader sees them: in English with every role, unless told otherwise."""

from typing import Protocol

from shared.domain.requests.roles import Role
from shared.domain.text import Text
from shared.texts.reader import Reader
from shared.texts.render import Words, words

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


def shown(text: Text | None, reader: Reader = EVERYBODY) -> str:
    """The message of a text; empty where there is none."""
    return "" if text is None else words(text, reader).message
