"""CSV out: a spreadsheet opens it as it was meant, and runs nothing of it."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.csv_out import Cell, csv_out, in_one_cell


def _read(page: bytes) -> list[list[str]]:
    text = page.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_has_a_mark_a_header_line_commas_and_crlf() -> None:
    """The bytes, to the letter."""
    page = csv_out(("id", "reason"), [("1", "Søren, back"), ("2", None)])

    assert page == b'\xef\xbb\xbfid,reason\r\n1,"S\xc3\xb8ren, back"\r\n2,\r\n'


def test_a_page_without_rows_is_the_header_line() -> None:
    """So that a program finds its columns."""
    assert csv_out(("id", "user"), []) == b"\xef\xbb\xbfid,user\r\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_begins_like_a_formula_is_text(start: str) -> None:
    """Names come from the directory, and whoever writes there shall run nothing here."""
    (_, row) = _read(csv_out(("name",), [(f"{start}cmd|'/C calc'!A0",)]))

    assert row == [f"'{start}cmd|'/C calc'!A0"]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [(True, "true"), (False, "false"), (0, "0"), (2.5, "2.5"), (-1.5, "'-1.5"), ("a=b", "a=b")],
)
def test_other_cells_are_as_json_has_them(cell: Cell, shown: str) -> None:
    """Except where they begin like a formula."""
    (_, row) = _read(csv_out(("a", "b"), [(cell, "x")]))

    assert row == [shown, "x"]


def test_half_a_character_breaks_nothing() -> None:
    """It has no UTF-8, and one person's name must not take the list away from everybody."""
    (_, row) = _read(csv_out(("name",), [("Anna \ud83d!",)]))

    assert row == ["Anna �!"]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    """Quotes, commas, line ends and control characters included."""
    read = _read(csv_out(("a", "b"), rows))[1:]

    plain = [[cell.removeprefix("'") for cell in row] for row in read]
    assert plain == [[cell.removeprefix("'") for cell in row] for row in rows]


def test_several_values_stand_apart_in_one_cell() -> None:
    """As licences are read."""
    assert in_one_cell(["SPE_E3", "EXCHANGESTANDARD"]) == "SPE_E3|EXCHANGESTANDARD"
