"""Check an export of the trail offline: `python check_trail.py trail.ndjson`.

One file, and nothing but Python 3.9 or later: whoever audits can read it whole and run it anywhere.
It reads what `GET /api/trail` gives, JSON lines or CSV, computes every hash anew and names the
first broken link. What goes into a hash is in README.md beside it.

    0   nothing was rewritten, up to the last day that was closed        1   a link is broken
    2   the file cannot be read        3   the links hold, and no closed day proves anything yet
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import hmac
import json
import sys
from collections.abc import Iterator  # noqa: TC003 - this file is for reading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

Line = dict[str, Any]

# Worker clocks differ, and closing a day takes time.
CLOCKS = timedelta(hours=1)

_JSON_CELLS = ("by", "proof", "number", "attempt")
_BEGINNING = datetime(1, 1, 1, tzinfo=timezone.utc)
_END = datetime(9999, 12, 31, tzinfo=timezone.utc)
_ANEW = "take the export anew, and keep the answer as it comes (curl -o trail.ndjson)"
_OPEN = (
    "That the entries fit together was checked; that no restore was removed, or written anew as a"
    " whole, is proven once a day was closed behind it. The service closes one each day"
    " (CLEANUP_SCHEDULE; 03:30 UTC unless it is set): check again after that"
)
# What a wrong kind of value does to what reads it.
_WRONG_KIND = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
_TIME = "2026-05-01T08:00:00Z"


class Broken(Exception):  # noqa: N818 - it is the finding
    """A link does not hold; the message says which one, and why."""


class Trail:
    """Takes the lines of an export one by one, and says at the first one that does not hold.

    `since` and `until` are those of the export; `now` is when it was made. `known` is the hash of
    a day that an earlier check has named: a trail without it was cut off, or is another one.
    """

    def __init__(
        self, now: datetime, since: datetime = _BEGINNING, until: datetime = _END, known: str = ""
    ) -> None:
        self._since, self._until, self._now, self._known = since, until, now, known
        self.counts = {"entries": 0, "restores": 0, "days": 0, "erasures": 0}
        self.last_day: Line = {}
        self._heads: dict[str, dict[int, Line]] = {}
        self._entry: Line = {}
        self._seen: set[str] = set()
        self._unerased: list[str] = []
        self._erased_at: dict[str, str] = {}
        self.open = 0

    def take(self, line: Line) -> None:
        """Check one line against those before it.

        Raises:
            Broken: it does not hold.
        """
        if line["what"] == "unreadable":
            raise Broken(f"{line['restoreId'] or 'trail'}/{line['proof']['name']} cannot be read")
        others = {"day-closed": self._take_day, "person-erased": self._take_erasure}
        (others[line["what"]] if line["restoreId"] is None else self._take_entry)(line)

    def finish(self) -> None:
        """Check what only the whole can tell: the ends of chains, and who was erased.

        Raises:
            Broken: something is missing.
        """
        self._end_chain()
        if self._known:
            raise Broken(f"the day that was checked before is missing: its hash was {self._known}")
        for restore_id, heads in self._heads.items():
            if restore_id not in self._seen:
                self._demand_gone(restore_id, heads[max(heads)])
        if self._erased_at and self._until == _END:
            restore_id = next(iter(self._erased_at.values()))
            raise Broken(f"restore {restore_id} says that a person was erased, and nobody was")

    def _take_day(self, line: Line) -> None:
        proof, before = line["proof"], self.last_day
        name, day = f"the day {proof['day']}", _of(proof, "day", "heads", "keepDays", "number")
        _demand_hash(name, line, {**day, **_of(line, "at")})
        if before:
            if line["previousHash"] != before["hash"]:
                raise Broken(f"{name} does not follow on the day {before['proof']['day']}")
            if proof["number"] != before["proof"]["number"] + 1:
                raise Broken(f"before {name} a day is missing")
        elif self._since == _BEGINNING and proof["number"] != 1:
            raise Broken(f"before {name} all days are missing")
        self.last_day = line
        self._known = "" if self._known == line["hash"] else self._known
        self.counts["days"] += 1
        for head in proof["heads"]:
            self._heads.setdefault(head["restoreId"], {})[head["number"]] = head

    def _take_erasure(self, line: Line) -> None:
        proof = line["proof"]
        _demand_hash(f"the erasure of {proof['userId']}", line, {**proof, **_of(line, "at", "by")})
        self._erased_at.pop(line["at"], None)
        self.counts["erasures"] += 1

    def _take_entry(self, line: Line) -> None:
        before, name = self._entry, _named(line)
        if before.get("restoreId") != line["restoreId"]:
            self._end_chain()
            self._begin_chain(line)
        elif line["number"] != before["number"] + 1:
            raise Broken(f"before {name} an entry is missing, or was put in")
        elif line["previousHash"] != before["hash"]:
            raise Broken(f"{name} does not follow on the entry before it")
        _demand_hash(name, line, _hashed(line))
        self._demand_seals(name, line)
        head = self._heads.get(line["restoreId"], {}).get(line["number"])
        if head is not None and head["hash"] != line["hash"]:
            raise Broken(f"{name} is not the one that the day's head has")
        self._entry = line
        self.counts["entries"] += 1

    def _begin_chain(self, line: Line) -> None:
        if line["restoreId"] in self._seen:
            raise Broken(f"{_named(line)} stands apart from its journal")
        if self._since == _BEGINNING and (line["number"], line["previousHash"]) != (1, None):
            raise Broken(f"before {_named(line)} the beginning of the journal is missing")
        self._seen.add(line["restoreId"])
        self.counts["restores"] += 1

    def _end_chain(self) -> None:
        last, self._entry = self._entry, {}
        if not last:
            return
        if self._unerased and self._until == _END:
            raise Broken(f"{self._unerased[0]} lacks its personal values, and nobody was erased")
        self._unerased = []
        heads = self._heads.get(last["restoreId"], {})
        known = max(heads, default=0)
        if known > last["number"] and self._has(heads[known]):
            raise Broken(f"after {_named(last)} there were more entries, by the day's head")
        if known < last["number"]:
            self._demand_new(last)

    def _demand_new(self, last: Line) -> None:
        """What no day's head has can only be younger than the last day that was closed."""
        if self.last_day and _time(last["at"]) < _time(self.last_day["at"]) - CLOCKS:
            day = self.last_day["proof"]["day"]
            raise Broken(f"{_named(last)} was put in: it is older than the day {day}, without it")
        self.open += 1

    def _demand_gone(self, restore_id: str, head: Line) -> None:
        """A restore may be missing once it has ended and is past its keep time."""
        keep = timedelta(days=self.last_day["proof"]["keepDays"])
        is_past = not head["open"] and _time(head["at"]) + keep < self._now
        if self._has(head) and not is_past:
            raise Broken(f"restore {restore_id} is missing, and it is not past its keep time")

    def _has(self, head: Line) -> bool:
        return self._since <= _time(head["at"]) < self._until

    def _demand_seals(self, name: str, line: Line) -> None:
        proof, by = line["proof"], line["by"] or {}
        values = {"name": by.get("name"), "params": (proof["text"] or {"params": {}})["params"]}
        for part, value in values.items():
            seal = proof[part]
            if seal is None or seal["salt"] is None:
                if value not in (None, {}):
                    raise Broken(f"{name} has a {part} that its hash does not have")
                if seal is not None:
                    self._unerased.append(name)
                continue
            salt, content = bytes.fromhex(seal["salt"]), _canonical(value)
            if hmac.new(salt, content, hashlib.sha256).hexdigest() != seal["digest"]:
                raise Broken(f"{name} was changed: its {part} are not those of the hash")
        if line["what"] == "erased":
            self._unerased = []
            self._erased_at[line["at"]] = line["restoreId"]


