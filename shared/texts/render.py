"""Put a text into words: look up its code in the reader's language, by the reader's roles.

A parameter stands in an entry as `{name}`, or with a form after a colon:

    {at:time}                  an RFC 3339 instant as "2026-11-28 05:27 UTC"
    {count:# seat|# seats}     the first part for one, the second for all other numbers; # is it
    {names}                    a list is joined with commas, a long one cut after ten
    {faults:; }                a list is joined with what stands after the colon

A text within a text is put into words, too: its message, for the same reader. Parameters may hold
anything that anybody wrote: they are put in as they are, and never read as a form. Whoever shows a
text escapes it for where it is shown.

Nothing here fails: a record is read by releases that came after it, and one text that has no words
any more must not take a list away. The tests of the catalogue find what is missing.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib import import_module

from shared.domain.requests.roles import Role
from shared.domain.text import Param, Text, text
from shared.texts.entry import Catalogue, Entry
from shared.texts.reader import Language, Reader

# Of the entries of a list, as many as a person reads; the documents have all of them.
MOST_LISTED = 10

# Longer than any name, address or sentence of Graph's; what is longer is cut.
LONGEST_PARAM = 1000

# What stands before the parts of one and between the thousands. Source: Unicode CLDR.
_POINT = {Language.ENGLISH: ".", Language.DANISH: ","}
_GROUP = {Language.ENGLISH: ",", Language.DANISH: "."}
_LARGE = 10_000

# In place of a parameter that the text does not have.
_NOTHING = "?"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in words; `fix` is empty where there is nothing to do."""

    message: str
    fix: str


def words(text: Text, reader: Reader) -> Words:
    """The message and the fix of this text for this reader."""
    entry = entry_of(text, reader.language)
    params = dict(text.params)
    return Words(
        _filled(_message(entry, reader), params, reader),
        _filled(_fix(entry, reader), params, reader),
    )


def entry_of(text: Text, language: Language) -> Entry:
    """The entry of a text; of its code alone, or just the code, where a release has no other."""
    entries = catalogue(language)
    return entries.get(text.key) or entries.get(text.code) or Entry(_escaped(text.key))


@cache
def catalogue(language: Language) -> Catalogue:
    """All entries of a language; read when first asked for."""
    module = import_module(f"shared.texts.{language.value}")
    entries: Catalogue = module.ENTRIES
    return entries


@cache
def parts_of(pattern: str) -> tuple[tuple[str, str | None, str], ...]:
    """The words of an entry in parts: some words, and the parameter and its form behind them."""
    parts = string.Formatter().parse(pattern)
    return tuple((literal, name, form or "") for literal, name, form, _ in parts)


def _message(entry: Entry, reader: Reader) -> str:
    if reader.sees_others and entry.message_read is not None:
        return entry.message_read
    if reader.in_table and entry.message_table is not None:
        return entry.message_table
    return entry.message


def _fix(entry: Entry, reader: Reader) -> str:
    by_role = (
        (reader.by_keys, entry.fix_keys),
        (Role.OVERRIDE in reader.roles, entry.fix_override),
        (Role.ADMIN in reader.roles, entry.fix_admin),
        (reader.sees_others, entry.fix_read),
        (reader.in_table, entry.fix_table),
    )
    return next((fix for applies, fix in by_role if applies and fix is not None), entry.fix)


def _filled(pattern: str, params: Mapping[str, Param], reader: Reader) -> str:
    parts: list[str] = []
    for literal, name, form in parts_of(pattern):
        parts.append(literal)
        if name is not None:
            parts.append(_shown(params.get(name, _NOTHING), form, reader))
    return "".join(parts)


def _shown(value: Param, form: str, reader: Reader) -> str:
    match value:
        case Text():
            return words(value, reader).message
        case tuple():
            return _listed(value, form or ", ", reader)
        case str() if form == "time":
            return _time(value)
        case int() | float() if "|" in form:
            one, _, many = form.partition("|")
            return (one if value == 1 else many).replace("#", _number(value, reader.language))
        case int() | float():
            return _number(value, reader.language)
        case _:
            return _cut(str(value))


def _listed(items: tuple[str | Text, ...], separator: str, reader: Reader) -> str:
    shown = [_shown(item, "", reader) for item in items[:MOST_LISTED]]
    left = len(items) - len(shown)
    more = [words(text("more", count=left), reader).message] if left else []
    return separator.join([*shown, *more])


def _time(value: str) -> str:
    try:
        at = datetime.fromisoformat(value).astimezone(UTC)
    except (ValueError, OverflowError):
        return _cut(value)
    return f"{at.isoformat(' ', 'minutes').removesuffix('+00:00')} UTC"


def _number(value: float, language: Language) -> str:
    """Large numbers in groups of three; years and what else has four digits stay whole."""
    if value % 1:
        return f"{value:g}".replace(".", _POINT[language])
    whole = int(value)
    return f"{whole:,}".replace(",", _GROUP[language]) if whole >= _LARGE else str(whole)


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_PARAM else f"{value[: LONGEST_PARAM - 1]}…"


def _escaped(words_: str) -> str:
    """A pattern that shows these words as they are."""
    return words_.replace("{", "{{").replace("}", "}}")
