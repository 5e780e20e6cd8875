"""Parse the query of the list of losses, and convert a place in the list to a token and back.

A token comes from outside: what is in it can choose a place in the list and nothing else, so it
needs no signature.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Final
from urllib.parse import urlencode

from shared.domain.lists.losses import LossCase, LossPlace, LossQuery
from shared.domain.text import text
from shared.errors import Fault, InvalidRequestError
from shared.intake.filters import person_in
from shared.intake.paging import (
    EPOCH,
    MICROSECOND,
    decode_token,
    encode_token,
    page_faults,
    strangers,
)

MOST: Final = 999

_KNOWN = frozenset({"search", "case", "closingWithinDays", "top", "skipToken"})
# As JSON writes a number, and so whatever a flow's own sums come to: a third of ten days is
# 3.3333333333333335. A window lasts 30 days; four digits are as good as for ever.
_DAYS = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?")
_MOST_DAYS = 9999
# Longer than any name or address. Source: RFC 5321, 4.5.3.1.
_LONGEST_SEARCH = 320

# The rank, the end of the window (microseconds since 1970) and the object id of the last row.
_PLACE = re.compile(r"([012])\.([0-9]{0,16})\.([0-9a-f-]{1,36})")
_LONGEST_TOKEN = 100


def parse_loss_query(given: Mapping[str, str]) -> LossQuery:
    """The list that these query parameters ask for; an empty one is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if value.strip() or name not in _KNOWN}
    faults = tuple(_faults(values))
    if faults:
        raise InvalidRequestError(faults)
    search, case, days, token = (
        values.get(name) for name in ("search", "case", "closingWithinDays", "skipToken")
    )
    return LossQuery(
        search=None if search is None else person_in(search),
        case=None if case is None else LossCase(case),
        closing_within=None if days is None else timedelta(days=float(days)),
        top=int(values.get("top", LossQuery().top)),
        place=None if token is None else _place(token),
    )


def next_loss_query(query: LossQuery, place: LossPlace) -> str:
    """The query string that asks for the same list, from this place on."""
    within = query.closing_within
    filters = {
        "search": query.search,
        "case": None if query.case is None else query.case.value,
        "closingWithinDays": None if within is None else _days(within),
    }
    given = {name: value for name, value in filters.items() if value is not None}
    return urlencode({**given, "top": query.top, "skipToken": _token(place)})


def _faults(values: Mapping[str, str]) -> Iterator[Fault]:
    yield from strangers(values, _KNOWN, of_a_person=text("fault", "losses-of-one"))
    search = values.get("search", "")
    if len(search) > _LONGEST_SEARCH or not search.isprintable():
        yield Fault("/search", text("fault", "search", most=_LONGEST_SEARCH))
    if values.get("case", LossCase.DELETED_USER) not in set(LossCase):
        yield Fault("/case", text("fault", "no-choice", choices=tuple(map(str, LossCase))))
    if not _are_days(values.get("closingWithinDays", "0")):
        yield Fault("/closingWithinDays", text("fault", "no-days", most=_MOST_DAYS))
    yield from page_faults(values, lambda token: _place(token) is not None, most=MOST)


def _are_days(text: str) -> bool:
    return _DAYS.fullmatch(text) is not None and 0 <= float(text) <= _MOST_DAYS


def _days(within: timedelta) -> str:
    """Fine enough for the very same microsecond to be read again: it is 1.2e-11 of a day."""
    return f"{within / timedelta(days=1):.12f}".rstrip("0").rstrip(".")


def _token(place: LossPlace) -> str:
    micros = "" if place.ends_at is None else (place.ends_at - EPOCH) // MICROSECOND
    return encode_token(f"{place.rank}.{micros}.{place.user_id}")


def _place(token: str) -> LossPlace | None:
    match = _PLACE.fullmatch(decode_token(token, longest=_LONGEST_TOKEN) or "")
    if match is None or (match[1] == "0") is not bool(match[2]):
        return None
    ends_at = EPOCH + int(match[2]) * MICROSECOND if match[2] else None
    return LossPlace(int(match[1]), ends_at, match[3])
