"""Read the feed of changed users (`users/delta`) and the deleted items from Graph."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from http import HTTPStatus

from kiota_abstractions.headers_collection import HeadersCollection

from shared.domain.observations.extend import SeenNames, seen_names
from shared.domain.person import AssignedLicense, Person
from shared.domain.watch.delta_changes import ChangedUser, DeltaChange, RemovedUser
from shared.errors import AnsweredError
from shared.graph.calls import watch_requests
from shared.graph.models.changes import ChangeShape, ChangesShape
from shared.graph.models.tenant import UserPage
from shared.graph.models.to_person import to_license_state, to_person, to_plans
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.ports.watch import DeltaPage

# A token lives for seven days; what Graph says of one that is too old or that it no longer knows is
# 410, and by the general page "a 40X-series error with codes such as syncStateNotFound".
# Source: Microsoft "Use delta query to track changes in Microsoft Graph data".
_TOKEN_REFUSED = frozenset({HTTPStatus.GONE, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})

# "Soft-deleted, and can be restored." Source: the same page, resource representation.
_SOFT_DELETED = "changed"


class GraphChanges:
    """The port Changes, over `users/delta`."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def page(self, link: str | None) -> DeltaPage | None:
        """The page behind the link, the first one of all users without; None: begin anew.

        Whether delta knows assignedPlans and licenseAssignmentStates is not documented: if it will
        not have one of them, the round goes without, and by its links stays without.

        Raises:
            DirectoryError: nothing was learnt, also if a link leads to another host.
        """
        if link is None:
            return _to_page(await self._first())
        request = self._client.following(link, HeadersCollection())
        try:
            return _to_page(await self._client.read(request, ChangesShape))
        except AnsweredError as error:
            if error.status in _TOKEN_REFUSED:
                return None
            raise

    async def _first(self) -> ChangesShape:
        *some, least = watch_requests.SELECTIONS
        for names in some:
            request = watch_requests.all_users(self._client.api, names)
            try:
                return await self._client.read(request, ChangesShape)
            except AnsweredError as error:
                if error.status != HTTPStatus.BAD_REQUEST:
                    raise
        request = watch_requests.all_users(self._client.api, least)
        return await self._client.read(request, ChangesShape)


class GraphBin:
    """The port DeletedSince, over the deleted items."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def deleted_between(self, since: datetime, until: datetime) -> AsyncIterator[Person]:
        """Those deleted from `since` on and before `until`; one page held at a time.

        Graph is asked for just these; where it does not take the filter, all are read and most
        left out, which is as many as were deleted in 30 days. One without deletedDateTime is left
        out: nothing can be said of its window.

        Raises:
            DirectoryError: nothing more was learnt; AnsweredError 403 without User.Read.All.
        """
        came = False
        try:
            async for person in self._read(since, until, is_filtered=True):
                came = True
                yield person
        except AnsweredError as error:
            if came or error.status != HTTPStatus.BAD_REQUEST:
                raise
        else:
            return
        async for person in self._read(since, until, is_filtered=False):
            yield person

    async def _read(
        self, since: datetime, until: datetime, *, is_filtered: bool
    ) -> AsyncIterator[Person]:
        span = (since.astimezone(UTC), until.astimezone(UTC)) if is_filtered else None
        request = watch_requests.deleted_users(self._client.api, span)
        async for user in self._client.read_all(request, UserPage):
            if user.deleted_at is not None and since <= user.deleted_at < until:
                yield to_person(user)


def _to_page(shape: ChangesShape) -> DeltaPage:
    link = shape.next_link or shape.delta_link
    if shape.value is None or link is None:
        raise failed_calls.unreadable("changes-without-list-or-link")
    rows = tuple(_to_row(change.id, change) for change in shape.value if change.id)
    return DeltaPage(rows, link, is_last=shape.next_link is None)


def _to_row(user_id: str, change: ChangeShape) -> DeltaChange:
    if change.removed is not None:
        return RemovedUser(user_id, is_purged=change.removed.reason != _SOFT_DELETED)
    licenses, states = change.licenses, change.states
    return ChangedUser(
        user_id,
        licenses=None
        if licenses is None
        else tuple(
            AssignedLicense(one.sku_id, tuple(one.disabled_plans)) for one in licenses if one.sku_id
        ),
        plans=to_plans(change.plans or ()),
        license_states=None
        if states is None
        else tuple(to_license_state(one.sku_id, one) for one in states if one.sku_id),
        names=None if change.user_principal_name is None else _names(change),
        created_at=change.created_at,
    )


def _names(change: ChangeShape) -> SeenNames:
    upn, mail = change.user_principal_name or "", change.mail
    return seen_names(upn, change.display_name, change.proxy_addresses, mail)
