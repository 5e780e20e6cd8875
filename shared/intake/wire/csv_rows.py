"""Read the rows of a CSV file, whatever program has written it.

UTF-8 with or without its mark, UTF-16 with it; commas, semicolons or tabs, also named by a first
line `sep=;`; quoted as RFC 4180 has it. Rows are read one at a time by Python's own reader, and
none may be larger than any other request, so that reading costs what the size of the file allows.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Never

from shared.domain.text import Text, text
from shared.errors import Fault, InvalidRequestError
from shared.intake.wire.decode import MAX_BODY_BYTES

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS: Final = ",;\t"

# What Excel writes, and reads, so that a file opens everywhere.
_SEPARATOR = re.compile(r' *"?sep=(.?)"? *(?:\r\n|\r|\n|$)', re.IGNORECASE)

# The first line of the portal's own templates, and of what Windows PowerShell exports.
# Source: learn.microsoft.com, "Bulk restore deleted users in Microsoft Entra ID"; "Export-Csv",
# -IncludeTypeInformation.
_MADE_BY = re.compile(
    r'(?:"?version:v[\d.]+"?[,;\t ]*|#TYPE [^\r\n]*)(?:\r\n|\r|\n)', re.IGNORECASE
)

# Quoted cells, also one that is not closed, so that delimiters in them do not count.
_QUOTED = re.compile(r'"[^"]*"?')

_LINE_END = re.compile(r"\r\n|\r|\n")
_SAYS = re.compile(r"[^\s,;]")

# So many at a time that nobody waits long for their turn.
_BLANK_LINES = re.compile(r"(?:[ ,;\t]*+(?:\r\n|\r|\n)){1,100000}+")


@dataclass(frozen=True, slots=True)
class Row:
    """A row, the line of the file that it begins on, its cells, and why it has none."""

    line: int
    cells: tuple[str, ...]
    wrong: Text | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.wrong is None and not any(self.cells)


def csv_rows(body: bytes) -> Iterator[Row]:
    """The rows of a file, blank ones included; cells without the blanks around them.

    A row that cannot be read comes with what is wrong, and the next line is read as if it were
    well. Raises: InvalidRequestError when the file as a whole cannot be read.
    """
    written = _text(body)
    first_line = 1
    delimiter = None
    if named := _SEPARATOR.match(written):
        delimiter = named[1]
        if delimiter == "" or delimiter not in _DELIMITERS:
            _refuse(text("fault", "csv-separator"))
        written, first_line = written[named.end() :], 2
    if made_by := _MADE_BY.match(written):
        written, first_line = written[made_by.end() :], first_line + 1
    return _rows(written, delimiter or _delimiter(written), first_line)


class _TooLargeError(Exception):
    """A row is larger than any request may be."""


@dataclass(slots=True)
class _Lines:
    """The lines of a file, counted; a row takes as many as its quoted cells have."""

    text: str
    count: int
    at: int = 0
    room: int = field(default=MAX_BODY_BYTES)
    is_over: bool = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.at == len(self.text):
            self.is_over = True
            raise StopIteration
        end = _LINE_END.search(self.text, self.at)
        line = self.text[self.at : end.end() if end else None]
        self.count += 1
        self.at += len(line)
        self.room -= len(line)
        if self.room < 0:
            raise _TooLargeError
        return line

    def skip_blank(self) -> bool:
        """Skip some blank lines, if there are any; spreadsheets write a million of them."""
        blank = _BLANK_LINES.match(self.text, self.at)
        if blank is None:
            return False
        count = self.text.count
        pairs, at, end = count("\r\n", *blank.span()), blank.start(), blank.end()
        self.count += count("\r", at, end) + count("\n", at, end) - pairs
        self.at = end
        return True


def _rows(written: str, delimiter: str, first_line: int) -> Iterator[Row]:
    lines = _Lines(written, first_line - 1)
    reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        line, lines.room = lines.count + 1, MAX_BODY_BYTES
        if lines.skip_blank():
            yield Row(line, ())
            continue
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLargeError:
            yield Row(line, (), text("fault", "csv-long-row", most=MAX_BODY_BYTES))
        except csv.Error:
            open_quote, inner_quote = text("fault", "csv-quote-open"), text("fault", "csv-quote")
            yield Row(line, (), open_quote if lines.is_over else inner_quote)
        else:
            yield Row(line, tuple(cell.strip() for cell in cells))


def _text(body: bytes) -> str:
    mark, encoding = next((it for it in _MARKS if body.startswith(it[0])), (b"", "utf-8"))
    try:
        written = body[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        _refuse(text("fault", "csv-encoding"))
    end = _LINE_END.search(written)
    if "\0" in written[: end.start() if end else None]:
        # UTF-16 without its mark, or UTF-32: a header has no such character.
        _refuse(text("fault", "csv-encoding"))
    if not written.strip():
        _refuse(text("fault", "csv-empty"))
    return written


def _delimiter(written: str) -> str:
    """The sign that stands most often in the first line that says something."""
    said = _SAYS.search(written)
    if said is None:
        _refuse(text("fault", "csv-empty"))
    begin = max(written.rfind("\n", 0, said.start()), written.rfind("\r", 0, said.start())) + 1
    end = _LINE_END.search(written, said.start())
    header = written[begin : end.start() if end else None][:MAX_BODY_BYTES]
    unquoted = _QUOTED.sub("", header)
    return max(_DELIMITERS, key=unquoted.count)


def _refuse(wrong: Text) -> Never:
    # Without the cause on purpose: it holds the body.
    raise InvalidRequestError((Fault("", wrong),)) from None
