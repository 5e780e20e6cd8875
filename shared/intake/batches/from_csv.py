"""Parse a batch in CSV: a header line that names fields, and a row for each request.

A bad header begins nothing; a bad row is returned with its line, its column and what to write
there, and the others go on.
"""

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Final

from shared.domain.batches.batch import BatchItem
from shared.domain.text import Text, text
from shared.domain.values.ids import is_guid
from shared.errors import Fault, InvalidRequestError
from shared.intake.batches.items import (
    MAX_BATCH_BYTES,
    MOST_ITEMS,
    BatchRequest,
    ItemReader,
    batch_of,
    give_way,
    person_in,
)
from shared.intake.rules import header_key_faults
from shared.intake.wire.csv_rows import Row, csv_rows
from shared.intake.wire.decode import Document, check_size, pointer_to
from shared.intake.wire.models import RestoreWire

_LICENSES: Final = "licenses"
_FIELDS: Final = {
    field.alias or name: field.annotation
    for name, field in RestoreWire.model_fields.items()
    if name != "license"
}
# What people want from a table of persons; the rest follows in the order of the request.
_WANTED: Final = ("user", "kind", "reason", "ticket", _LICENSES)
FIELDS: Final[tuple[str, ...]] = (*_WANTED, *(name for name in _FIELDS if name not in _WANTED))
"""What a column may be called, in any case; those that most files need come first."""

_TRUTHS: Final = {name for name, kind in _FIELDS.items() if kind is bool}
_SPELLINGS: Final = {"true": True, "false": False}

# What Graph, the portals, Exchange and people call the person, in English and in Danish.
_PERSON: Final = (
    *("userprincipalname", "upn", "mail", "email", "objectid", "userid", "username"),
    *("emailaddress", "mailaddress", "primarysmtpaddress"),
    *("bruger", "brugernavn", "mailadresse", "emailadresse"),
)
_NAMES: Final[Mapping[str, str]] = {
    **{name.lower(): name for name in FIELDS},
    **dict.fromkeys(_PERSON, "user"),
    "license": _LICENSES,
    # As the Danish desk calls them.
    **dict.fromkeys(("begrundelse", "årsag"), "reason"),
    "sag": "ticket",
    "licenser": _LICENSES,
}

# As the portal's templates have it: User principal name [userPrincipalName] Required
_IN_BRACKETS = re.compile(r"\[\s*(\w+)\s*\]")
_BETWEEN = re.compile(r"[\s_-]+")

_MOST_COMPARED = 20
_LONGEST_COMPARED = 40
_LONGEST_SHOWN = 64

# Of rows that hold blanks alone, which are read like any other: empty ones are skipped unread.
_MOST_BLANK = 20_000


@dataclass(frozen=True, slots=True)
class _Header:
    """What each column is called, and which field it holds."""

    titles: tuple[str, ...]
    fields: tuple[str, ...]

    def place(self, name: str) -> int | None:
        """The number of the column with this field, from 1."""
        return self.fields.index(name) + 1 if name in self.fields else None


async def parse_batch_csv(
    body: bytes,
    *,
    header_key: str | None,
    callback_hosts: Sequence[str],
    may_override: bool,
    latest: datetime | None = None,
) -> BatchRequest:
    """The batch in a CSV body; its key is the header Idempotency-Key.

    Raises: InvalidRequestError for the file or its header, or if every row is bad, with all faults;
        BodyTooLargeError, which is one. Nothing was begun.
    """
    check_size(body, MAX_BATCH_BYTES)
    await give_way()
    rows = _that_say_something(csv_rows(body))
    header = await _header(rows, header_key)
    items = _Items(header, ItemReader(callback_hosts, latest, may_override=may_override))
    read: list[BatchItem] = []
    async for row in rows:
        _demand_room(read, row)
        read.append(items.read(row, len(read)))
    if not read:
        raise InvalidRequestError((Fault("", text("fault", "csv-no-rows")),))
    return batch_of(header_key, read)


def _demand_room(read: Sequence[BatchItem], row: Row) -> None:
    if len(read) == MOST_ITEMS:
        wrong = text("fault", "csv-many-rows", most=MOST_ITEMS, line=str(row.line))
        raise InvalidRequestError((Fault("", wrong),))


async def _that_say_something(rows: Iterator[Row]) -> AsyncIterator[Row]:
    """The rows that are not blank; everybody else gets a turn before each."""
    blank = 0
    for row in rows:
        await give_way()
        if not row.is_blank:
            yield row
        elif (blank := blank + 1) > _MOST_BLANK:
            raise InvalidRequestError((Fault("", text("fault", "csv-blanks", most=_MOST_BLANK)),))


