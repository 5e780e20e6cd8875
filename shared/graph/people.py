"""Read users from Graph, active and deleted, by id and by name."""

from http import HTTPStatus

from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.person import ConflictLook, Person
from shared.domain.text import text
from shared.domain.undos.sign_ins import SignInLook
from shared.domain.values.ids import is_guid
from shared.errors import AnsweredError
from shared.graph.calls import requests
from shared.graph.conflicts import look_for_conflicts
from shared.graph.marks import look_for_mark
from shared.graph.models.shapes import UserShape
from shared.graph.models.sign_ins import SignInsShape
from shared.graph.models.to_person import to_person
from shared.graph.people_by_name import Search
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.ports.directory import NearName, SearchHits

_REFUSED_TO_SAY = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND})


class GraphPeople:
    """The port People, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client
        self._search = Search(client)

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
            if failed_calls.is_absent(error):
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
            if failed_calls.is_absent(error):
                return None
            raise
        if user.deleted_at is None:
            raise AnsweredError(
                status=200,
                code="deletedDateTime-missing",
                why=text("directory", "no-deletion-date", user_id=user_id),
            )
        return to_person(user)

    async def ids(self, name: str) -> SearchHits:
        """Active users by UPN, else by mail or any address; deleted ones by any of them.

        Raises:
            DirectoryError: nothing was learnt.
        """
        return await self._search.ids(name)

    async def near(self, name: str) -> tuple[NearName, ...]:
        """Users whose names are nearly this one, the most alike first, at most five.

        Raises:
            DirectoryError: nothing was learnt.
        """
        return await self._search.near(name)

    async def conflicts(self, person: Person, *, also_upn: str | None) -> ConflictLook:
        """Find who holds the UPN, the addresses, the anchor or `also_upn` now.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError 400, 403 or 404.
        """
        return await look_for_conflicts(self._client, person, also_upn=also_upn)

    async def last_sign_in(self, user_id: str) -> SignInLook:
        """When this active user last signed in, by Graph's own account, which lags by hours.

        It takes AuditLog.Read.All and Entra ID P1; without them it is not told.
        Source: Microsoft "signInActivity resource type".

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError 400, 403 or 404.
        """
        if not is_guid(user_id):
            return SignInLook(is_told=False)
        request = requests.sign_ins(self._client.api, user_id)
        try:
            user = await self._client.read(request, SignInsShape)
        except AnsweredError as error:
            if error.status not in _REFUSED_TO_SAY:
                raise
            return SignInLook(is_told=False)
        return SignInLook(user.activity.last if user.activity is not None else None)

    async def mark(self, person: Person, rule: MarkRule) -> MarkLook:
        """Look whether the person, active or deleted, carries the mark of this rule.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError 400, 403 or 404.
        """
        return await look_for_mark(self._client, person, rule)

    async def _read_deleted(self, user_id: str) -> UserShape:
        api = self._client.api
        try:
            return await self._client.read(requests.deleted_user(api, user_id), UserShape)
        except AnsweredError as error:
            if error.status != HTTPStatus.BAD_REQUEST:
                raise
        request = requests.deleted_user(api, user_id, only_certain=True)
        return await self._client.read(request, UserShape)
