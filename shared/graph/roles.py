"""Read the admin roles of a user: active and eligible, direct and by role-assignable groups.

Role-assignable groups take no groups as members, so the direct memberships are all there is. Of a
deleted user Graph shows no memberships.
Source: Microsoft Entra docs "Use Microsoft Entra groups to manage role assignments".
"""

from collections.abc import Sequence

from kiota_abstractions.request_information import RequestInformation

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.errors import AnsweredError
from shared.graph.calls import group_requests
from shared.graph.models.tenant import GroupPage, RoleAssignmentShape, RolePage
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.graph.wire.http_answer import HttpAnswer

# A tenant without Entra ID P2 has no eligible roles: "The tenant needs to have Microsoft Entra ID
# P2 or Microsoft Entra ID Governance license." Source: public reports of that message.
_WITHOUT_PIM = "AadPremiumLicenseRequired"

# More role-assignable groups of one user than these are read, and the rest is said not to be.
_MOST_GROUPS = 10


async def roles_of(client: GraphClient, user_id: str, *, is_deleted: bool) -> AdminRoles:
    """The roles of a user; one request, and one more if a role-assignable group has the user.

    Raises:
        DirectoryError: nothing was learnt; never AnsweredError: what is refused is not looked at.
    """
    parts = list(_asked_of(client, user_id))
    if not is_deleted:
        parts.append(group_requests.role_groups(client.api, user_id))
    answers = await client.batch(parts)
    names, not_looked = await _taken(client, parts[:2], answers[:2])
    if is_deleted:
        return _admin_roles(names, not_looked | {RoleSource.GROUPS})
    groups = await _groups(client, parts[2], answers[2])
    if groups is None or len(groups) > _MOST_GROUPS:
        not_looked |= {RoleSource.GROUPS}
    for group_names, group_blind in await _of_groups(client, (groups or ())[:_MOST_GROUPS]):
        names += group_names
        not_looked |= {RoleSource.GROUPS} if group_blind else set()
    return _admin_roles(names, not_looked)


def _asked_of(client: GraphClient, principal_id: str) -> tuple[RequestInformation, ...]:
    return (
        group_requests.role_assignments(client.api, principal_id),
        group_requests.role_eligibilities(client.api, principal_id),
    )


async def _of_groups(
    client: GraphClient, group_ids: Sequence[str]
) -> list[tuple[list[str], set[RoleSource]]]:
    if not group_ids:
        return []
    parts = [part for group_id in group_ids for part in _asked_of(client, group_id)]
    answers = await client.batch(parts)
    pairs = range(0, len(parts), 2)
    return [await _taken(client, parts[at : at + 2], answers[at : at + 2]) for at in pairs]


async def _taken(
    client: GraphClient, parts: Sequence[RequestInformation], answers: Sequence[HttpAnswer]
) -> tuple[list[str], set[RoleSource]]:
    """The active and eligible roles of one principal, and which of the two is refused."""
    names: list[str] = []
    not_looked: set[RoleSource] = set()
    sources = (RoleSource.ACTIVE, RoleSource.ELIGIBLE)
    for source, part, answer in zip(sources, parts, answers, strict=True):
        try:
            first = failed_calls.taken(answer, RolePage)
        except AnsweredError as error:
            if source is RoleSource.ACTIVE or error.code != _WITHOUT_PIM:
                not_looked.add(source)
            continue
        rows = client.rest_of(first, part.headers, RolePage)
        names += [_name_of(row) async for row in rows]
    return names, not_looked


async def _groups(
    client: GraphClient, part: RequestInformation, answer: HttpAnswer
) -> tuple[str, ...] | None:
    """The role-assignable groups the user is in; None: Graph will not say."""
    try:
        first = failed_calls.taken(answer, GroupPage)
    except AnsweredError:
        return None
    rows = client.rest_of(first, part.headers, GroupPage)
    # Asked for by a filter; one that the service does not know would answer with all groups.
    return tuple([row.id async for row in rows if row.id and row.is_assignable is not False])


def _name_of(row: RoleAssignmentShape) -> str:
    name = row.definition.display_name if row.definition else None
    return name or row.definition_id or "a directory role"


def _admin_roles(names: list[str], not_looked: set[RoleSource]) -> AdminRoles:
    return AdminRoles(tuple(dict.fromkeys(names)), frozenset(not_looked))
