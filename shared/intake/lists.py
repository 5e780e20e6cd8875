"""The query of a list: text from outside to a ListQuery, and a place to a token and back."""

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from shared.domain.listing import ListQuery, Place
from shared.domain.outcomes import Status
from shared.errors import Fault, InvalidRequestError
from shared.intake.decode import pointer_to

MOST: Final = 100

_KNOWN = frozenset({"status", "user", "top", "skipToken"})
# Where the host itself looks for a function key.
_OF_THE_HOST = frozenset({"code", "clientId"})

_TOP = re.compile(r"[1-9][0-9]?|100")
# Microseconds since 1970 and a restore id, or none; sixteen digits reach as far as the index does.
_PLACE = re.compile(r"([0-9]{1,16})-([0-9a-f]{32})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LONGEST_TOKEN = 100


def parse_list_query(given: Mapping[str, str]) -> ListQuery:
    """The list that these query parameters ask for; an empty one is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if value or name not in _KNOWN}
    faults = tuple(_faults(values))
    if faults:
        raise InvalidRequestError(faults)
    token = values.get("skipToken")
    return ListQuery(
        status=Status(values["status"]) if "status" in values else None,
        user=values.get("user"),
        top=int(values.get("top", ListQuery().top)),
        place=None if token is None else _place(token),
    )


def next_query(query: ListQuery, place: Place) -> str:
    """The query string that asks for the same list, from this place on."""
    filters = {"status": query.status, "user": query.user}
    given = {name: value for name, value in filters.items() if value is not None}
    return urlencode({**given, "top": query.top, "skipToken": _token(place)})


def strangers(values: Mapping[str, str], known: frozenset[str]) -> Iterator[Fault]:
    """A fault for each parameter that a list does not have: a typo is not ignored in silence."""
    has = ", ".join(sorted(known)) or "none"
    for name in sorted(values.keys() - known - _OF_THE_HOST):
        yield Fault(pointer_to("", name[:64]), f"is not a parameter of this list; it has {has}")


def _faults(values: Mapping[str, str]) -> Iterator[Fault]:
    yield from strangers(values, _KNOWN)
    if values.get("status", Status.QUEUED) not in set(Status):
        yield Fault("/status", f"must be one of {', '.join(Status)}")
    if _TOP.fullmatch(values.get("top", "1")) is None:
        yield Fault("/top", f"must be a whole number from 1 to {MOST}")
    if "skipToken" in values and _place(values["skipToken"]) is None:
        yield Fault("/skipToken", "is not a token of this list; follow nextLink as it is")


def _token(place: Place) -> str:
    micros = (place.created_at - _EPOCH) // _MICROSECOND
    text = f"{micros}-{place.restore_id}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(token: str) -> Place | None:
    if len(token) > _LONGEST_TOKEN:
        return None
    try:
        padded = token + "=" * (-len(token) % 4)
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except ValueError:
        return None
    match = _PLACE.fullmatch(text)
    if match is None:
        return None
    return Place(_EPOCH + int(match[1]) * _MICROSECOND, match[2] or "")
