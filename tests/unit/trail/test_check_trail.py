"""The checker of an exported trail, given what nobody has changed, and all that is no trail."""

import copy
import csv
import io
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.trail import check_trail
from shared.audit_trail.close_day import close_day
from shared.audit_trail.erase_person import erase_person
from shared.audit_trail.export import read_trail
from shared.documents.csv_out import csv_out
from shared.documents.trail import TRAIL_COLUMNS, trail_cells, trail_line
from shared.domain.audit_trail.query import TrailQuery
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.requests.roles import Role
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader
from tests.builders import USER_ID, a_deleted_person, a_request
from tests.unit.world.world import World

ADMIN = RequestedBy(Door.HTTP, "Alex Admin", "oid-admin", (Role.ADMIN,))
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    """A world with somebody to restore."""
    made = World()
    made.put(a_deleted_person())
    return made


async def restored(world: World, keys: str) -> None:
    """A finished restore for each key."""
    for key in keys:
        record = await world.accept(a_request(idempotency_key=key))
        await world.finish(record.id)


async def closed(world: World) -> None:
    """The next day, which is closed, and two hours more."""
    world.clock.advance(DAY)
    assert await close_day(world.deps) is not None
    world.clock.advance(timedelta(hours=2))


async def lines_of(world: World) -> list[Json]:
    """The export, line by line."""
    page = await read_trail(TrailQuery(), world.deps)
    return [trail_line(item, Reader()) for item in page.items]


def written(lines: list[Json]) -> str:
    """The file of these lines."""
    return "".join(f"{json.dumps(line)}\n" for line in lines)


