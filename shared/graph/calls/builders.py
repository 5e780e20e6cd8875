"""Import the SDK's request builders that the product uses, once and without their warnings.

The SDK imports a builder when it is first used, and each one then announces the deprecation of its
own inner classes: in the middle of a restore, and as an error where warnings are errors. So every
builder on the way to a call is imported now, with that one kind of warning off.
"""

import warnings
from importlib import import_module

# On the way to the builders below; the SDK imports them by itself, but too late.
_PASSED_THROUGH = (
    "audit_logs.audit_logs_request_builder",
    "directory.directory_request_builder",
    "directory.deleted_items.deleted_items_request_builder",
    "directory.deleted_items.item.directory_object_item_request_builder",
    "directory.deleted_items.item.check_member_groups.check_member_groups_request_builder",
    "directory.deleted_items.item.restore.restore_request_builder",
    "role_management.role_management_request_builder",
    "role_management.directory.directory_request_builder",
    "service_principals.service_principals_request_builder",
    "service_principals.item.service_principal_item_request_builder",
    "users.item.assign_license.assign_license_request_builder",
    "users.item.check_member_groups.check_member_groups_request_builder",
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    for _name in _PASSED_THROUGH:
        import_module(f"msgraph.generated.{_name}")

    from msgraph.generated.audit_logs.directory_audits.directory_audits_request_builder import (
        DirectoryAuditsRequestBuilder,
    )
    from msgraph.generated.contacts.contacts_request_builder import ContactsRequestBuilder
    from msgraph.generated.directory.deleted_items.graph_user.graph_user_request_builder import (
        GraphUserRequestBuilder as DeletedUsersRequestBuilder,
    )
    from msgraph.generated.directory.deleted_items.item.graph_group.graph_group_request_builder import (  # noqa: E501
        GraphGroupRequestBuilder as DeletedGroupRequestBuilder,
    )
    from msgraph.generated.directory.deleted_items.item.graph_user.graph_user_request_builder import (  # noqa: E501
        GraphUserRequestBuilder as DeletedUserRequestBuilder,
    )
    from msgraph.generated.groups.groups_request_builder import GroupsRequestBuilder
    from msgraph.generated.groups.item.group_item_request_builder import GroupItemRequestBuilder
    from msgraph.generated.groups.item.members.members_request_builder import (
        MembersRequestBuilder,
    )
    from msgraph.generated.organization.organization_request_builder import (
        OrganizationRequestBuilder,
    )
    from msgraph.generated.role_management.directory.role_assignments.role_assignments_request_builder import (  # noqa: E501
        RoleAssignmentsRequestBuilder,
    )
    from msgraph.generated.role_management.directory.role_eligibility_schedule_instances.role_eligibility_schedule_instances_request_builder import (  # noqa: E501
        RoleEligibilityScheduleInstancesRequestBuilder as EligibilityRequestBuilder,
    )
    from msgraph.generated.service_principals.item.app_role_assignments.app_role_assignments_request_builder import (  # noqa: E501
        AppRoleAssignmentsRequestBuilder as PrincipalRolesRequestBuilder,
    )
    from msgraph.generated.subscribed_skus.subscribed_skus_request_builder import (
        SubscribedSkusRequestBuilder,
    )
    from msgraph.generated.users.delta.delta_request_builder import DeltaRequestBuilder
    from msgraph.generated.users.item.app_role_assignments.app_role_assignments_request_builder import (  # noqa: E501
        AppRoleAssignmentsRequestBuilder,
    )
    from msgraph.generated.users.item.mailbox_settings.mailbox_settings_request_builder import (
        MailboxSettingsRequestBuilder,
    )
    from msgraph.generated.users.item.member_of.graph_group.graph_group_request_builder import (
        GraphGroupRequestBuilder as MemberGroupsRequestBuilder,
    )
    from msgraph.generated.users.item.member_of.member_of_request_builder import (
        MemberOfRequestBuilder,
    )
    from msgraph.generated.users.item.transitive_member_of.transitive_member_of_request_builder import (  # noqa: E501
        TransitiveMemberOfRequestBuilder,
    )
    from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
    from msgraph.generated.users.users_request_builder import UsersRequestBuilder

AuditQuery = DirectoryAuditsRequestBuilder.DirectoryAuditsRequestBuilderGetQueryParameters
ContactsQuery = ContactsRequestBuilder.ContactsRequestBuilderGetQueryParameters
DeltaQuery = DeltaRequestBuilder.DeltaRequestBuilderGetQueryParameters
DeletedUsersQuery = DeletedUsersRequestBuilder.GraphUserRequestBuilderGetQueryParameters
DeletedUserQuery = DeletedUserRequestBuilder.GraphUserRequestBuilderGetQueryParameters
DeletedGroupQuery = DeletedGroupRequestBuilder.GraphGroupRequestBuilderGetQueryParameters
EligibilityQuery = (
    EligibilityRequestBuilder.RoleEligibilityScheduleInstancesRequestBuilderGetQueryParameters
)
GroupQuery = GroupItemRequestBuilder.GroupItemRequestBuilderGetQueryParameters
GroupsQuery = GroupsRequestBuilder.GroupsRequestBuilderGetQueryParameters
MailboxQuery = MailboxSettingsRequestBuilder.MailboxSettingsRequestBuilderGetQueryParameters
MemberGroupsQuery = MemberGroupsRequestBuilder.GraphGroupRequestBuilderGetQueryParameters
MembershipsQuery = MemberOfRequestBuilder.MemberOfRequestBuilderGetQueryParameters
MembersQuery = MembersRequestBuilder.MembersRequestBuilderGetQueryParameters
NestedMembershipsQuery = (
    TransitiveMemberOfRequestBuilder.TransitiveMemberOfRequestBuilderGetQueryParameters
)
OrganizationQuery = OrganizationRequestBuilder.OrganizationRequestBuilderGetQueryParameters
AppRolesQuery = AppRoleAssignmentsRequestBuilder.AppRoleAssignmentsRequestBuilderGetQueryParameters
PrincipalRolesQuery = (
    PrincipalRolesRequestBuilder.AppRoleAssignmentsRequestBuilderGetQueryParameters
)
RolesQuery = RoleAssignmentsRequestBuilder.RoleAssignmentsRequestBuilderGetQueryParameters
SkusQuery = SubscribedSkusRequestBuilder.SubscribedSkusRequestBuilderGetQueryParameters
UserQuery = UserItemRequestBuilder.UserItemRequestBuilderGetQueryParameters
UsersQuery = UsersRequestBuilder.UsersRequestBuilderGetQueryParameters
