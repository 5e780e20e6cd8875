"""Read the header line of a batch in CSV: which column holds which field of a request."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from shared.domain.text import Text, text
from shared.domain.values.ids import is_guid
from shared.errors import Fault, InvalidRequestError
from shared.intake.batches.results import is_result, result_column
from shared.intake.rules import header_key_faults
from shared.intake.wire.csv_rows import Row
from shared.intake.wire.decode import Document
from shared.intake.wire.models import RestoreWire

LICENSES: Final = "licenses"
_FIELDS: Final = {
    field.alias or name: field.annotation
    for name, field in RestoreWire.model_fields.items()
    if name != "license"
}

# What people want from a table of persons; the rest follows in the order of the request.
_WANTED: Final = ("user", "kind", "reason", "ticket", LICENSES)
FIELDS: Final[tuple[str, ...]] = (*_WANTED, *(name for name in _FIELDS if name not in _WANTED))
"""What a column may be called, in any case; those that most files need come first."""

TRUTHS: Final = {name for name, kind in _FIELDS.items() if kind is bool}
"""The fields that say yes or no."""

# What Graph, the portals, Exchange and people call the person, in English and in Danish.
_PERSON: Final = (
    *("userprincipalname", "upn", "mail", "email", "objectid", "userid", "username"),
    *("emailaddress", "mailaddress", "primarysmtpaddress"),
    *("bruger", "brugernavn", "mailadresse", "emailadresse"),
)
_NAMES: Final[Mapping[str, str]] = {
    **{name.lower(): name for name in FIELDS},
    **dict.fromkeys(_PERSON, "user"),
    "license": LICENSES,
    # As the Danish desk calls them.
    **dict.fromkeys(("begrundelse", "årsag"), "reason"),
    "sag": "ticket",
    "licenser": LICENSES,
}

# As the portal's templates have it: User principal name [userPrincipalName] Required
_IN_BRACKETS = re.compile(r"\[\s*(\w+)\s*\]")
_BETWEEN = re.compile(r"[\s_-]+")

_MOST_COMPARED = 20
_LONGEST_COMPARED = 40
_LONGEST_SHOWN = 64


@dataclass(frozen=True, slots=True)
class Header:
    """What each column is called, and which field it holds."""

    titles: tuple[str, ...]
    fields: tuple[str, ...]

    @property
    def is_result(self) -> bool:
        """Whether the file is the answer about a batch, sent back."""
        return is_result(self.titles)

    def place(self, name: str) -> int | None:
        """The number of the column with this field, from 1."""
        return self.fields.index(name) + 1 if name in self.fields else None


def read_header(row: Row, header_key: str | None) -> Header:
    """The header in the first row that says something.

    Raises: InvalidRequestError with every fault of it and of the key.
    """
    faults = [*header_key_faults(Document({}), header_key)]
    if row.wrong is not None:
        faults.append(Fault("", of_line(row.line, row.wrong)))
        raise InvalidRequestError(tuple(faults))
    titles = row.cells
    while titles and titles[-1] == "":
        titles = titles[:-1]
    names = result_column if is_result(titles) else field_of
    fields = tuple(names(title) or field_of(title) for title in titles)
    wrong = tuple(_wrong_titles(titles, fields, row.line))
    if not any(fields) and (_has_person(titles) or not any(map(_is_misspelt, wrong))):
        wrong = (of_line(row.line, text("fault", "csv-no-header", names=FIELDS)),)
    faults += [Fault("", one) for one in wrong]
    if faults:
        raise InvalidRequestError(tuple(faults))
    return Header(titles, tuple(filter(None, fields)))


def field_of(title: str) -> str | None:
    """The field that a column of this title holds, if it is one."""
    inner = _IN_BRACKETS.search(title)
    return _NAMES.get(_folded(inner[1] if inner else title))


def _folded(title: str) -> str:
    return _BETWEEN.sub("", title).lower()


def _wrong_titles(titles: Sequence[str], fields: Sequence[str | None], line: int) -> Iterator[Text]:
    first: dict[str, int] = {}
    compared = 0
    for at, (title, name) in enumerate(zip(titles, fields, strict=True), 1):
        if name is None:
            compared += 1
            wrong = _unknown(title, compare=compared <= _MOST_COMPARED)
        elif name in first:
            wrong = text("fault", "csv-column-twice", name=name, first=first[name])
        else:
            first[name] = at
            continue
        yield text("fault", "in-cell", line=str(line), column=at, title=short(title), wrong=wrong)
    if "user" not in first:
        yield of_line(line, text("fault", "csv-no-user", names=FIELDS))
    elif is_result(titles) and "kind" not in first:
        yield of_line(line, text("fault", "csv-result"))


def _has_person(cells: Sequence[str]) -> bool:
    """Whether it is a row of people rather than of names: no column is called like a person."""
    return any("@" in cell or is_guid(cell) for cell in cells)


def _is_misspelt(wrong: Text) -> bool:
    inner = wrong.param("wrong")
    return isinstance(inner, Text) and inner.variant == "csv-misspelt-column"


def _unknown(title: str, *, compare: bool) -> Text:
    if title == "":
        return text("fault", "csv-no-title")
    folded = _folded(title)
    close: list[str] = []
    if compare and len(folded) <= _LONGEST_COMPARED:
        close = get_close_matches(folded, _NAMES, n=1, cutoff=0.7)
    if close:
        return text("fault", "csv-misspelt-column", meant=_NAMES[close[0]])
    return text("fault", "csv-unknown-column", names=FIELDS)


def of_line(line: int, wrong: Text) -> Text:
    """What is wrong with a whole line."""
    return text("fault", "in-line", line=str(line), wrong=wrong)


def short(title: str) -> str:
    """A title as a text shows it, which anybody may have made as long as a page."""
    return title if len(title) <= _LONGEST_SHOWN else title[:_LONGEST_SHOWN] + "..."
