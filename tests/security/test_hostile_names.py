"""What the directory says is data: no name breaks a route, or becomes a formula or a header."""

import csv
import io
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

import azure.functions as func
import pytest

from functions.http.batches import get_batch, start_batch_
from functions.http.checks import check_restore
from functions.http.guards import add_guard_, list_guards_
from functions.http.losses import list_losses_
from functions.http.restores.list_restores import list_restores_
from functions.http.restores.start_and_read import get_restore, start_restore
from tests.builders import USER_ID, a_deleted_person
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

EVERYBODY: Final = principal("Restore.Read", "Restore.Request", "Restore.Admin")
ABOUT: Final = {"kind": "user", "user": USER_ID}
NAMES: Final = {
    "half a character": "x\ud800",
    "control characters": "\x00\x07\x1b[31m\x7f",
    "a formula": '=HYPERLINK("https://evil.test")',
    "HTML": "<script>alert(1)</script>",
    "line breaks": "a\r\nSet-Cookie: x=1\r\n\r\nreprieve {}",
    "right to left": "\u202egnp.exe",
    "long": "😀" * 100_000,
}

type Door = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]


@pytest.fixture(name="world", params=NAMES)
def a_world(request: pytest.FixtureRequest) -> Iterator[World]:
    """A deployment in whose directory somebody has such a name, wherever a name can be."""
    name = NAMES[request.param]
    world = World()
    world.put(
        a_deleted_person(display_name=name, mail=name[:400], proxy_addresses=(f"smtp:{name}",) * 3)
    )
    with opened(world):
        yield world


async def asked(door: Door, body: object = None, **route: str) -> func.HttpResponse:
    """Call a door as somebody who may see everything."""
    return await door(request("POST", "/x", body, headers=EVERYBODY, **route))


async def test_every_route_answers_whatever_somebody_is_called(world: World) -> None:
    """With JSON that can be read, in ASCII, so that no reader's encoding matters."""
    restore = str(content(await asked(start_restore, ABOUT))["id"])
    await world.finish(restore)
    batch = str(content(await asked(start_batch_, {"restores": [ABOUT]}))["id"])

    answers = {
        "the restore": await asked(get_restore, restoreId=restore),
        "the batch": await asked(get_batch, batchId=batch),
        "the list": await asked(list_restores_),
        "the losses": await asked(list_losses_),
        "a check": await asked(check_restore, ABOUT),
        "a guard": await asked(add_guard_, ABOUT | {"act": "at-once"}),
        "the guards": await asked(list_guards_),
    }

    for what, answer in answers.items():
        assert answer.status_code < 300, what
        assert answer.mimetype == "application/json", what
        assert isinstance(json.loads(answer.get_body().decode("ascii")), dict), what
        assert not any("\n" in value for value in answer.headers.values()), what


async def test_no_line_of_the_log_has_it(world: World, caplog: pytest.LogCaptureFixture) -> None:
    """Nor does it make lines of its own."""
    caplog.set_level("INFO")
    restore = str(content(await asked(start_restore, ABOUT))["id"])
    await world.finish(restore)

    for line in caplog.messages:
        assert isinstance(json.loads(line.removeprefix("reprieve ")), dict)
        for part in ("\\ud800", "HYPERLINK", "script", "Set-Cookie", "\\u202e"):
            assert part not in line


@pytest.mark.usefixtures("world")
async def test_a_cell_of_a_spreadsheet_is_no_formula() -> None:
    """The list of losses as CSV: the program that opens it runs nothing of what is in it."""
    wanted = EVERYBODY | {"accept": "text/csv"}

    answer = await list_losses_(request("GET", "/losses", headers=wanted))

    assert answer.headers["Content-Type"].startswith("text/csv")
    header, row = csv.reader(io.StringIO(answer.get_body().decode("utf-8-sig"), newline=""))
    assert len(header) == len(row)
    assert USER_ID in row
    assert not [cell for cell in row if cell[:1] in {"=", "@", "\t", "\r"}]
