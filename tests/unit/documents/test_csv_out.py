"""CSV out: a spreadsheet opens it as it was meant, and runs nothing of it."""

import csv
import io
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.documents.csv_out import Cell, csv_out, in_one_cell
from shared.domain.values.spreadsheet_cell import as_written


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
    ("written", "shown"),
    [
        ("Hanna;=1+1", "Hanna;'=1+1"),
        ("moved\n=1+1", "moved\n'=1+1"),
        ("moved\r\n=1+1;-2", "moved\r\n'=1+1;'-2"),
        ("a\t@SUM(A1)", "a\t'@SUM(A1)"),
        ('a; "=1+1', "a; \"'=1+1"),
        (" =1+1", " '=1+1"),
    ],
)
def test_what_another_program_would_begin_a_cell_with_is_text(written: str, shown: str) -> None:
    """Where the semicolon stands between cells, a file with commas is cut apart at it."""
    page = csv_out(("id", "reason"), [("1", written)])

    (_, row) = _read(page)
    assert row == ["1", shown]
    lines = csv.reader(io.StringIO(page.decode("utf-8-sig"), newline=""), delimiter=";")
    assert not [cell for line in lines for cell in line if cell.strip()[:1] in set("=+-@")]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [(True, "true"), (False, "false"), (0, "0"), (2.5, "2.5"), (-1.5, "'-1.5"), ("a=b", "a=b")],
)
def test_other_cells_are_as_json_has_them(cell: Cell, shown: str) -> None:
    """Except where they begin like a formula."""
    (_, row) = _read(csv_out(("a", "b"), [(cell, "x")]))

    assert row == [shown, "x"]


def test_a_text_of_line_ends_alone_costs_no_more_than_another() -> None:
    """Nobody's name takes the list away from everybody."""
    began = process_time()
    (_, row) = _read(csv_out(("name",), [("\n" * 100_000,)]))

    assert row == ["\n" * 100_000]
    assert process_time() - began < 2


def test_half_a_character_breaks_nothing() -> None:
    """It has no UTF-8, and one person's name must not take the list away from everybody."""
    (_, row) = _read(csv_out(("name",), [("Anna \ud83d!",)]))

    assert row == ["Anna �!"]


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2)))
def test_every_text_comes_back(rows: list[list[str]]) -> None:
    """Quotes, commas, line ends and control characters included."""
    read = _read(csv_out(("a", "b"), rows))[1:]

    plain = [[as_written(cell) for cell in row] for row in read]
    assert plain == [[as_written(cell) for cell in row] for row in rows]


def test_several_values_stand_apart_in_one_cell() -> None:
    """As licences are read."""
    assert in_one_cell(["SPE_E3", "EXCHANGESTANDARD"]) == "SPE_E3|EXCHANGESTANDARD"
