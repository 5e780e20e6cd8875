"""The recycle bin: the soft-deleted users, a page at a time."""

from http import HTTPStatus

from shared.domain.lists.deleted_users import ReadingMode, SoftDeletedUser
from shared.domain.person import AssignedLicense, original_upn
from shared.errors import UNREADABLE_ANSWER, AnsweredError
from shared.graph.calls import requests
from shared.graph.models.deleted_users import BinUserPage, BinUserShape
from shared.graph.wire import faults
from shared.graph.wire.client import GraphClient
from shared.ports.deleted_users import BinPage, BinRequest


class GraphRecycleBin:
    """The port RecycleBin, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def page(self, asked: BinRequest) -> BinPage:
        """One page of the deleted users; without a reading, the best one that Graph grants.

        Microsoft's pages allow sorting and filtering by deletedDateTime here; that both work
        together is not confirmed. A 400 is taken for "not so", and less is asked for.
        Source: Microsoft "List deletedItems", "user resource type".

        Raises:
            DirectoryError: nothing was learnt; AnsweredError 403 without User.Read.All, 400 for a
                skip token that Graph does not know (any more).
        """
        if asked.reading is not None:
            return await self._read(asked, asked.reading)
        for reading in _worth_trying(asked):
            try:
                return await self._read(asked, reading)
            except AnsweredError as error:
                if error.status != HTTPStatus.BAD_REQUEST or error.code == UNREADABLE_ANSWER:
                    raise
        return await self._read(asked, ReadingMode.PLAIN)

    async def _read(self, asked: BinRequest, reading: ReadingMode) -> BinPage:
        request = requests.bin_page(
            self._client.api,
            reading=reading,
            size=asked.size,
            deleted_within=asked.deleted_within,
            skip_token=asked.skip_token,
        )
        page = await self._client.read(request, BinUserPage)
        if page.value is None:
            raise faults.unreadable("page-without-list")
        link = page.next_link
        return BinPage(
            users=tuple(_to_deleted_user(user) for user in page.value),
            reading=reading,
            next=None if link is None else self._client.skip_token(link),
        )


def _worth_trying(asked: BinRequest) -> tuple[ReadingMode, ...]:
    if asked.deleted_within is None:
        return (ReadingMode.SORTED,)
    return (ReadingMode.FILTERED, ReadingMode.SORTED)


def _to_deleted_user(user: BinUserShape) -> SoftDeletedUser:
    """The user as the domain knows it.

    Raises:
        OutcomeUnknownError: without an id or a name it is no user.
    """
    if user.id is None or user.user_principal_name is None:
        raise faults.unreadable("user-without-id-or-name")
    return SoftDeletedUser(
        id=user.id,
        user_principal_name=original_upn(user.id, user.user_principal_name),
        display_name=user.display_name,
        mail=user.mail,
        addresses=tuple(user.proxy_addresses),
        user_type=user.user_type,
        synced=user.synced is True,
        deleted_at=user.deleted_at,
        licenses=tuple(
            AssignedLicense(item.sku_id, tuple(item.disabled_plans))
            for item in user.licenses
            if item.sku_id
        ),
    )
