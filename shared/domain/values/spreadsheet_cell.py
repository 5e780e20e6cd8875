"""Keep a spreadsheet from running a cell, and take such a cell back as it was.

A cell that begins like a formula is run as one; an apostrophe in front keeps it a text. Source:
OWASP, "CSV Injection".
"""

from typing import Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def kept_from_running(text: str) -> str:
    """The text with an apostrophe in front, if it begins with `= + - @`, tab or return."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_written(cell: str) -> str:
    """The cell without the apostrophe that was put in front."""
    written = cell.removeprefix("'")
    return written if written.startswith(_FORMULA_STARTS) else cell
