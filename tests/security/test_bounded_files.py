"""Test that no CSV file costs more than its size allows, whatever stands in it."""

from collections.abc import Callable, Mapping
from typing import Final

import pytest

from functions.http.batches import start_batch_
from tests.security.meter import Work, cost_of, longest_hold, time_of
from tests.unit.functions.doors import opened, principal, request
from tests.unit.world.world import World

LARGEST: Final = 4 * 1024 * 1024
# Work that grows with the square of the size is dear enough at a quarter of it.
SMALL: Final = LARGEST // 32
LARGE: Final = LARGEST // 4
CALLER: Final = principal("Restore.Request") | {"content-type": "text/csv"}
HEADER: Final = "user;reason\n"


def _filled(unit: str, *, before: str = HEADER) -> Callable[[int], bytes]:
    """The unit below a header, as often as there is room for it."""

    def body(size: int) -> bytes:
        return (before + unit * ((size - len(before)) // len(unit.encode()))).encode()

    return body


def _thousand(unit: str, *, before: str) -> Callable[[int], bytes]:
    """A thousand rows, each of which has the unit as often as there is room for it."""

    def body(size: int) -> bytes:
        row = "a@b.c;" + unit * ((size // 1000 - 7) // len(unit.encode())) + "\n"
        return (before + row * 999).encode()

    return body


def _wide(unit: str) -> Callable[[int], bytes]:
    """Rows as large as a row may be."""
    return _filled(unit * (60_000 // len(unit)) + "\n")


SHAPES: Final[Mapping[str, Callable[[int], bytes]]] = {
    "blank lines": _filled("\n"),
    "blank lines before the header": _filled("\r\n", before=""),
    "empty rows of a spreadsheet": _filled(";;;;\r\n"),
    "rows of blanks": _filled("\u00a0\n"),
    "rows of empty quotes": _filled('""\n'),
    "separators": _filled(";"),
    "quotation marks": _filled('"'),
    "doubled quotation marks": _filled('""', before=f'{HEADER}"'),
    "open quotation marks": _filled('"a\n'),
    "cells of several lines": _filled('"a\n";'),
    "rows with a fault in their quotes": _thousand('"a"b;', before=HEADER),
    "long rows": _wide("x"),
    "wide rows": _wide("x;"),
    "many columns": _filled("n;", before="user;"),
    "many different columns": lambda size: ";".join(map(str, range(size // 7))).encode(),
    "many licences": _thousand("x|", before="user;licenses\n"),
    "many ids": _thousand("6fd2c87f-b296-42f0-b197-1e91e994b900|", before="user;licenses\n"),
    "signs that cannot be seen": _thousand("\0", before=HEADER),
    "signs of four bytes": _thousand("\U0001f600", before=HEADER),
    "good rows": _thousand("x", before="user;x\n".replace("x", "reason")),
}


def sent(body: bytes) -> Work:
    """The file is sent as a batch."""

    async def send() -> None:
        with opened(World()):
            answer = await start_batch_(request("POST", "/batches", body, headers=CALLER))
        assert answer.status_code in {202, 400}

    return send


@pytest.mark.parametrize("shape", SHAPES)
async def test_a_file_costs_little_and_lets_others_go_on(shape: str) -> None:
    """4 MiB take a second and ten times their size at most, and others wait for at most 100 ms."""
    body = SHAPES[shape](LARGEST)
    assert LARGEST * 0.9 <= len(body) <= LARGEST

    cost = await cost_of(sent(body), enough=1_000)

    assert cost.milliseconds <= 1_000
    assert cost.megabytes <= 10 * LARGEST / 1e6
    assert await longest_hold(sent(body), enough=100) <= 100


@pytest.mark.parametrize("shape", SHAPES)
async def test_the_cost_of_a_file_grows_as_its_size_does(shape: str) -> None:
    """Eight times the size takes about eight times as long, and not sixty-four times."""
    small = await time_of(sent(SHAPES[shape](SMALL)), enough=10)
    large = await time_of(sent(SHAPES[shape](LARGE)), enough=20 * max(small, 3))

    assert large <= 20 * max(small, 3)
