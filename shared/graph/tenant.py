"""Tenant: what surrounds a user - SKUs, roles, the mailbox."""

from dataclasses import dataclass
from http import HTTPStatus

from kiota_abstractions.request_information import RequestInformation

from shared.domain.ids import is_guid
from shared.domain.licensing.choice import Sku
from shared.domain.licensing.groups import Group, GroupStanding
from shared.errors import AnsweredError
from shared.graph.calls import requests
from shared.graph.models.tenant import (
    GroupShape,
    MailboxShape,
    OrganizationPage,
    RoleAssignmentShape,
    RolePage,
    SkuPage,
    SkuShape,
    UnitsShape,
)
from shared.graph.wire import faults
from shared.graph.wire.client import GraphClient

# Seats of a SKU in any other state cannot be assigned.
# Source: Microsoft "subscribedSku resource type", capabilityStatus and prepaidUnits.
_ASSIGNABLE = frozenset({"Enabled", "Warning"})


@dataclass(frozen=True, slots=True)
class MailboxState:
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
        return tuple([_to_sku(sku) async for sku in self._client.read_all(request, SkuPage)])

    async def roles_held(self, user_id: str) -> tuple[str, ...] | None:
        """The directory roles a user holds; None where Graph will not say.

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError, any definitive "no" is None.
        """
        if not is_guid(user_id):
            return None
        request = requests.role_assignments(self._client.api, user_id)
        try:
            roles = [_role_name(row) async for row in self._client.read_all(request, RolePage)]
        except AnsweredError:
            return None
        return tuple(dict.fromkeys(roles))

    async def group(self, group_id: str) -> Group:
        """The group's name, and whether it is deleted; one request if it is active, else two.

        Needs GroupMember.Read.All for an active group and Group.Read.All for a deleted one; where
        one is missing, less is said. Source: Microsoft "Get group", "Get deleted item".

        Raises:
            DirectoryError: nothing was learnt; never AnsweredError.
        """
        if not is_guid(group_id):
            return Group(group_id)
        active = await self._group(requests.group(self._client.api, group_id))
        if isinstance(active, GroupShape):
            return Group(group_id, active.display_name, GroupStanding.ACTIVE)
        if not faults.is_absent(active):
            return Group(group_id)
        deleted = await self._group(requests.deleted_group(self._client.api, group_id))
        if isinstance(deleted, GroupShape):
            return Group(group_id, deleted.display_name, GroupStanding.DELETED)
        is_gone = faults.is_absent(deleted)
        return Group(group_id, None, GroupStanding.GONE if is_gone else GroupStanding.MISSING)

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
                async for organization in self._client.read_all(request, OrganizationPage)
                for domain in organization.domains
            ]
        except AnsweredError:
            return None
        # A tenant has at least its first domain, so an empty list says nothing.
        return frozenset(name for name in found if name) or None

    async def _group(self, request: RequestInformation) -> GroupShape | AnsweredError:
        try:
            return await self._client.read(request, GroupShape)
        except AnsweredError as error:
            return error

    async def mailbox(self, user_id: str) -> MailboxState:
        """Whether the mailbox answers.

        A mailbox that is not there yet answers 404 with changing codes
        (MailboxNotEnabledForRESTAPI, ResourceNotFound), formerly 400 ErrorMissingEmailAddress; a
        user who is not there yet, 404 Request_ResourceNotFound.
        Source: microsoft/MicrosoftCloud issue 41; python-o365 issue 438; microsoft-graph-docs
        issue 10481.

        Raises:
            DirectoryError: nothing was learnt; AnsweredError 403 without MailboxSettings.Read.
        """
        if not is_guid(user_id):
            return MailboxState(is_there=False)
        request = requests.mailbox_settings(self._client.api, user_id)
        try:
            settings = await self._client.read(request, MailboxShape)
        except AnsweredError as error:
            if faults.is_absent(error) or _has_no_address(error):
                return MailboxState(is_there=False)
            raise
        return MailboxState(is_there=True, purpose=settings.purpose)


def _to_sku(sku: SkuShape) -> Sku:
    """The subscription as the domain knows it.

    Units in their grace period (warning) can still be assigned. The count may lag behind, and may
    be negative: users keep their licences when they are restored.
    Source: Microsoft "subscribedSku resource type"; Entra docs "Restore or remove a deleted user".
    """
    if sku.sku_id is None:
        raise faults.unreadable("sku-without-id")
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


def _role_name(row: RoleAssignmentShape) -> str:
    name = row.definition.display_name if row.definition else None
    return name or row.definition_id or "a directory role"


def _has_no_address(error: AnsweredError) -> bool:
    return error.status == HTTPStatus.BAD_REQUEST and error.code == "ErrorMissingEmailAddress"
