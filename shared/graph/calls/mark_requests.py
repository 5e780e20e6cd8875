"""Build the requests that look for the mark of people who are not to be brought back."""

import json
import re
from typing import Final

from kiota_abstractions.method import Method
from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.domain.person import Person
from shared.graph.calls.builders import DeletedUserQuery, UserQuery
from shared.graph.calls.filters import configured

_EXTENSIONS: Final = "onPremisesExtensionAttributes"
_NUMBERED: Final = re.compile(r"extensionAttribute[0-9]+")


def holder_of(attribute: str) -> str:
    """The property of a user in which Graph shows this one: the fifteen numbered ones lie in one.

    Source: Microsoft "onPremisesExtensionAttributes resource type".
    """
    return _EXTENSIONS if _NUMBERED.fullmatch(attribute) else attribute


def marked_property(api: GraphServiceClient, person: Person, attribute: str) -> RequestInformation:
    """GET the user, active or deleted, with this one property.

    Source: Microsoft "Get a user", "Get deleted item".
    """
    select = ["id", holder_of(attribute)]
    if person.is_deleted:
        item = api.directory.deleted_items.by_directory_object_id(person.id)
        query = DeletedUserQuery(select=select)
        return item.graph_user.to_get_request_information(configured(query))
    user = api.users.by_user_id(person.id)
    return user.to_get_request_information(configured(UserQuery(select=select)))


def check_member_groups(
    api: GraphServiceClient, person: Person, group_id: str
) -> RequestInformation:
    """POST checkMemberGroups of the user, active or deleted; it changes nothing.

    Source: Microsoft "directoryObject: checkMemberGroups".
    """
    builder = (
        api.directory.deleted_items.by_directory_object_id(person.id).check_member_groups
        if person.is_deleted
        else api.users.by_user_id(person.id).check_member_groups
    )
    request = RequestInformation(Method.POST, builder.url_template, builder.path_parameters)
    request.headers.try_add("Accept", "application/json")
    body = json.dumps({"groupIds": [group_id]}).encode()
    request.set_stream_content(body, "application/json")
    return request