def read(path: Path) -> Iterator[tuple[int, str | dict[str, str]]]:
    """The lines of an export with their numbers, in either form; one is held at a time."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.read(1)
        file.seek(0)
        if first == "{":
            yield from ((number, text) for number, text in enumerate(file, 1) if text.strip())
            return
        # A cell may hold a whole day's heads.
        csv.field_size_limit(2**31 - 1)
        rows = csv.DictReader(file)
        if "hash" not in (rows.fieldnames or ()):
            raise ValueError(first)
        # A second page begins with the names of the columns again.
        yield from ((rows.line_num, row) for row in rows if row["hash"] != "hash")


def _parsed(line: str | dict[str, str]) -> Line:
    if isinstance(line, str):
        return dict(json.loads(line))
    # An apostrophe stands in front of what a spreadsheet would run.
    cells = {name: text.removeprefix("'") or None for name, text in line.items()}
    return {**cells, **{name: json.loads(cells[name] or "null") for name in _JSON_CELLS}}


def _hashed(line: Line) -> Line:
    proof, by, text = line["proof"], line["by"], line["proof"]["text"]
    name, params = (proof[part] and proof[part]["digest"] for part in ("name", "params"))
    return {
        **_of(line, "at", "attempt", "evidence", "graphRequestId", "number"),
        **_of(line, "previousHash", "restoreId", "step", "what"),
        "by": by and {**_of(by, "door", "id", "roles"), "name": name},
        "detail": text and {**_of(text, "code", "variant"), "params": params},
    }


def _of(line: Line, *names: str) -> Line:
    return {name: line[name] for name in names}


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _demand_hash(name: str, line: Line, content: Line) -> None:
    content = {**content, "previousHash": line["previousHash"]}
    if hashlib.sha256(_canonical(content)).hexdigest() != line["hash"]:
        raise Broken(f"{name} was changed: its hash is another")


def _named(line: Line) -> str:
    return f"entry {line['number']} of restore {line['restoreId']}"


def _time(text: str) -> datetime:
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    if at.tzinfo is None:
        raise ValueError(text)
    return at.astimezone(timezone.utc)


def main(arguments: list[str] | None = None) -> int:
    """Check a file, and say in one of the four ways above how it ended."""
    parser = argparse.ArgumentParser(description="Check an export of the trail offline.")
    parser.add_argument("file", type=Path, help="what GET /api/trail gave: JSON lines or CSV")
    parser.add_argument("--from", dest="since", type=_time, default=_BEGINNING, metavar=_TIME)
    parser.add_argument("--to", dest="until", type=_time, default=_END, metavar=_TIME)
    parser.add_argument("--known", default="", metavar="HASH", help="that an earlier check named")
    now = datetime.now(timezone.utc)  # noqa: TID251 - a command of a person
    parser.add_argument("--now", type=_time, default=now, metavar=_TIME)
    given = parser.parse_args(arguments)
    said, code = check(given.file, Trail(given.now, given.since, given.until, given.known))
    print(said)
    return code


def check(file: Path, trail: Trail) -> tuple[str, int]:
    """What is to be said of an export, and the exit code."""
    where = "line 1"
    try:
        for number, line in read(file):
            where = f"line {number}"
            trail.take(_parsed(line))
        where = "a head of a day"
        trail.finish()
    except Broken as broken:
        return f"broken: {broken}", 1
    except OSError as error:
        return f"cannot be read: {error}", 2
    except (UnicodeDecodeError, csv.Error):
        return f"cannot be read: it is no text in UTF-8, or no CSV; {_ANEW}", 2
    except _WRONG_KIND:
        return f"cannot be read: {where} is missing, cut off or no part of a trail; {_ANEW}", 2
    return summary(trail)


def summary(trail: Trail) -> tuple[str, int]:
    """What was proven of a trail whose links hold and what was not, and the exit code."""
    said = ", ".join(f"{count} {name}" for name, count in trail.counts.items())
    if not (day := trail.last_day):
        return f"not proven: every link holds ({said}), but no closed day is in it. {_OPEN}", 3
    until = f"ok: {said}; the last day closed is {day['proof']['day']}, its hash {day['hash']}"
    since = f"what came after {day['at']}, {trail.open} restores with entries since"
    return f"{until}\nnot proven: {since}. {_OPEN}", 0


if __name__ == "__main__":
    sys.exit(main())
