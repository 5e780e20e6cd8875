"""Read the app roles that a caller has in this service: of a user, or of an application.

Source: Microsoft Graph, "List appRoleAssignments granted to a user", which has those that come by a
group; "List appRoleAssignments granted to a service principal". Both want Directory.Read.All or, of
applications, Application.Read.All.
"""

from collections.abc import Sequence
from http import HTTPStatus

from kiota_abstractions.request_information import RequestInformation

from shared.domain.requests.roles import ROLE_IDS, Role
from shared.domain.values.ids import is_guid
from shared.errors import AnsweredError
from shared.graph.calls import caller_requests, requests
from shared.graph.models.shapes import UserShape
from shared.graph.models.tenant import AppRolePage
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.graph.wire.http_answer import HttpAnswer


class GraphCallerRoles:
    """The port CallerRoles, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def roles_of(self, caller_id: str) -> frozenset[Role] | None:
        """The caller's roles now, by object id; none of a user who was deleted.

        One request, and one more for an id that is nobody's. None: refused, or not known at all.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError: what is refused is not seen.
        """
        if not is_guid(caller_id):
            return None
        parts = caller_requests.app_roles(self._client.api, caller_id)
        answers = await self._client.batch(parts)
        for part, answer in zip(parts, answers, strict=True):
            try:
                return await self._taken(part, answer)
            except AnsweredError as error:
                if error.status != HTTPStatus.NOT_FOUND:
                    return None
        return await self._if_deleted(caller_id)

    async def _if_deleted(self, caller_id: str) -> frozenset[Role] | None:
        request = requests.deleted_user(self._client.api, caller_id, only_certain=True)
        try:
            await self._client.read(request, UserShape)
        except AnsweredError:
            return None
        return frozenset()

    async def _taken(self, part: RequestInformation, answer: HttpAnswer) -> frozenset[Role]:
        first = failed_calls.taken(answer, AppRolePage)
        rows = self._client.rest_of(first, part.headers, AppRolePage)
        ids = [row.app_role_id async for row in rows]
        return _roles(ids)


def _roles(ids: Sequence[str | None]) -> frozenset[Role]:
    return frozenset(ROLE_IDS[one.lower()] for one in ids if one and one.lower() in ROLE_IDS)
