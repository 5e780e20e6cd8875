"""Look for the mark of people who are not to be brought back: a property, or a group's members."""

from http import HTTPStatus
from typing import Final

from shared.domain.marks.do_not_restore import MarkLook, MarkRule
from shared.domain.person import Person
from shared.domain.values.ids import is_guid
from shared.errors import AnsweredError
from shared.graph.calls import mark_requests
from shared.graph.models.shapes import UserShape
from shared.graph.models.tenant import GroupIdsShape
from shared.graph.wire import failed_calls
from shared.graph.wire.client import GraphClient

_REFUSED_TO_SAY: Final = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
)


async def look_for_mark(client: GraphClient, person: Person, rule: MarkRule) -> MarkLook:
    """Whether the person carries the mark; a request for each of the two ways that the rule uses.

    Raises:
        DirectoryError: nothing was learnt; never AnsweredError 400, 403 or 404.
    """
    if not is_guid(person.id):
        return MarkLook(has_value=None, is_member=None)
    has_value: bool | None = False
    is_member: bool | None = False
    if rule.attribute is not None:
        has_value = await _has_value(client, person, rule, rule.attribute)
    if rule.group_id is not None:
        is_member = await _is_member(client, person, rule.group_id)
    return MarkLook(has_value, is_member)


async def _has_value(
    client: GraphClient, person: Person, rule: MarkRule, attribute: str
) -> bool | None:
    request = mark_requests.marked_property(client.api, person, attribute)
    [answer] = await client.batch([request])
    try:
        failed_calls.taken(answer, UserShape)
    except AnsweredError as error:
        if error.status not in _REFUSED_TO_SAY:
            raise
        return None
    shown = answer.document()
    holder = mark_requests.holder_of(attribute)
    within = shown.get(holder) if isinstance(shown, dict) else None
    value = within.get(attribute) if isinstance(within, dict) else within
    return rule.is_carried_by(value if isinstance(value, str) else None)


async def _is_member(client: GraphClient, person: Person, group_id: str) -> bool | None:
    """Whether the person is in the group, by groups in it, too.

    Microsoft Graph has the action for deleted users, and no page says whether it knows the groups
    of one: a "no" about a deleted user says nothing.
    Source: Microsoft "directoryObject: checkMemberGroups", and of deleted items the page of the
    PowerShell cmdlet Confirm-MgDirectoryDeletedItemMemberGroup.
    """
    request = mark_requests.check_member_groups(client.api, person, group_id)
    try:
        answer = await client.send(request, GroupIdsShape)
    except AnsweredError as error:
        if error.status not in _REFUSED_TO_SAY:
            raise
        return None
    found = answer.value is not None and group_id.lower() in answer.value.ids
    return True if found else (None if person.is_deleted else False)
