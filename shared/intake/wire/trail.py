"""Read the query of the trail, and write that of its next page; read whom an erasure means."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from shared.domain.audit_trail.query import TrailPart, TrailPlace, TrailQuery
from shared.domain.text import text
from shared.domain.values.ids import is_guid
from shared.domain.values.json_values import instant
from shared.errors import Fault, InvalidRequestError
from shared.intake.filters import person_in, span_faults
from shared.intake.paging import decode_token, encode_token, page_faults, strangers
from shared.intake.wire.fields import instant_in_address

# Each line takes about a kilobyte.
MOST_LINES: Final = 999

_KNOWN = frozenset({"from", "to", "top", "skipToken"})
_LONGEST_TOKEN = 400


def parse_trail_query(given: Mapping[str, str]) -> TrailQuery:
    """The part of the trail that is asked for; an empty parameter is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if value or name not in _KNOWN}
    faults = tuple(_faults(values))
    if faults:
        raise InvalidRequestError(faults)
    return TrailQuery(
        since=instant_in_address(values.get("from")),
        until=instant_in_address(values.get("to")),
        top=int(values.get("top", MOST_LINES)),
        place=_place(values.get("skipToken", "")) or TrailPlace(),
    )


def parse_erasure(user_id: str, given: Mapping[str, str]) -> str:
    """The object id of the person to erase, as the directory writes it.

    Raises:
        InvalidRequestError: it is none, or there are parameters, which an erasure does not have.
    """
    faults = (*_not_an_id(user_id), *strangers(given, frozenset()))
    if faults:
        raise InvalidRequestError(faults)
    return user_id.lower()


def _not_an_id(user_id: str) -> Iterator[Fault]:
    """Braces are not taken off here: what an erasure removes does not come back."""
    if is_guid(person_in(user_id)) and not is_guid(user_id):
        yield Fault("/userId", text("fault", "person-in-braces"))
    elif not is_guid(user_id):
        yield Fault("/userId", text("fault", "no-object-id"))


def next_trail_query(query: TrailQuery, place: TrailPlace) -> str:
    """The query string of the page that begins at this place."""
    within = {"from": instant(query.since), "to": instant(query.until)}
    given = {name: value for name, value in within.items() if value is not None}
    token = encode_token(f"{place.part} {place.after}")
    return urlencode({**given, "top": query.top, "skipToken": token})


def _faults(values: Mapping[str, str]) -> Iterator[Fault]:
    yield from strangers(values, _KNOWN, of_a_person=text("fault", "restores-of-one"))
    yield from span_faults(values)
    yield from page_faults(values, lambda token: _place(token) is not None, most=MOST_LINES)


def _place(token: str) -> TrailPlace | None:
    part, found, after = (decode_token(token, longest=_LONGEST_TOKEN) or "").partition(" ")
    if not found or part not in set(TrailPart):
        return None
    return TrailPlace(TrailPart(part), after)
