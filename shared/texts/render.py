"""Put a text into words: the entry of its code, in the reader's language, by the reader's roles.

A parameter stands in an entry as `{name}`, or with a form after a colon:

    {at:time}                  an RFC 3339 instant as "2026-11-28 05:27 UTC"
    {count:# seat|# seats}     the first part for one, the second for all other numbers; # is it
    {names}                    a list is joined with commas; a text within a text is put into words

Parameters may hold anything that anybody wrote: they are put in as they are, and never read as a
form. Whoever shows a text escapes it for where it is shown.
"""

import string
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module

from shared.domain.roles import Role
from shared.domain.text import Param, Text
from shared.texts.entry import Catalogue, Entry
from shared.texts.reader import Language, Reader


@dataclass(frozen=True, slots=True)
class Words:
    """A text in words; `fix` is empty where there is nothing to do."""

    message: str
    fix: str


def words(text: Text, reader: Reader) -> Words:
    """The message and the fix of this text for this reader.

    Raises:
        LookupError: the catalogue lacks the entry or the text lacks a parameter; a bug, which the
            tests of the catalogue find.
    """
    entry = catalogue(reader.language)[text.key]
    params = dict(text.params)
    return Words(
        _filled(_message(entry, reader), params, reader),
        _filled(_fix(entry, reader), params, reader),
    )


@cache
def catalogue(language: Language) -> Catalogue:
    """All entries of a language; read when first asked for."""
    module = import_module(f"shared.texts.{language.value}")
    entries: Catalogue = module.ENTRIES
    return entries


def params_of(pattern: str) -> Iterator[str]:
    """The names of the parameters that the words of an entry use."""
    return (name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None)


def _message(entry: Entry, reader: Reader) -> str:
    if reader.sees_others and entry.message_read is not None:
        return entry.message_read
    return entry.message


def _fix(entry: Entry, reader: Reader) -> str:
    by_role = (
        (reader.by_keys, entry.fix_keys),
        (Role.OVERRIDE in reader.roles, entry.fix_override),
        (Role.ADMIN in reader.roles, entry.fix_admin),
        (reader.sees_others, entry.fix_read),
    )
    return next((fix for applies, fix in by_role if applies and fix is not None), entry.fix)


def _filled(pattern: str, params: dict[str, Param], reader: Reader) -> str:
    parts: list[str] = []
    for literal, name, form, _ in string.Formatter().parse(pattern):
        parts.append(literal)
        if name is not None:
            parts.append(_shown(params[name], form or "", reader))
    return "".join(parts)


def _shown(value: Param, form: str, reader: Reader) -> str:
    match value:
        case Text():
            return words(value, reader).message
        case tuple():
            return ", ".join(value)
        case str() if form == "time":
            return _time(value)
        case int() | float() if "|" in form:
            one, _, many = form.partition("|")
            return (one if value == 1 else many).replace("#", f"{value:g}")
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _time(value: str) -> str:
    return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M} UTC"
