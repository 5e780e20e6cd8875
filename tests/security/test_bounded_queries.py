"""What stands in an address or a header costs no more than its length allows, whoever sends it."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

import pytest

from functions.http.restores.list_restores import list_restores_
from shared.errors import InvalidRequestError
from shared.intake.answer_format import prefers_csv
from shared.intake.guards import parse_guard_query
from shared.intake.journal import parse_journal_query
from shared.intake.language import language_of
from shared.intake.losses import parse_loss_query
from shared.intake.restores import parse_list_query
from shared.intake.wire.trail import parse_trail_query
from shared.intake.wrong_address import no_such_address
from shared.texts.reader import Language
from tests.security.meter import time_of
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

# Of an address; the platform takes no longer ones.
LENGTH: Final = 16 * 1024
MOST_MILLISECONDS: Final = 50

SHAPES: Final[Mapping[str, str]] = {
    name: (part * LENGTH)[:LENGTH] + end
    for name, (part, end) in {
        "digits": ("1", "x"),
        "letters": ("a", ""),
        "letters behind a comma": (",", "a"),
        "one long word": ("a", ",x@y"),
        "brackets": ("(", ""),
        "brackets and letters": ("(a", ""),
        "addresses": (",a@b", ""),
        "blanks": (" ", "x"),
        "quotes": ('"', ""),
        "hyphens": ("1-", ""),
        "semicolons": ("; ", "q=0"),
        "qualities": (",a;q=0.000", ""),
        "slashes": ("a/", ""),
    }.items()
} | {"a comma, then letters": "," + "a" * LENGTH}

PARSERS: Final[Mapping[str, Callable[[Mapping[str, str]], object]]] = {
    "restores": parse_list_query,
    "losses": parse_loss_query,
    "trail": parse_trail_query,
    "journal": parse_journal_query,
    "guards": parse_guard_query,
}
NAMES: Final = (
    *("user", "requestedBy", "batch", "status", "search", "case", "closingWithinDays"),
    *("from", "to", "top", "skipToken"),
)
READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "Accept": prefers_csv,
    "Accept-Language": lambda written: language_of(written, Language.ENGLISH),
    "an address": lambda written: no_such_address("GET", written),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("parser", PARSERS)
async def test_a_query_costs_little(parser: str, shape: str) -> None:
    """Whichever of its parameters holds it."""

    async def every_name() -> None:
        for name in NAMES:
            with suppress(InvalidRequestError):
                PARSERS[parser]({name: SHAPES[shape]})

    assert await time_of(every_name, enough=MOST_MILLISECONDS) <= MOST_MILLISECONDS


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("reader", READERS)
async def test_a_header_costs_little(reader: str, shape: str) -> None:
    """And so does an address that is none of ours."""

    async def read() -> None:
        READERS[reader](SHAPES[shape])

    assert await time_of(read, enough=MOST_MILLISECONDS) <= MOST_MILLISECONDS


async def test_who_may_not_read_has_nothing_read_for_them() -> None:
    """The role comes first, whatever is asked."""
    with opened(World()):
        answer = await list_restores_(
            request("GET", "/restores?status=nonsense", headers=principal("Restore.Request"))
        )

    assert answer.status_code == 403
    assert content(answer)["code"] == "role-missing"
