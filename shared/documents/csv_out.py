"""Rows as CSV that Excel opens as it is: UTF-8 with a mark, commas, CRLF, a header line.

A cell that a spreadsheet would take for a formula gets an apostrophe in front: names in a directory
come from anybody. Source: OWASP "CSV Injection".
"""

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv"

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

type Cell = str | float | None


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The header line and a line for each row; an absent value is an empty cell."""
    written = io.StringIO()
    written.write(_BYTE_ORDER_MARK)
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    # Half a surrogate pair, as a directory may hold it, has no UTF-8.
    return written.getvalue().encode("utf-8", "replace")


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    text = cell if isinstance(cell, str) else f"{cell:.4f}".rstrip("0").rstrip(".")
    is_formula = isinstance(cell, str) and text.startswith(_FORMULA)
    return f"'{text}" if is_formula else text
