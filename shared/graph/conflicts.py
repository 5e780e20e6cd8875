"""Find who holds a deleted user's name, address or anchor now: users, groups, contacts.

Names and addresses are searched without ConsistencyLevel, so that the directory itself answers and
not the index, which lags. Everything is sent in one request; where the service may not read groups
or contacts, their part stays unknown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from itertools import batched

from kiota_abstractions.request_information import RequestInformation

from shared.domain.person import (
    Conflict,
    ConflictLook,
    ConflictProperty,
    HolderKind,
    Person,
    smtp_addresses,
)
from shared.errors import AnsweredError
from shared.graph.calls import filters, search_requests
from shared.graph.models.shapes import HolderShape
from shared.graph.models.tenant import HolderPage
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.graph.wire.http_answer import HttpAnswer

# "Too many child clauses specified in search filter expression containing 'OR' operators: 18. Max
# allowed: 15." One public report; Microsoft documents a limit without a number.
_MOST_CLAUSES = 15

_REFUSED_TO_SAY = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The values that must be unique, by their lower case, each as the user has it."""

    names: dict[str, str]
    addresses: dict[str, str]
    anchor: str | None

    @property
    def values(self) -> tuple[str, ...]:
        """Every name and address, once."""
        return tuple({**self.addresses, **self.names}.values())


async def look_for_conflicts(
    client: GraphClient, person: Person, *, also_upn: str | None
) -> ConflictLook:
    """Find who holds the deleted user's UPN, its addresses, its anchor, or `also_upn` now.

    Raises:
        DirectoryError: nothing was learnt; never AnsweredError: who may not be asked is told.
    """
    wanted = _wanted(person, also_upn)
    searches = list(_searches(client, wanted))
    answers = await client.batch([request for _, request in searches])
    found: list[Conflict] = []
    not_looked: set[HolderKind] = set()
    for (kind, request), answer in zip(searches, answers, strict=True):
        try:
            holders = await _holders(client, request, answer)
        except AnsweredError as error:
            if error.status not in _REFUSED_TO_SAY:
                raise
            not_looked |= {kind} if kind is not None else set()
            continue
        for holder in holders:
            found += _clashes(holder, kind or HolderKind.USER, person.id, wanted)
    return ConflictLook(tuple(dict.fromkeys(found)), frozenset(not_looked))


def _wanted(person: Person, also_upn: str | None) -> _Wanted:
    names = (also_upn, person.user_principal_name)
    addresses = (*smtp_addresses(person.proxy_addresses), person.mail)
    return _Wanted(
        {name.lower(): name for name in names if name and filters.is_searchable(name)},
        {name.lower(): name for name in addresses if name and filters.is_searchable(name)},
        person.immutable_id,
    )


def _searches(
    client: GraphClient, wanted: _Wanted
) -> Iterator[tuple[HolderKind | None, RequestInformation]]:
    """The searches, by kind of holder; None: conflicts that the restore call reports as well."""
    api = client.api
    clauses = [clause for value in wanted.values for clause in _clauses_of_user(value)]
    for some in batched(clauses, _MOST_CLAUSES, strict=False):
        yield HolderKind.USER, search_requests.holders(api, some)
    if wanted.anchor:
        yield None, search_requests.anchor_holders(api, wanted.anchor)
    addresses = [one for value in wanted.values for one in search_requests.address_clauses(value)]
    for some in batched(addresses, _MOST_CLAUSES, strict=False):
        yield HolderKind.GROUP, search_requests.group_holders(api, some)
        yield HolderKind.CONTACT, search_requests.contact_holders(api, some)


def _clauses_of_user(value: str) -> Sequence[str]:
    return (
        f"userPrincipalName eq {filters.literal(value)}",
        *search_requests.address_clauses(value),
    )


async def _holders(
    client: GraphClient, request: RequestInformation, answer: HttpAnswer
) -> list[HolderShape]:
    first = failed_calls.taken(answer, HolderPage)
    return [one async for one in client.rest_of(first, request.headers, HolderPage)]


def _clashes(
    holder: HolderShape, kind: HolderKind, own_id: str, wanted: _Wanted
) -> Iterator[Conflict]:
    if holder.id is None or holder.id == own_id:
        return
    upn = (holder.user_principal_name or "").lower()
    called = holder.display_name or holder.user_principal_name or holder.mail or holder.id
    who = (holder.id, called, kind)
    number = holder.employee_id
    held = {address.lower() for address in smtp_addresses(holder.proxy_addresses)}
    for name in sorted(wanted.names.keys() & {upn, *(held - wanted.addresses.keys())}):
        yield Conflict(ConflictProperty.UPN, wanted.names[name], *who, holder_employee_id=number)
    for address in sorted(wanted.addresses.keys() & {upn, *held}):
        yield Conflict(
            ConflictProperty.ADDRESS,
            wanted.addresses[address],
            *who,
            is_name=address not in held,
            holder_employee_id=number,
        )
    if wanted.anchor and holder.immutable_id == wanted.anchor:
        yield Conflict(
            ConflictProperty.IMMUTABLE_ID, wanted.anchor, *who, holder_employee_id=number
        )
