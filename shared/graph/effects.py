"""Send the requests that change the tenant, once each: restore, assign, remove, delete."""

from shared.domain.person import AssignedLicense
from shared.domain.values.ids import is_guid
from shared.graph.calls import requests
from shared.graph.models.shapes import UserShape
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.ports.directory import Done


class GraphEffects:
    """The port Effects, over Graph.

    All of them raise NotSentError (the effect certainly did not happen), OutcomeUnknownError (it
    may have: look before anything else) or AnsweredError (a definitive "no").
    """

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def restore_user(
        self, user_id: str, *, new_upn: str | None, drop_addresses: bool
    ) -> Done:
        """Restore a soft-deleted user.

        Raises:
            DirectoryError: see the class.
        """
        if not is_guid(user_id):
            raise failed_calls.missing(user_id)
        request = requests.restore(
            self._client.api, user_id, new_upn=new_upn, drop_addresses=drop_addresses
        )
        return Done((await self._client.send(request, UserShape)).request_id)

    async def assign_licenses(self, user_id: str, licenses: tuple[AssignedLicense, ...]) -> Done:
        """Assign these licences to an active user, each with exactly these plans disabled.

        Raises:
            DirectoryError: see the class.
        """
        if not is_guid(user_id):
            raise failed_calls.missing(user_id)
        request = requests.assign_licenses(self._client.api, user_id, licenses)
        return Done((await self._client.send(request, UserShape)).request_id)

    async def remove_licenses(
        self, user_id: str, sku_ids: tuple[str, ...], before: tuple[AssignedLicense, ...]
    ) -> Done:
        """Take these licences off an active user; those in `before` are set back to that.

        Raises:
            DirectoryError: see the class.
        """
        if not is_guid(user_id):
            raise failed_calls.missing(user_id)
        kept = {item.sku_id for item in before}
        off = [sku_id for sku_id in sku_ids if sku_id not in kept]
        request = requests.assign_licenses(self._client.api, user_id, before, removing=off)
        return Done((await self._client.send(request, UserShape)).request_id)

    async def delete_user(self, user_id: str) -> Done:
        """Delete an active user, to the deleted items.

        Raises:
            DirectoryError: see the class.
        """
        if not is_guid(user_id):
            raise failed_calls.missing(user_id)
        request = requests.delete(self._client.api, user_id)
        return Done((await self._client.send(request, UserShape)).request_id)
