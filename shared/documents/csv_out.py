"""Write a table as CSV that is safe to open in a spreadsheet, whatever the directory holds.

UTF-8 with a byte order mark, commas, CRLF, a header line, quoted as RFC 4180.

Why a mark: without it Excel reads UTF-8 as the machine's old code page.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from shared.domain.values.spreadsheet_cell import kept_from_running

type Cell = str | int | float | bool | None

MEDIA_TYPE: Final = "text/csv; charset=utf-8"

_BETWEEN: Final = "|"
# Half a character, as the directory may hold it, has no UTF-8.
_HALF = re.compile("[\ud800-\udfff]")


def csv_out(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The table as bytes: the names of the columns, then one line for each row.

    None is an empty cell, a truth value `true` or `false`. A cell that begins with `= + - @`, tab
    or return gets an apostrophe in front, numbers included, and so does each of these four signs
    where another spreadsheet would begin a cell.
    """
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_shown(cell) for cell in row] for row in rows)
    return page.getvalue().encode("utf-8-sig")


def in_one_cell(values: Iterable[str]) -> str:
    """Several values as one cell, apart by `|`, as CSV in takes licences."""
    return _BETWEEN.join(values)


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case _:
            return kept_from_running(_HALF.sub("�", str(cell)))
