"""How many requests each kind of restore sends to Graph, and how few could do.

Counted on an instance that has just started, over the wire; a batch is one request. `least` is what
no order of reads can go below, since each of these must have been answered before the next is
asked: the search, the person by id (an index lags), what its names and licences lead to, the
effect, and the look after it. What is more has a reason each.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from tests.table.on_wire import OnWire, Wire, a_standin
from tests.table.play import preflight, run
from tests.table.row import Expected, Json, Row, ask, row
from tests.table.rows.losses import NAMED, observed
from tests.table.rows.undos import UNDO_ROWS
from tests.table.tenant import ACTIVE, AUDITED, BOTH, DELETED, MEGAN, OTHER, Held, User

_TOKEN = 1
_APART = "the SKUs and the domains are kept for later restores, and so are asked for apart"
_AFTER = "the roles that come by groups show after it alone, and the mailbox is another API"
_TWICE = "the mailbox is asked before and after, and the log has a quota of its own"


@dataclass(frozen=True)
class Counted:
    """One kind: at most so many requests are sent, the least that could do, and why more are."""

    name: str
    row: Row
    most: int
    least: int
    why: str
    is_check: bool = False


def _kind(name: str, user: User, request: Json) -> Row:
    return row(name, user, request, Expected(""))


COUNTED = (
    Counted("check", _kind("check", DELETED, ask()), 7, 3, _APART, is_check=True),
    Counted("user", _kind("user", DELETED, ask("user")), 8, 5, f"{_APART}; {_AFTER}"),
    Counted("mailbox, deleted", _kind("deleted", DELETED, ask()), 8, 5, f"{_APART}; {_AFTER}"),
    Counted("by id", _kind("by id", DELETED, ask(user=MEGAN)), 7, 4, f"{_APART}; {_AFTER}"),
    Counted("mailbox, observed", _kind("seen", observed(Held()), ask()), 9, 6, _TWICE),
    Counted("mailbox, by the log", _kind("log", AUDITED, ask(**NAMED)), 9, 6, _TWICE),
    Counted("license", _kind("license", AUDITED, ask("license", **NAMED)), 8, 6, _TWICE),
    Counted(
        "both",
        _kind("both", replace(BOTH, audited=AUDITED.audited), ask(**NAMED)),
        11,
        8,
        f"{_APART}; {_AFTER}; the user is read again between the two effects",
    ),
    Counted("nothing to do", _kind("idle", ACTIVE, ask()), 5, 3, _APART),
    Counted(
        "nobody",
        _kind("nobody", OTHER, ask()),
        13,
        2,
        "whoever was just deleted shows late, so the search is made again for two minutes; then"
        " names that are nearly the same are looked for, and the domain among the tenant's",
    ),
    Counted(
        "undo",
        UNDO_ROWS[0],
        16,
        9,
        "the restore before it, and whether the world has moved on, which nobody else looks at",
    ),
)
BY_QUEUE = replace(_kind("queue", DELETED, ask() | {"version": 1}), door="queue")


@pytest.fixture(scope="module")
def standin() -> Iterator[str]:
    """Give the address of one stand-in; each kind loads a tenant of its own."""
    with a_standin() as url:
        yield url


async def _requests(counted: Row, standin: str, *, is_check: bool) -> int:
    wire = Wire(standin)
    try:
        directory = OnWire(counted, wire)
        await directory.load()
        await wire.control("DELETE", "/counters")
        if is_check:
            await preflight(counted, directory)
        else:
            await run(counted, directory)
        return int((await wire.control("GET", "/counters"))["requests"]) - _TOKEN
    finally:
        await wire.close()


@pytest.mark.parametrize("counted", COUNTED, ids=lambda one: one.name)
async def test_no_kind_sends_more_than_it_did(counted: Counted, standin: str) -> None:
    """Whoever lowers a number writes it down here; whoever raises one has a reason."""
    made = await _requests(counted.row, standin, is_check=counted.is_check)

    assert counted.least <= made <= counted.most, made
    assert counted.why


async def test_the_door_makes_no_difference(standin: str) -> None:
    """A message, and so an item of a batch, costs what a request over HTTP costs."""
    deleted = next(one for one in COUNTED if one.name == "mailbox, deleted")

    by_queue = await _requests(BY_QUEUE, standin, is_check=False)

    assert by_queue == await _requests(deleted.row, standin, is_check=False)
