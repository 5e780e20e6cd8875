"""Define the types of JSON values, and how an instant is written in them."""

from datetime import UTC, datetime
from typing import overload

type Json = dict[str, object]


@overload
def instant(at: datetime) -> str: ...


@overload
def instant(at: datetime | None) -> str | None: ...


def instant(at: datetime | None) -> str | None:
    """RFC 3339 in UTC with `Z`; whole seconds are written without a fraction."""
    if at is None:
        return None
    in_utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return in_utc.isoformat().replace("+00:00", "Z")
