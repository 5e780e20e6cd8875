"""Close a day of the trail: the heads of all restores that changed, chained to the day before.

The bytes of its hash are written out in infra/trail/README.md.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from shared.domain.records.chain import canonical
from shared.domain.records.links import Head
from shared.domain.values.json_values import Json, instant
from shared.errors import UnreadableTextError

DAYS: Final = "days/"
"""How the names of the blobs of days begin."""


@dataclass(frozen=True, slots=True)
class RestoreHead:
    """The end of one restore's chain when a day was closed; `is_open`: it had not ended."""

    restore_id: str
    head: Head
    is_open: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A closed day; `name` is its UTC date, so that days sort as texts. Hashes: 64 hex digits."""

    number: int
    """From 1, without a gap; a day on which nobody came to close it has none."""
    name: str
    at: datetime
    keep_days: int
    """How long a restore was kept after its end, when this was written."""
    heads: tuple[RestoreHead, ...]
    previous_hash: str | None = None
    hash: str = ""


def closed_day(
    before: Day | None, at: datetime, keep_days: int, heads: Sequence[RestoreHead]
) -> Day:
    """The day that follows on the one before."""
    in_order = sorted(heads, key=lambda head: head.restore_id)
    number, previous = (1, None) if before is None else (before.number + 1, before.hash)
    day = Day(number, day_name(at), at, keep_days, tuple(in_order), previous)
    return replace(day, hash=hashlib.sha256(canonical(_hashed(day))).hexdigest())


def day_name(at: datetime) -> str:
    """The UTC date of an instant."""
    return f"{at.astimezone(UTC):%Y-%m-%d}"


def day_blob(name: str) -> str:
    """The name of the blob of a day."""
    return f"{DAYS}{name}.json"


def encode_day(day: Day) -> bytes:
    """The day as the bytes of its blob."""
    return canonical({**_hashed(day), "hash": day.hash})


def decode_day(content: bytes) -> Day:
    """The day of a blob.

    Raises:
        UnreadableTextError: it is none.
    """
    try:
        return _day(json.loads(content))
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise UnreadableTextError("a closed day is damaged, or of another release") from error


def proof_of_day(day: Day) -> Json:
    """What goes into the hash of a day, apart from its instant and the hash before."""
    heads = [
        {
            "at": instant(head.head.at),
            "hash": head.head.hash,
            "number": head.head.number,
            "open": head.is_open,
            "restoreId": head.restore_id,
        }
        for head in day.heads
    ]
    return {"day": day.name, "heads": heads, "keepDays": day.keep_days, "number": day.number}


def _day(plain: dict[str, object]) -> Day:
    number, name, at, keep_days, heads, hash_ = (
        plain[field] for field in ("number", "day", "at", "keepDays", "heads", "hash")
    )
    previous = plain["previousHash"]
    if not isinstance(number, int) or not isinstance(keep_days, int):
        raise TypeError("a number of a day is none")
    if not isinstance(name, str) or not isinstance(at, str) or not isinstance(hash_, str):
        raise TypeError("a text of a day is none")
    if not isinstance(heads, list) or not isinstance(previous, str | None):
        raise TypeError("a day is not as it is written")
    closed = tuple(map(_head, heads))
    return Day(number, name, _instant(at), keep_days, closed, previous, hash_)


def _hashed(day: Day) -> Json:
    return {**proof_of_day(day), "at": instant(day.at), "previousHash": day.previous_hash}


def _head(plain: dict[str, object]) -> RestoreHead:
    at, number, hash_ = plain["at"], plain["number"], plain["hash"]
    if not isinstance(number, int) or not isinstance(hash_, str) or not isinstance(at, str):
        raise TypeError("a head of a day is not as it is written")
    head = Head(number, hash_, _instant(at))
    return RestoreHead(str(plain["restoreId"]), head, plain["open"] is True)


def _instant(written: str) -> datetime:
    at = datetime.fromisoformat(written)
    if at.tzinfo is None:
        raise ValueError("an instant of a day has no time zone")
    return at