async def _header(rows: AsyncIterator[Row], header_key: str | None) -> _Header:
    """The first row that says something. Raises: InvalidRequestError."""
    async for row in rows:
        return _read_header(row, header_key)
    raise InvalidRequestError((Fault("", text("fault", "csv-empty")),))


def _read_header(row: Row, header_key: str | None) -> _Header:
    faults = [*header_key_faults(Document({}), header_key)]
    if row.wrong is not None:
        faults.append(Fault("", _of_line(row.line, row.wrong)))
        raise InvalidRequestError(tuple(faults))
    titles = row.cells
    while titles and titles[-1] == "":
        titles = titles[:-1]
    fields = tuple(map(field_of, titles))
    wrong = tuple(_wrong_titles(titles, fields, row.line))
    if not any(fields) and (_has_person(titles) or not any(map(_is_misspelt, wrong))):
        wrong = (_of_line(row.line, text("fault", "csv-no-header", names=FIELDS)),)
    faults += [Fault("", one) for one in wrong]
    if faults:
        raise InvalidRequestError(tuple(faults))
    return _Header(titles, tuple(filter(None, fields)))


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
        yield text("fault", "in-cell", line=str(line), column=at, title=_short(title), wrong=wrong)
    if "user" not in first:
        yield _of_line(line, text("fault", "csv-no-user", names=FIELDS))


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


@dataclass(frozen=True, slots=True)
class _Items:
    """Makes an item of each row."""

    header: _Header
    reader: ItemReader

    def read(self, row: Row, at: int) -> BatchItem:
        """The item of this row, which is the one at this place: a request, or what is wrong."""
        base = pointer_to("", "restores", at)
        wrong = row.wrong or self._too_wide(row)
        if wrong is not None:
            return BatchItem(None, (Fault(base, _of_line(row.line, wrong)),), self._person(row))
        item = self.reader.read(self._value(row), at)
        faults = tuple(self._placed(fault, base, row) for fault in item.faults)
        return replace(item, faults=faults)

    def _too_wide(self, row: Row) -> Text | None:
        columns = len(self.header.fields)
        if not any(row.cells[columns:]):
            return None
        return text("fault", "csv-wide-row", cells=len(row.cells), columns=columns)

    def _person(self, row: Row) -> str:
        named = dict(zip(self.header.fields, row.cells, strict=False)).get("user", "")
        return person_in({"user": named})

    def _value(self, row: Row) -> dict[str, object]:
        value: dict[str, object] = {"kind": "mailbox"}
        for name, cell in zip(self.header.fields, row.cells, strict=False):
            if cell == "":
                continue
            if name == _LICENSES:
                value["license"] = _licenses(cell)
            elif name in _TRUTHS:
                value[name] = _SPELLINGS.get(cell.lower(), cell)
            else:
                value[name] = cell
        return value

    def _placed(self, fault: Fault, base: str, row: Row) -> Fault:
        """The same fault, told by line and column, in the spelling of a CSV file."""
        name, wrong = fault.pointer.removeprefix(base).lstrip("/").partition("/")[0], fault.text
        if name == "license":
            name = _LICENSES
            if wrong == text("fault", "names-no-license"):
                wrong = text("fault", "csv-no-license")
        elif name in _TRUTHS and wrong == text("fault", "no-boolean"):
            wrong = text("fault", "csv-no-boolean")
        column = self.header.place(name)
        if column is None:
            told = wrong if name == "" else text("fault", "csv-field", name=name, wrong=wrong)
            return Fault(fault.pointer, _of_line(row.line, told))
        title = _short(self.header.titles[column - 1])
        told = text("fault", "in-cell", line=str(row.line), column=column, title=title, wrong=wrong)
        return Fault(fault.pointer, told)


def _of_line(line: int, wrong: Text) -> Text:
    return text("fault", "in-line", line=str(line), wrong=wrong)


def _licenses(cell: str) -> dict[str, object]:
    """The licences in a cell: part numbers or products' names, or ids, with | between them."""
    names = [name for part in cell.split("|") if (name := part.strip())]
    ids = [name for name in names if is_guid(name)]
    others = [name for name in names if not is_guid(name)]
    return {"skuIds": ids, "skuPartNumbers": others}


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_SHOWN else title[:_LONGEST_SHOWN] + "..."
