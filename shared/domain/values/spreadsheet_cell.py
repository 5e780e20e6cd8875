"""Keep a spreadsheet from running a cell, and take such a cell back as it was.

What begins like a formula is run as one; an apostrophe in front keeps it a text. And not only at
the beginning of a cell: where the semicolon stands between cells, as in Danish or German, a
spreadsheet opens a file with commas as if it were its own, and begins a cell behind each semicolon
that somebody has written, and a line wherever a text has one. Source: OWASP, "CSV Injection", also
on separators and quotes inside of a value.
"""

import re
from typing import Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")

_SIGNS: Final = frozenset("=+-@")

# Whatever may begin a cell, with all that is read over before a formula: taken as a whole and once,
# so that a long text of line ends costs no more than another.
_BEGINNING: Final = re.compile(r'(?:^|[;\t\r\n])[\s"]*+')
_BEGINNING_KEPT: Final = re.compile(rf"({_BEGINNING.pattern})'")


def kept_from_running(text: str) -> str:
    """The text with an apostrophe in front of whatever a spreadsheet may run.

    That is a text which begins with `= + - @`, tab or return, and each of the four signs where some
    spreadsheet would begin a cell.
    """
    kept = _BEGINNING.sub(lambda it: it[0] + ("'" if _is_sign_at(it.end(), text) else ""), text)
    return f"'{kept}" if text.startswith(("\t", "\r")) else kept


def as_written(cell: str) -> str:
    """The cell without the apostrophes that were put there."""
    rest = cell.removeprefix("'")
    written = rest if rest.startswith(_FORMULA_STARTS) else cell
    return _BEGINNING_KEPT.sub(
        lambda it: it[1] if _is_sign_at(it.end(), written) else it[0], written
    )


def _is_sign_at(place: int, text: str) -> bool:
    return text[place : place + 1] in _SIGNS
