"""Build the requests about groups, memberships and admin roles."""

from kiota_abstractions.request_information import RequestInformation
from msgraph.graph_service_client import GraphServiceClient

from shared.graph.calls.builders import (
    DeletedGroupQuery,
    EligibilityQuery,
    GroupQuery,
    MemberGroupsQuery,
    MembershipsQuery,
    MembersQuery,
    NestedMembershipsQuery,
    RolesQuery,
)
from shared.graph.calls.filters import LARGEST_PAGE, configured, literal
from shared.graph.models.tenant import GroupShape


def role_assignments(api: GraphServiceClient, principal_id: str) -> RequestInformation:
    """GET /roleManagement/directory/roleAssignments of one principal, with the role's name.

    Without $select: Microsoft's page shows none together with $expand, and a refusal would be
    taken for "Graph will not say". Source: Microsoft "List unifiedRoleAssignments".
    """
    query = RolesQuery(filter=f"principalId eq {literal(principal_id)}", expand=["roleDefinition"])
    return api.role_management.directory.role_assignments.to_get_request_information(
        configured(query)
    )


def role_eligibilities(api: GraphServiceClient, principal_id: str) -> RequestInformation:
    """GET /roleManagement/directory/roleEligibilityScheduleInstances of one principal.

    Source: Microsoft "List roleEligibilityScheduleInstances".
    """
    query = EligibilityQuery(
        filter=f"principalId eq {literal(principal_id)}", expand=["roleDefinition"]
    )
    directory = api.role_management.directory
    return directory.role_eligibility_schedule_instances.to_get_request_information(
        configured(query)
    )


def role_groups(api: GraphServiceClient, user_id: str) -> RequestInformation:
    """GET /users/{id}/memberOf/microsoft.graph.group: those to which roles can be assigned.

    The cast and the filter are advanced queries and need header and count.
    Source: Microsoft "List a user's direct memberships", "group resource type" isAssignableToRole.
    """
    query = MemberGroupsQuery(
        count=True, filter="isAssignableToRole eq true", select=["id", "isAssignableToRole"]
    )
    groups = api.users.by_user_id(user_id).member_of.graph_group
    return groups.to_get_request_information(configured(query, ConsistencyLevel="eventual"))


def memberships(api: GraphServiceClient, user_id: str, *, nested: bool) -> RequestInformation:
    """GET /users/{id}/memberOf, or transitiveMemberOf for what comes by groups in groups, too.

    Source: Microsoft "List a user's direct memberships", "List a user's memberships".
    """
    user = api.users.by_user_id(user_id)
    if nested:
        all_ = NestedMembershipsQuery(select=["id"], top=LARGEST_PAGE)
        return user.transitive_member_of.to_get_request_information(configured(all_))
    query = MembershipsQuery(select=["id"], top=LARGEST_PAGE)
    return user.member_of.to_get_request_information(configured(query))


def member_count(api: GraphServiceClient, group_id: str) -> RequestInformation:
    """GET /groups/{id}/members: one member, and how many there are.

    The count is an advanced query. Source: Microsoft "List group members".
    """
    query = MembersQuery(count=True, select=["id"], top=1)
    members = api.groups.by_group_id(group_id).members
    return members.to_get_request_information(configured(query, ConsistencyLevel="eventual"))


def group(api: GraphServiceClient, group_id: str) -> RequestInformation:
    """GET /groups/{id}. Source: Microsoft "Get group", "group resource type"."""
    query = GroupQuery(select=GroupShape.selected("isAssignableToRole"))
    return api.groups.by_group_id(group_id).to_get_request_information(configured(query))


def deleted_group(api: GraphServiceClient, group_id: str) -> RequestInformation:
    """GET /directory/deletedItems/{id}/microsoft.graph.group. Source: "Get deleted item"."""
    item = api.directory.deleted_items.by_directory_object_id(group_id)
    query = DeletedGroupQuery(select=["id", "displayName"])
    return item.graph_group.to_get_request_information(configured(query))
