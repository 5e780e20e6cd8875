"""The query of the list of deleted users, and a place in it to a token and back.

A token comes from outside: what is in it can choose a place in the list and nothing else. Of
Graph's links it carries the `$skiptoken` alone; the request is built anew each time, with our own
address and our own query. So it needs no signature.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from shared.domain.lists.deleted_users import BinPlace, DeletedUsersQuery, Last, ReadingMode
from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError
from shared.intake.paging import (
    EPOCH,
    MICROSECOND,
    decode_token,
    encode_token,
    page_faults,
    strangers,
)

# Source: Microsoft "List deletedItems": 999 at most.
MOST: Final = 999

_KNOWN = frozenset({"search", "closingWithinDays", "top", "skipToken"})
# As JSON writes a number, and so whatever a flow's own sums come to: a third of ten days is
# 3.3333333333333335. A window lasts 30 days; four digits are as good as for ever.
_DAYS = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")
_MOST_DAYS = 9999
# Longer than any name or address. Source: RFC 5321, 4.5.3.1.
_LONGEST_SEARCH = 320

# How it was read, as of which second, the last user dealt with (microseconds since 1970, id), and
# Graph's own token. Graph's are some hundred characters; beyond these thousands a web server would
# refuse the address.
_PLACE = re.compile(
    rf"({'|'.join(ReadingMode)})\.([0-9]{{1,11}})\.([0-9]{{0,16}})\.([0-9a-f-]{{36}})?\.([!-~]{{0,4000}})"
)
_LONGEST_TOKEN = 6_000
_SECOND = timedelta(seconds=1)


def parse_deleted_users_query(given: Mapping[str, str]) -> DeletedUsersQuery:
    """The list that these query parameters ask for; an empty one is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if value.strip() or name not in _KNOWN}
    faults = tuple(_faults(values))
    if faults:
        raise InvalidRequestError(faults)
    search, days, token = (
        values.get(name) for name in ("search", "closingWithinDays", "skipToken")
    )
    return DeletedUsersQuery(
        search=None if search is None else search.strip(),
        closing_within=None if days is None else timedelta(days=float(days)),
        top=int(values.get("top", DeletedUsersQuery().top)),
        place=None if token is None else _place(token),
    )


def next_deleted_users_query(query: DeletedUsersQuery, place: BinPlace) -> str:
    """The query string that asks for the same list, from this place on."""
    within = query.closing_within
    filters = {
        "search": query.search,
        "closingWithinDays": None if within is None else _days(within),
    }
    given = {name: value for name, value in filters.items() if value is not None}
    return urlencode({**given, "top": query.top, "skipToken": _token(place)})


def _faults(values: Mapping[str, str]) -> Iterator[Fault]:
    yield from strangers(values, _KNOWN)
    search = values.get("search", "")
    if len(search) > _LONGEST_SEARCH or not search.isprintable():
        yield Fault("/search", text("fault", "search", most=_LONGEST_SEARCH))
    if not _are_days(values.get("closingWithinDays", "0")):
        yield Fault("/closingWithinDays", text("fault", "no-days", most=_MOST_DAYS))
    yield from page_faults(values, lambda token: _place(token) is not None, most=MOST)


def _are_days(text: str) -> bool:
    return _DAYS.fullmatch(text) is not None and 0 <= float(text) <= _MOST_DAYS


def _days(within: timedelta) -> str:
    """Fine enough for the very same microsecond to be read again: it is 1.2e-11 of a day."""
    return f"{within / timedelta(days=1):.12f}".rstrip("0").rstrip(".")


def _token(place: BinPlace) -> str:
    last = place.last or Last("")
    micros = "" if last.deleted_at is None else (last.deleted_at - EPOCH) // MICROSECOND
    seconds = (place.as_of - EPOCH) // _SECOND
    text = f"{place.reading}.{seconds}.{micros}.{last.user_id}.{place.skip_token or ''}"
    return encode_token(text)


def _place(token: str) -> BinPlace | None:
    match = _PLACE.fullmatch(decode_token(token, longest=_LONGEST_TOKEN) or "")
    if match is None:
        return None
    reading, seconds, micros, user_id, skip_token = match.groups()
    deleted_at = EPOCH + int(micros) * MICROSECOND if micros else None
    return BinPlace(
        as_of=EPOCH + int(seconds) * _SECOND,
        reading=ReadingMode(reading),
        skip_token=skip_token or None,
        last=Last(user_id, deleted_at) if user_id else None,
    )
