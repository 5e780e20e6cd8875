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
        ValueError, KeyError, TypeError: it is none.
    """
    plain = json.loads(content)
    return Day(
        number=plain["number"],
        name=plain["day"],
        at=datetime.fromisoformat(plain["at"]),
        keep_days=plain["keepDays"],
        heads=tuple(_head(head) for head in plain["heads"]),
        previous_hash=plain["previousHash"],
        hash=plain["hash"],
    )


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


def _hashed(day: Day) -> Json:
    return {**proof_of_day(day), "at": instant(day.at), "previousHash": day.previous_hash}


def _head(plain: dict[str, object]) -> RestoreHead:
    at, number, hash_ = plain["at"], plain["number"], plain["hash"]
    if not isinstance(number, int) or not isinstance(hash_, str) or not isinstance(at, str):
        raise TypeError("a head of a day is not as it is written")
    head = Head(number, hash_, datetime.fromisoformat(at))
    return RestoreHead(str(plain["restoreId"]), head, plain["open"] is True)
