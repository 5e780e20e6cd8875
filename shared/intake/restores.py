"""Parse the query of the list of restores, and convert a place in it to a token and back."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from shared.domain.lists.restores import ListPlace, ListQuery
from shared.domain.outcomes import Status
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.errors import Fault, InvalidRequestError
from shared.intake.filters import (
    batch_id_in,
    caller_id_in,
    person_faults,
    person_in,
    span_faults,
)
from shared.intake.paging import (
    EPOCH,
    MICROSECOND,
    decode_token,
    encode_token,
    page_faults,
    strangers,
)
from shared.intake.wire.fields import instant_in_address

_KNOWN = frozenset({"status", "user", "requestedBy", "batch", "from", "to", "top", "skipToken"})
# What people copy from elsewhere, with the blanks around it.
_COPIED = frozenset({"user", "requestedBy", "batch"})
# Microseconds since 1970 and a restore id, or none; sixteen digits reach as far as the index does.
_PLACE = re.compile(r"([0-9]{1,16})-([0-9a-f]{32})?")
_LONGEST_TOKEN = 100


def parse_list_query(given: Mapping[str, str]) -> ListQuery:
    """The list that these query parameters ask for; an empty one is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if _says(name, value)}
    faults = tuple(_faults(values))
    if faults:
        raise InvalidRequestError(faults)
    token = values.get("skipToken")
    return ListQuery(
        status=Status(values["status"]) if "status" in values else None,
        user=person_in(values["user"]) if "user" in values else None,
        top=int(values.get("top", ListQuery().top)),
        place=None if token is None else _place(token),
        requested_by=caller_id_in(values.get("requestedBy", "")),
        batch=batch_id_in(values.get("batch", "")),
        since=instant_in_address(values.get("from")),
        until=instant_in_address(values.get("to")),
    )


def next_query(query: ListQuery, place: ListPlace) -> str:
    """The query string that asks for the same list, from this place on."""
    filters = {
        "status": query.status,
        "user": query.user,
        "requestedBy": query.requested_by,
        "batch": query.batch,
        "from": instant(query.since),
        "to": instant(query.until),
    }
    given = {name: value for name, value in filters.items() if value is not None}
    return urlencode({**given, "top": query.top, "skipToken": _token(place)})


def _says(name: str, value: str) -> bool:
    """Whether the parameter is more than left out; one that no list has is never passed over."""
    return name not in _KNOWN or bool(value.strip() if name in _COPIED else value)


def _faults(values: Mapping[str, str]) -> Iterator[Fault]:
    yield from strangers(values, _KNOWN)
    if values.get("status", Status.QUEUED) not in set(Status):
        yield Fault("/status", text("fault", "no-choice", choices=tuple(map(str, Status))))
    yield from person_faults(values)
    if "requestedBy" in values and caller_id_in(values["requestedBy"]) is None:
        yield Fault("/requestedBy", text("fault", "no-caller"))
    if "batch" in values and batch_id_in(values["batch"]) is None:
        yield Fault("/batch", text("fault", "no-batch"))
    yield from span_faults(values)
    yield from page_faults(values, lambda token: _place(token) is not None)


def _token(place: ListPlace) -> str:
    micros = (place.created_at - EPOCH) // MICROSECOND
    return encode_token(f"{micros}-{place.restore_id}")


def _place(token: str) -> ListPlace | None:
    match = _PLACE.fullmatch(decode_token(token, longest=_LONGEST_TOKEN) or "")
    if match is None:
        return None
    return ListPlace(EPOCH + int(match[1]) * MICROSECOND, match[2] or "")
