"""Read a group that gives licences: its name, rule, licences, members and one user's membership.

Everything is read in one request, because every caller needs all of it.
"""

from http import HTTPStatus

from kiota_abstractions.request_information import RequestInformation

from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.person import AssignedLicense
from shared.errors import AnsweredError
from shared.graph.calls import group_requests
from shared.graph.models.tenant import CountPage, GroupPage, GroupShape
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient
from shared.graph.wire.http_answer import HttpAnswer

_DYNAMIC = "DynamicMembership"


async def group_of(client: GraphClient, group_id: str, user_id: str | None) -> Group:
    """The group as far as Graph shows it; `user_id` is an active user, None asks of nobody.

    Needs GroupMember.Read.All for an active group and Group.Read.All for a deleted one; where one
    is missing, less is said. Source: Microsoft "Get group", "Get deleted item", "List memberOf".

    Raises:
        DirectoryError: nothing was learnt; never AnsweredError.
    """
    api = client.api
    parts = [
        group_requests.group(api, group_id),
        group_requests.deleted_group(api, group_id),
        group_requests.member_count(api, group_id),
    ]
    if user_id is not None:
        parts += [
            group_requests.memberships(api, user_id, nested=nested) for nested in (False, True)
        ]
    answers = await client.batch(parts)
    active = _shown(answers[0])
    if not isinstance(active, GroupShape):
        return _inactive(group_id, active, _shown(answers[1]))
    membership = GroupMembership.UNKNOWN
    if user_id is not None:
        membership = await _membership(client, group_id, parts[3:], answers[3:])
    return Group(
        group_id,
        active.display_name,
        GroupStanding.ACTIVE,
        rule=active.rule if _DYNAMIC in active.types else None,
        licenses=tuple(
            AssignedLicense(item.sku_id, tuple(item.disabled_plans))
            for item in active.licenses
            if item.sku_id
        ),
        membership=membership,
        members=_count(answers[2]),
    )


def _inactive(group_id: str, active: AnsweredError, deleted: GroupShape | AnsweredError) -> Group:
    if isinstance(deleted, GroupShape):
        return Group(group_id, deleted.display_name, GroupStanding.DELETED)
    if not failed_calls.is_absent(active):
        return Group(group_id)
    is_gone = failed_calls.is_absent(deleted)
    return Group(group_id, None, GroupStanding.GONE if is_gone else GroupStanding.MISSING)


def _shown(answer: HttpAnswer) -> GroupShape | AnsweredError:
    try:
        return failed_calls.taken(answer, GroupShape)
    except AnsweredError as error:
        return error


def _count(answer: HttpAnswer) -> int | None:
    try:
        return failed_calls.taken(answer, CountPage).count
    except AnsweredError:
        return None


async def _membership(
    client: GraphClient,
    group_id: str,
    parts: list[RequestInformation],
    answers: list[HttpAnswer],
) -> GroupMembership:
    """Whether the user is a member: directly, by a group in the group, or not at all."""
    found = (GroupMembership.DIRECT, GroupMembership.NESTED)
    for membership, part, answer in zip(found, parts, answers, strict=True):
        try:
            first = failed_calls.taken(answer, GroupPage)
        except AnsweredError as error:
            # A user who is not there is a member of nothing.
            is_nobody = error.status == HTTPStatus.NOT_FOUND
            return GroupMembership.NONE if is_nobody else GroupMembership.UNKNOWN
        async for row in client.rest_of(first, part.headers, GroupPage):
            if row.id == group_id:
                return membership
    return GroupMembership.NONE
