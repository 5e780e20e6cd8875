"""Make texts with made-up parameters, and readers for them."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from shared.domain.requests.roles import Role
from shared.domain.text import Param, Text
from shared.texts.entry import Entry
from shared.texts.reader import Language, Reader
from shared.texts.render import catalogue, parts_of

INSTANT = "2026-11-28T05:27:00Z"

READERS: Mapping[str, Reader] = {
    "keys": Reader(roles=frozenset({Role.READ, Role.REQUEST}), by_keys=True),
    "request": Reader(roles=frozenset({Role.REQUEST})),
    "read": Reader(roles=frozenset({Role.READ, Role.REQUEST})),
    "override": Reader(roles=frozenset({Role.REQUEST, Role.OVERRIDE})),
    "admin": Reader(roles=frozenset({Role.REQUEST, Role.ADMIN})),
}


def words_of(entry: Entry) -> dict[str, str]:
    """The words of an entry by their field, as far as it has them."""
    named = ((field.name, getattr(entry, field.name)) for field in fields(entry))
    return {name: words for name, words in named if words}


def params_in(entry: Entry) -> dict[str, str]:
    """Each parameter that an entry uses anywhere, with its form."""
    return {
        name: form
        for words in words_of(entry).values()
        for _, name, form in parts_of(words)
        if name is not None
    }


def sample(key: str, language: Language = Language.ENGLISH) -> Text:
    """The text of this entry, with parameters that say what they are."""
    code, _, variant = key.partition("/")
    params = params_in(catalogue(language)[key])
    return Text(code, variant, tuple(sorted(_samples(params))))


def _samples(params: Mapping[str, str]) -> Iterator[tuple[str, Param]]:
    for name, form in params.items():
        if form == "time":
            yield name, INSTANT
        elif "|" in form:
            yield name, 2
        else:
            yield name, f"<{name}>"