class Desk:
    """Where an auditor runs the checker on files."""

    def __init__(self, folder: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        self._file, self._world, self._capsys = folder / "trail", world, capsys

    def check(self, content: bytes | str, *more: str) -> tuple[int, str]:
        """The exit code and what was said of a file with this content."""
        self._file.write_bytes(content if isinstance(content, bytes) else content.encode())
        now = instant(self._world.clock.now())
        code = check_trail.main([str(self._file), "--now", now, *more])
        return code, self._capsys.readouterr().out


@pytest.fixture
def desk(tmp_path: Path, world: World, capsys: pytest.CaptureFixture[str]) -> Desk:
    """An auditor's desk."""
    return Desk(tmp_path, world, capsys)


async def test_a_day_that_is_not_closed_is_not_called_proven(world: World, desk: Desk) -> None:
    """Without its closing hash a restore that was taken out leaves no trace: so no "ok"."""
    await restored(world, "ab")
    lines = await lines_of(world)
    one = str(lines[0]["restoreId"])

    whole = desk.check(written(lines))
    without = desk.check(written([line for line in lines if line["restoreId"] != one]))

    for code, said in (whole, without):
        assert (code, said[:12]) == (3, "not proven: ")
        assert "no closed day" in said
        assert "CLEANUP_SCHEDULE" in said
        assert "ok" not in said.split()
    assert "2 restores" in whole[1]
    assert "1 restores" in without[1]


async def test_what_came_after_the_last_closed_day_is_told_apart(world: World, desk: Desk) -> None:
    """The closed days are proven up to an instant that is named; what is younger is not."""
    await restored(world, "a")
    await closed(world)
    await restored(world, "b")
    lines = await lines_of(world)

    code, said = desk.check(written(lines))

    proven, not_proven = said.splitlines()
    assert (code, proven[:4], lines[0]["what"]) == (0, "ok: ", "day-closed")
    assert not_proven.startswith(f"not proven: what came after {lines[0]['at']}, 1 restores")
    assert str(lines[0]["hash"]) in proven


async def test_a_closed_day_misses_the_restore_that_was_taken_out(world: World, desk: Desk) -> None:
    """Once its day is closed, the same removal is a broken link."""
    await restored(world, "ab")
    await closed(world)
    lines = await lines_of(world)
    one = str(lines[1]["restoreId"])

    code, said = desk.check(written([line for line in lines if line["restoreId"] != one]))

    assert (code, said[:7]) == (1, "broken:")
    assert one in said


_WRONG: tuple[Any, ...] = ("text", "", 7, True, None, [], {"a": 1}, 10**30)
_OF_A_DAY = {"at", "hash", "previousHash", "proof", "restoreId", "what"}
_PROVEN = {"day-closed": _OF_A_DAY, "person-erased": {*_OF_A_DAY, "by"}}


def _changed(lines: list[Json]) -> Iterator[tuple[str, list[Json]]]:
    """The lines with one value of another kind, or without it: each place in turn.

    Of a day, of the first two entries and of an erasure; `detail` is for reading, and a day and an
    erasure have nothing in the columns of an entry.
    """
    for number in (0, 1, 2, len(lines) - 1):
        what = str(lines[number]["what"])
        for path in _paths(lines[number]):
            if path[0] not in _PROVEN.get(what, set(lines[number]) - {"detail"}):
                continue
            for wrong in _WRONG:
                if wrong is None and path[-1] == "params":
                    # No parameters at all; as good as none of them.
                    continue
                copied = copy.deepcopy(lines)
                _place(copied[number], path)[path[-1]] = wrong
                yield f"line {number + 1}: {path} is {wrong!r}", copied
            copied = copy.deepcopy(lines)
            del _place(copied[number], path)[path[-1]]
            yield f"line {number + 1}: {path} is missing", copied


def _paths(value: object, *above: str | int) -> Iterator[tuple[str | int, ...]]:
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    if isinstance(value, list):
        parts = list(enumerate(value[:1]))
    for name, part in parts:
        yield (*above, name)
        yield from _paths(part, *above, name)


def _place(line: Any, path: tuple[str | int, ...]) -> Any:
    for name in path[:-1]:
        line = line[name]
    return line


async def test_no_value_of_a_wrong_kind_breaks_the_checker(world: World, desk: Desk) -> None:
    """Wherever it stands: one sentence, and never the code of a trail that holds."""
    await restored(world, "a")
    await closed(world)
    await erase_person(USER_ID, ADMIN, world.deps)
    lines = await lines_of(world)
    sound, _ = desk.check(written(lines))

    odd = [
        (name, answer)
        for name, changed in _changed(lines)
        if changed != lines
        for answer in [desk.check(written(changed))]
        if answer[0] not in {1, 2}
        or not answer[1].startswith(("broken: ", "cannot be read: "))
        or answer[1].count("\n") != 1
    ]

    assert (sound, odd) == (0, [])


async def test_a_text_in_place_of_the_proof_is_told_with_its_line(world: World, desk: Desk) -> None:
    """In words, and not in those of the programming language."""
    await restored(world, "a")
    lines = await lines_of(world)
    _place(lines[1], ("proof", "text"))["text"] = "a sentence"

    code, said = desk.check(written(lines))

    assert code == 2
    assert said.startswith("cannot be read: line 2 is missing, cut off or no part of a trail; ")
    assert "Error" not in said


async def test_what_is_no_export_ends_in_one_clear_sentence(world: World, desk: Desk) -> None:
    """Cut off, empty, of another kind or in another encoding: 2, and how to do it better."""
    await restored(world, "a")
    whole = written(await lines_of(world))
    page = await read_trail(TrailQuery(), world.deps)
    table = csv_out(TRAIL_COLUMNS, (trail_cells(item, Reader()) for item in page.items))
    given: dict[str, tuple[bytes | str, str]] = {
        "empty": ("", "line 1 is missing"),
        "blank": ("\r\n\r\n", "line 1 is missing"),
        "cut off in a line": (whole[:-40], "cut off"),
        "no JSON": (whole.replace(": ", "= ", 1), "line 1 is missing, cut off"),
        "a list": (f"[{whole}]", "line 1 is missing"),
        "a list of restores": ('{"value": [], "nextLink": null}', "line 1 is missing"),
        "a problem": ('{"status": 401, "code": "not-signed-in"}', "line 1 is missing"),
        "a page of HTML": ("<!doctype html><title>Sign in</title>", "line 1 is missing"),
        "deep JSON": ('{"what": ' + "[" * 200_000, "line 1 is missing"),
        "another CSV": ("id,createdAt,kind\r\n1,2,3\r\n", "line 1 is missing"),
        "a CSV cut off": (table[:-40], "cut off"),
        "a CSV without cells": (table.replace(b",,", b","), "line 2 is missing, cut off"),
        "UTF-16": (whole.encode("utf-16"), "no text in UTF-8"),
        "UTF-16 without a mark": (whole.encode("utf-16-le"), "line 1 is missing"),
        "no text": (b"\x1f\x8b\x08\x00\xff\xfe", "no text in UTF-8"),
    }

    answers = {name: desk.check(content) for name, (content, _) in given.items()}

    assert {name: code for name, (code, _) in answers.items()} == dict.fromkeys(given, 2)
    for name, (_, said) in answers.items():
        assert said.startswith("cannot be read: "), name
        assert given[name][1] in said, name
        assert "take the export anew" in said, name


async def test_a_mark_at_the_beginning_is_no_fault(world: World, desk: Desk) -> None:
    """Editors put a byte order mark in front of UTF-8; a CSV of ours begins with one."""
    await restored(world, "a")
    await closed(world)
    whole = written(await lines_of(world))
    page = await read_trail(TrailQuery(), world.deps)
    table = csv_out(TRAIL_COLUMNS, (trail_cells(item, Reader()) for item in page.items))

    assert desk.check(whole.encode("utf-8-sig"))[0] == 0
    assert desk.check(table)[0] == 0
    assert desk.check(table.removeprefix(b"\xef\xbb\xbf"))[0] == 0


async def test_a_name_that_another_program_would_cut_apart_stays_whole(
    world: World, desk: Desk
) -> None:
    """Where the semicolon stands between cells, one in a name begins none, and the trail holds."""
    await restored(world, "a")
    mallory = RequestedBy(Door.HTTP, "Mallory;=1+1", "oid-mallory", (Role.ADMIN,))
    await erase_person(USER_ID, mallory, world.deps)
    await closed(world)
    page = await read_trail(TrailQuery(), world.deps)
    table = csv_out(TRAIL_COLUMNS, (trail_cells(item, Reader()) for item in page.items))

    lines = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""), delimiter=";")
    assert {len(line) for line in lines} == {1}
    assert desk.check(table)[0] == 0


def test_a_file_that_is_not_there_is_told_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """A slip in the name is no broken trail."""
    assert check_trail.main(["/nowhere/trail.ndjson"]) == 2
    assert "/nowhere/trail.ndjson" in capsys.readouterr().out


@pytest.mark.parametrize("time", ["2026-05-01", "2026-05-01T08:00:00", "yesterday"])
def test_a_time_without_a_zone_is_not_guessed(
    time: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same instants as in the address of the export; the usage shows how one is written."""
    with pytest.raises(SystemExit, match="2"):
        check_trail.main(["trail.ndjson", "--from", time])

    assert "[--from 2026-05-01T08:00:00Z]" in capsys.readouterr().err


def test_the_checker_is_short_enough_to_be_read() -> None:
    """Whoever audits reads it whole: one file, below the length of any file of ours."""
    text = Path(check_trail.__file__).read_text("utf-8")

    assert len(text.splitlines()) < 300
    assert "import shared" not in text
    assert "from shared" not in text
