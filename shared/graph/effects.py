"""Effects: the only two calls that change the tenant, sent once each."""

from shared.domain.person import AssignedLicense
from shared.graph import calls, faults
from shared.graph.client import Answer, GraphClient
from shared.graph.models import UserShape
from shared.graph.people import to_person
from shared.restore.ports import Done


class GraphEffects:
    """The port Effects, over Graph.

    Both calls raise NotSentError (the effect certainly did not happen), OutcomeUnknownError (it
    may have: look before anything else) or AnsweredError (a definitive "no").
    """

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user.

        The person in the answer has only what Graph shows without being asked: id, names, mail.

        Raises:
            DirectoryError: see the class.
        """
        if not calls.is_object_id(user_id):
            raise faults.missing(user_id)
        request = calls.restore(
            self._client.api, user_id, new_upn=new_upn, drop_addresses=drop_addresses
        )
        return _done(await self._client.send(request, UserShape))

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign these licences to an active user, each with exactly these plans disabled.

        Raises:
            DirectoryError: see the class.
        """
        if not calls.is_object_id(user_id):
            raise faults.missing(user_id)
        request = calls.assign_licenses(self._client.api, user_id, licenses)
        return _done(await self._client.send(request, UserShape))


def _done(answer: Answer[UserShape]) -> Done:
    user = answer.value
    is_person = user is not None and user.id is not None and user.user_principal_name is not None
    return Done(answer.request_id, to_person(user) if user is not None and is_person else None)
