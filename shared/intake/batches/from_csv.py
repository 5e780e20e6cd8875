"""Parse a batch in CSV: a header line that names fields, and a row for each request.

A bad header begins nothing; a bad row is returned with its line, its column and what to write
there, and the others go on.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from shared.domain.batches.batch import BatchItem
from shared.domain.text import Text, text
from shared.domain.values.ids import is_guid
from shared.domain.values.spreadsheet_cell import as_written
from shared.errors import Fault, InvalidRequestError
from shared.intake.batches.csv_header import (
    LICENSES,
    TRUTHS,
    Header,
    of_line,
    read_header,
    short,
)
from shared.intake.batches.items import (
    MAX_BATCH_BYTES,
    MOST_ITEMS,
    BatchRequest,
    ItemReader,
    batch_of,
    give_way,
    person_in,
)
from shared.intake.batches.results import (
    COLUMNS,
    is_left_out,
    wrong_status,
)
from shared.intake.wire.csv_rows import Row, csv_rows
from shared.intake.wire.decode import check_size, pointer_to

# In the languages of the service; SAND and FALSK are what a Danish spreadsheet makes of the two.
_SPELLINGS: Final = {
    **dict.fromkeys(("true", "yes", "sand", "ja", "1"), True),
    **dict.fromkeys(("false", "no", "falsk", "nej", "0"), False),
}

# Of rows that hold blanks alone, which are read like any other: empty ones are skipped unread.
_MOST_BLANK = 20_000


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
        if items.leaves_out(row):
            continue
        _demand_room(read, row)
        read.append(items.read(row, len(read)))
    if not read:
        raise InvalidRequestError((Fault("", items.nothing),))
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


async def _header(rows: AsyncIterator[Row], header_key: str | None) -> Header:
    """The first row that says something. Raises: InvalidRequestError."""
    async for row in rows:
        return read_header(row, header_key)
    raise InvalidRequestError((Fault("", text("fault", "csv-empty")),))


@dataclass(frozen=True, slots=True)
class _Items:
    """Makes an item of each row."""

    header: Header
    reader: ItemReader

    @property
    def nothing(self) -> Text:
        """Why there is no item at all."""
        if self.header.is_result:
            return text("fault", "csv-result-done")
        return text("fault", "csv-no-rows")

    def leaves_out(self, row: Row) -> bool:
        """Whether this row of an answer was done, and is not to begin again."""
        return row.wrong is None and is_left_out(self._status(row))

    def read(self, row: Row, at: int) -> BatchItem:
        """The item of this row, which is the one at this place: a request, or what is wrong."""
        base = pointer_to("", "restores", at)
        wrong = row.wrong or self._too_wide(row)
        if wrong is not None:
            return BatchItem(None, (Fault(base, of_line(row.line, wrong)),), self._person(row))
        if (wrong := wrong_status(self._status(row))) is not None:
            fault = self._placed(Fault(pointer_to(base, "status"), wrong), base, row)
            return BatchItem(None, (fault,), self._person(row))
        item = self.reader.read(self._value(row), at)
        faults = tuple(self._placed(fault, base, row) for fault in item.faults)
        return replace(item, faults=faults)

    def _too_wide(self, row: Row) -> Text | None:
        columns = len(self.header.fields)
        if not any(row.cells[columns:]):
            return None
        return text("fault", "csv-wide-row", cells=len(row.cells), columns=columns)

    def _status(self, row: Row) -> str:
        """How the row of an answer stood; empty in any other file."""
        return self._cells(row).get("status", "") if self.header.is_result else ""

    def _cells(self, row: Row) -> dict[str, str]:
        """The cells by their fields."""
        cells = map(as_written, row.cells) if self.header.is_result else row.cells
        return dict(zip(self.header.fields, cells, strict=False))

    def _person(self, row: Row) -> str:
        return person_in({"user": self._cells(row).get("user", "")})

    def _value(self, row: Row) -> dict[str, object]:
        value: dict[str, object] = {"kind": "mailbox"}
        for name, cell in self._cells(row).items():
            if cell == "" or name in COLUMNS:
                continue
            if name == LICENSES:
                value["license"] = _licenses(cell)
            elif name in TRUTHS:
                value[name] = _SPELLINGS.get(cell.lower(), cell)
            else:
                value[name] = cell
        return value

    def _placed(self, fault: Fault, base: str, row: Row) -> Fault:
        """The same fault, told by line and column, in the spelling of a CSV file."""
        name, wrong = fault.pointer.removeprefix(base).lstrip("/").partition("/")[0], fault.text
        if name == "license":
            name = LICENSES
            if wrong == text("fault", "names-no-license"):
                wrong = text("fault", "csv-no-license")
        elif name in TRUTHS and wrong == text("fault", "no-boolean"):
            wrong = text("fault", "csv-no-boolean")
        column = self.header.place(name)
        if column is None:
            told = wrong if name == "" else text("fault", "csv-field", name=name, wrong=wrong)
            return Fault(fault.pointer, of_line(row.line, told))
        title = short(self.header.titles[column - 1])
        told = text("fault", "in-cell", line=str(row.line), column=column, title=title, wrong=wrong)
        return Fault(fault.pointer, told)


def _licenses(cell: str) -> dict[str, object]:
    """The licences in a cell: part numbers or products' names, or ids, with | between them."""
    ids: list[str] = []
    others: list[str] = []
    for part in cell.split("|"):
        if name := part.strip():
            (ids if is_guid(name) else others).append(name)
    return {"skuIds": ids, "skuPartNumbers": others}
