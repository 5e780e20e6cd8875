"""Read from Graph what surrounds a user: SKUs, roles, groups, the mailbox."""

from dataclasses import dataclass
from http import HTTPStatus

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.domain.licensing.groups import Group
from shared.domain.licensing.skus import Sku
from shared.domain.values.ids import is_guid
from shared.errors import AnsweredError
from shared.graph.calls import requests
from shared.graph.groups import group_of
from shared.graph.models.tenant import (
    MailboxShape,
    OrganizationPage,
    SkuPage,
    SkuShape,
    UnitsShape,
)
from shared.graph.roles import roles_of
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient

# Seats of a SKU in any other state cannot be assigned.
# Source: Microsoft "subscribedSku resource type", capabilityStatus and prepaidUnits.
_ASSIGNABLE = frozenset({"Enabled", "Warning"})

# What the mailbox service says where no mailbox is, and what the directory says where no user is.
_SILENT = frozenset(
    {
        "MailboxNotEnabledForRESTAPI",
        "ResourceNotFound",
        "ErrorInvalidUser",
        "ErrorMissingEmailAddress",
        "ErrorNonExistentMailbox",
    }
)
_NOT_THERE = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND})
_NO_USER = "Request_ResourceNotFound"


@dataclass(frozen=True, slots=True)
class GraphMailbox:
    """Whether a mailbox answers, and of what kind (`userPurpose`)."""

    is_there: bool
    purpose: str | None = None


class GraphTenant:
    """The port Tenant, over Graph."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def skus(self) -> tuple[Sku, ...]:
        """The tenant's subscriptions.

        Raises:
            DirectoryError: nothing was learnt; 403 without LicenseAssignment.Read.All.
        """
        request = requests.skus(self._client.api)
        return tuple(
            [_to_sku(sku) async for sku in self._client.read_all_together(request, SkuPage)]
        )

    async def roles_held(self, user_id: str, *, is_deleted: bool) -> AdminRoles:
        """The admin roles of a user, active and eligible, direct and by groups.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError: what is refused is told.
        """
        if not is_guid(user_id):
            return AdminRoles(not_looked=frozenset(RoleSource))
        return await roles_of(self._client, user_id, is_deleted=is_deleted)

    async def group(self, group_id: str, user_id: str | None) -> Group:
        """The group as far as Graph shows it, and how this active user is in it; one request.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError.
        """
        if not is_guid(group_id):
            return Group(group_id)
        asked = user_id if user_id is not None and is_guid(user_id) else None
        return await group_of(self._client, group_id.lower(), asked)

    async def verified_domains(self) -> frozenset[str] | None:
        """The tenant's verified domains; None without Organization.Read.All.

        Source: Microsoft "List organizations", verifiedDomains.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError, any definitive "no" is None.
        """
        request = requests.organization(self._client.api)
        try:
            found = [
                domain.name
                async for organization in self._client.read_all_together(request, OrganizationPage)
                for domain in organization.domains
            ]
        except AnsweredError:
            return None
        # A tenant has at least its first domain, so an empty list says nothing.
        return frozenset(name for name in found if name) or None

    async def mailbox(self, user_id: str) -> GraphMailbox:
        """Whether the mailbox answers.

        A mailbox that is not there (yet) answers 404 with one of several codes, formerly 400
        ErrorMissingEmailAddress; where the user is not there, the directory says so.
        Source: microsoft/MicrosoftCloud issue 41; python-o365 issue 438; microsoft-graph-docs
        issues 4097 and 10481; microsoft-graph-explorer-v4 issue 4038 (ErrorInvalidUser).

        Raises:
            DirectoryError: nothing was learnt; AnsweredError 403 without MailboxSettings.Read, or
                where an access policy shuts the service out; any other with words unknown here.
        """
        if not is_guid(user_id):
            return GraphMailbox(is_there=False)
        request = requests.mailbox_settings(self._client.api, user_id)
        try:
            settings = await self._client.read(request, MailboxShape)
        except AnsweredError as error:
            if error.code == _NO_USER and failed_calls.is_absent(error):
                return GraphMailbox(is_there=False)
            if error.code in _SILENT and error.status in _NOT_THERE:
                return GraphMailbox(is_there=False)
            raise
        return GraphMailbox(is_there=True, purpose=settings.purpose)


def _to_sku(sku: SkuShape) -> Sku:
    """The subscription as the domain knows it.

    Units in their grace period (warning) can still be assigned. The count may lag behind, and may
    be negative: users keep their licences when they are restored.
    Source: Microsoft "subscribedSku resource type"; Entra docs "Restore or remove a deleted user".
    """
    if sku.sku_id is None:
        raise failed_calls.unreadable("sku-without-id")
    units = sku.prepaid or UnitsShape()
    assignable = (units.enabled or 0) + (units.warning or 0)
    consumed = sku.consumed or 0
    return Sku(
        sku_id=sku.sku_id,
        part_number=sku.part_number or sku.sku_id,
        plan_ids=tuple(plan.plan_id for plan in sku.plans if plan.plan_id),
        free_seats=assignable - consumed if sku.status in _ASSIGNABLE else 0,
        for_users=sku.applies_to == "User",
        assignable_units=assignable,
        consumed_units=consumed,
        capability_status=sku.status or "",
    )
