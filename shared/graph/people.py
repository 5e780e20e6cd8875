"""People: users, active and deleted, by id and by name."""

from collections.abc import Coroutine, Iterable, Iterator
from http import HTTPStatus
from itertools import batched
from typing import Any

from shared.domain.ids import is_guid
from shared.domain.person import (
    AssignedLicense,
    Conflict,
    ConflictProperty,
    LicenseState,
    Person,
    UserPlan,
    original_upn,
)
from shared.errors import AnsweredError
from shared.graph.calls import requests
from shared.graph.models.shapes import HitShape, LicenseStateShape, PlanShape, UserShape
from shared.graph.models.tenant import HitPage
from shared.graph.wire import faults
from shared.graph.wire.client import GraphClient

# Graph limits how many clauses a filter may have, by type and not documented for users; a deleted
# user rarely has more addresses than fit into one query of this size.
_MOST_CLAUSES = 10

_REFUSED_TO_SAY = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN})
_SMTP = "smtp:"


class GraphPeople:
    """The port People, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client
        self._refused: set[str] = set()

    async def active(self, user_id: str) -> Person | None:
        """The active user of this object id.

        Raises:
            DirectoryError: nothing was learnt; AnsweredError 403 without User.Read.All.
        """
        if not is_guid(user_id):
            return None
        try:
            user = await self._client.read(
                requests.active_user(self._client.api, user_id), UserShape
            )
        except AnsweredError as error:
            if faults.is_absent(error):
                return None
            raise
        return to_person(user)

    async def deleted(self, user_id: str) -> Person | None:
        """The soft-deleted user of this object id.

        Raises:
            DirectoryError: nothing was learnt; AnsweredError `deletedDateTime-missing` if Graph
                does not say when, because the retention window is never guessed.
        """
        if not is_guid(user_id):
            return None
        try:
            user = await self._read_deleted(user_id)
        except AnsweredError as error:
            if faults.is_absent(error):
                return None
            raise
        if user.deleted_at is None:
            raise AnsweredError(
                status=200,
                code="deletedDateTime-missing",
                message=f"Graph lists {user_id} as deleted and does not say since when.",
            )
        return to_person(user)

    async def active_ids(self, name: str) -> tuple[str, ...]:
        """Object ids of active users by UPN, else by mail address.

        Raises:
            DirectoryError: nothing was learnt.
        """
        if not requests.is_searchable(name):
            return ()
        by_upn, by_address = _upn_clause(name), _address_clause(name)
        both = self._active_hits([by_upn, by_address], select=["id", "userPrincipalName"])
        hits = await self._unless_refused("active by UPN or address", both)
        if hits is None:
            only = await self._active_hits([by_upn], select=["id"])
            return _ids(only or await self._active_hits([by_address], select=["id"]))
        called = [hit for hit in hits if _is_same(hit.user_principal_name, name)]
        return _ids(called or hits)

    async def deleted_ids(self, name: str) -> tuple[str, ...]:
        """Object ids of soft-deleted users whose original UPN, or any address, is this name.

        A deleted user's UPN carries the object id in front, so it is searched for by its end, and
        who is only called something with the same end is left out. Whether deleted users can be
        searched by proxyAddresses is not documented, nor together with endsWith: where Graph
        refuses it, less is asked at once, for as long as this object lives.
        Source: Office365itpros Restore-EntraIDUserNewUPN.PS1.

        Raises:
            DirectoryError: nothing was learnt.
        """
        if not requests.is_searchable(name):
            return ()
        by_upn = f"endsWith(userPrincipalName,{requests.literal(name)})"
        by_mail = f"mail eq {requests.literal(name)}"
        by_address = f"{by_mail} or {_address_clause(name)}"
        all_three = self._deleted_hits(f"{by_upn} or {by_address}", with_aliases=True)
        hits = await self._unless_refused("deleted by UPN or address", all_three)
        if hits is not None:
            return _ids(hit for hit in hits if not _only_ends_so(hit, name))
        ends_so = await self._deleted_hits(by_upn)
        called = [hit for hit in ends_so if not _only_ends_so(hit, name)]
        found = await self._unless_refused("deleted by alias", self._deleted_hits(by_address))
        return _ids([*called, *(await self._deleted_hits(by_mail) if found is None else found)])

    async def _unless_refused(
        self, search: str, hits: Coroutine[Any, Any, list[HitShape]]
    ) -> list[HitShape] | None:
        """What a search finds; None if Graph takes no such search, now or at an earlier try."""
        if search in self._refused:
            hits.close()
            return None
        try:
            return await hits
        except AnsweredError as error:
            if error.status != HTTPStatus.BAD_REQUEST:
                raise
            self._refused.add(search)
            return None

    async def conflicts(
        self, person: Person, *, also_upn: str | None
    ) -> tuple[Conflict, ...] | None:
        """Who holds the deleted user's UPN, its addresses or `also_upn` now; None: Graph won't say.

        Asked without ConsistencyLevel: the directory itself answers, not the index that lags.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError 400 or 403, those are None.
        """
        names = {name.lower(): name for name in (also_upn, person.user_principal_name) if name}
        addresses = {address.lower(): address for address in _addresses(person)}
        clauses = [
            *(_upn_clause(name) for name in names.values() if requests.is_searchable(name)),
            *(_address_clause(item) for item in addresses.values() if requests.is_searchable(item)),
        ]
        found: list[Conflict] = []
        try:
            for some in batched(clauses, _MOST_CLAUSES, strict=False):
                for hit in await self._active_hits(some, select=HitShape.selected()):
                    found += _clashes(hit, person.id, names, addresses)
        except AnsweredError as error:
            if error.status in _REFUSED_TO_SAY:
                return None
            raise
        return tuple(dict.fromkeys(found))

    async def _read_deleted(self, user_id: str) -> UserShape:
        api = self._client.api
        try:
            return await self._client.read(requests.deleted_user(api, user_id), UserShape)
        except AnsweredError as error:
            if error.status != HTTPStatus.BAD_REQUEST:
                raise
        request = requests.deleted_user(api, user_id, only_certain=True)
        return await self._client.read(request, UserShape)

    async def _active_hits(
        self, clauses: Iterable[str], *, select: Iterable[str]
    ) -> list[HitShape]:
        request = requests.active_users(self._client.api, clauses, select=select)
        return [hit async for hit in self._client.read_all(request, HitPage)]

    async def _deleted_hits(self, clause: str, *, with_aliases: bool = False) -> list[HitShape]:
        request = requests.deleted_users(self._client.api, clause, with_aliases=with_aliases)
        return [hit async for hit in self._client.read_all(request, HitPage)]


def to_person(user: UserShape) -> Person:
    """The user as the domain knows it.

    Raises:
        OutcomeUnknownError: without an id or a name it is no user.
    """
    if user.id is None or user.user_principal_name is None:
        raise faults.unreadable("a user without id or userPrincipalName")
    return Person(
        id=user.id,
        user_principal_name=original_upn(user.id, user.user_principal_name),
        display_name=user.display_name,
        mail=user.mail,
        proxy_addresses=tuple(user.proxy_addresses),
        deleted_at=user.deleted_at,
        usage_location=user.usage_location,
        synced=user.synced is True,
        account_enabled=user.account_enabled,
        licenses=tuple(
            AssignedLicense(item.sku_id, tuple(item.disabled_plans))
            for item in user.licenses
            if item.sku_id
        ),
        license_states=tuple(
            to_license_state(item.sku_id, item) for item in user.license_states if item.sku_id
        ),
        plans=to_plans(user.plans),
        created_at=user.created_at,
        user_type=user.user_type,
        immutable_id=user.immutable_id,
    )


def to_plans(plans: Iterable[PlanShape]) -> tuple[UserPlan, ...]:
    """The plans as the domain knows them; one without a status does not count as working."""
    return tuple(UserPlan(plan.plan_id, plan.status or "") for plan in plans if plan.plan_id)


def to_license_state(sku_id: str, shape: LicenseStateShape) -> LicenseState:
    """The state of one SKU as the domain knows it."""
    # No error is written as "None". Source: Microsoft "licenseAssignmentState resource type".
    error = None if shape.error == "None" else shape.error
    return LicenseState(sku_id, shape.group_id, shape.state or "", error)


def _upn_clause(name: str) -> str:
    return f"userPrincipalName eq {requests.literal(name)}"


def _address_clause(address: str) -> str:
    # The filter does not look at case, so the primary address (SMTP:) is found as well.
    return f"proxyAddresses/any(p:p eq {requests.literal(_SMTP + address)})"


def _ids(hits: Iterable[HitShape]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(hit.id for hit in hits if hit.id))


def _only_ends_so(hit: HitShape, name: str) -> bool:
    """Whether it was found for the end of its UPN alone: neither UPN nor an address is this name.

    The end may reach into the id in front: `3anna@` is the end of `...3` and `anna@`.
    """
    upn = hit.user_principal_name or ""
    names = (original_upn(hit.id or "", upn), hit.mail, *_smtp(hit.proxy_addresses))
    return upn.lower().endswith(name.lower()) and not any(_is_same(one, name) for one in names)


def _is_same(one: str | None, other: str) -> bool:
    return (one or "").lower() == other.lower()


def _addresses(person: Person) -> Iterator[str]:
    yield from _smtp(person.proxy_addresses)
    if person.mail:
        yield person.mail


def _smtp(proxy_addresses: Iterable[str]) -> Iterator[str]:
    for address in proxy_addresses:
        if address.lower().startswith(_SMTP):
            yield address[len(_SMTP) :]


def _clashes(
    hit: HitShape, own_id: str, names: dict[str, str], addresses: dict[str, str]
) -> Iterator[Conflict]:
    if hit.id is None or hit.id == own_id:
        return
    upn = hit.user_principal_name or ""
    holder = hit.display_name or upn
    if upn.lower() in names:
        yield Conflict(ConflictProperty.UPN, names[upn.lower()], hit.id, holder)
    held = {address.lower() for address in _smtp(hit.proxy_addresses)}
    for address in sorted(held & addresses.keys()):
        yield Conflict(ConflictProperty.ADDRESS, addresses[address], hit.id, holder)
