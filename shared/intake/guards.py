"""Parse an order for a guard, and the query of the list of guards."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from pydantic import Field

from shared.domain.guards.guard import GuardAct, GuardOrder, is_guard_id
from shared.domain.requests.request import AskedKind, RestoreKind
from shared.errors import Fault, InvalidRequestError
from shared.intake.paging import page_faults, strangers
from shared.intake.wire.body import read_body
from shared.intake.wire.fields import Person, Reason, Ticket
from shared.intake.wire.models import Wire

_KNOWN = frozenset({"top", "skipToken"})


class GuardWire(Wire):
    """A standing order: whom to guard, what to bring back, and when."""

    user: Person = Field(
        description="Object id, user principal name or mail address of the person; looked up when"
        " the guard is added, which from then on goes by the object id."
    )
    # Lax for the one step from text to enum; nothing but the texts of the enum passes.
    kind: Annotated[AskedKind, Field(strict=False)] = Field(
        description="What is to come back: the kind of the restore request."
    )
    act: Annotated[GuardAct, Field(strict=False)] = Field(
        description="at-once takes in the restore as soon as the loss is seen; when-closing as soon"
        " as the window is about to close."
    )
    reason: Reason | None = Field(default=None, description="Why; kept in every restore.")
    ticket: Ticket | None = Field(
        default=None, description="Your case number; kept in every restore."
    )


@dataclass(frozen=True, slots=True)
class GuardQuery:
    """A query of the list of guards: how many at a time, and after which id."""

    top: int = 25
    after: str = ""


def parse_guard(body: bytes) -> GuardOrder:
    """The standing order in an HTTP body.

    Raises: InvalidRequestError; BodyTooLargeError, which is one. Nothing was begun.
    """
    wire = read_body(body, GuardWire)
    return GuardOrder(wire.user, RestoreKind(wire.kind), wire.act, wire.reason, wire.ticket)


def parse_guard_query(given: Mapping[str, str]) -> GuardQuery:
    """The list that these query parameters ask for; an empty one is as good as left out.

    Raises:
        InvalidRequestError: with every fault; the pointer is the name of the parameter.
    """
    values = {name: value for name, value in given.items() if value or name not in _KNOWN}
    faults = tuple(_query_faults(values))
    if faults:
        raise InvalidRequestError(faults)
    return GuardQuery(int(values.get("top", GuardQuery().top)), values.get("skipToken", ""))


def next_guard_query(top: int, after: str) -> str:
    """The query string that asks for the rest of the same list."""
    return urlencode({"top": top, "skipToken": after})


def _query_faults(values: Mapping[str, str]) -> Iterator[Fault]:
    yield from strangers(values, _KNOWN)
    yield from page_faults(values, is_guard_id)
