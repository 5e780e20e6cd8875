"""List which application permissions open which addresses.

Source: permissions.json in microsoftgraph/microsoft-graph-devx-content, and Microsoft's permission
tables for organization, groups, contacts, memberOf and roleEligibilityScheduleInstances.
"""

from infra.local.graph.handlers.mailboxes import READERS
from infra.local.graph.handlers.organisation import READERS as ORGANIZATION_READERS
from infra.local.graph.web.wire import words

_DIRECTORY = "Directory.Read.All Directory.ReadWrite.All"
USER = words(f"User.Read.All User.ReadWrite.All {_DIRECTORY}")
USER_WRITE = words("User.ReadWrite.All Directory.ReadWrite.All")
GROUP = words(f"GroupMember.Read.All Group.Read.All Group.ReadWrite.All {_DIRECTORY}")
DELETED_GROUP = words(f"Group.Read.All Group.ReadWrite.All {_DIRECTORY}")
DELETED = USER | DELETED_GROUP
DELETE = words("User.DeleteRestore.All User.ReadWrite.All")
RESTORE = DELETE | words("Group.ReadWrite.All")
PURGE = RESTORE
ASSIGN = words("LicenseAssignment.ReadWrite.All User.ReadWrite.All Directory.ReadWrite.All")
# LicenseAssignment.ReadWrite.All assigns and does not read.
SKUS = words("LicenseAssignment.Read.All") | ORGANIZATION_READERS
DETAILS = USER | words("LicenseAssignment.Read.All")
SUBSCRIPTIONS = ORGANIZATION_READERS
ORGANIZATION = ORGANIZATION_READERS | words("User.Read.All User.ReadWrite.All")
DOMAINS = words(f"Domain.Read.All Domain.ReadWrite.All {_DIRECTORY}")
CONTACTS = words(f"OrgContact.Read.All {_DIRECTORY}")
ROLE = words(
    "RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory RoleManagement.Read.All "
    f"{_DIRECTORY}"
)
_SCHEDULES = words(
    "RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory RoleManagement.Read.All"
)
ELIGIBLE = _SCHEDULES | words(
    "RoleEligibilitySchedule.Read.Directory RoleEligibilitySchedule.ReadWrite.Directory"
)
ACTIVE = _SCHEDULES | words(
    "RoleAssignmentSchedule.Read.Directory RoleAssignmentSchedule.ReadWrite.Directory"
)
AUDIT = words("AuditLog.Read.All")
APP_ROLES_OF_USER = words("Directory.Read.All AppRoleAssignment.ReadWrite.All")
APP_ROLES_OF_APPLICATION = APP_ROLES_OF_USER | words("Application.Read.All")
MAILBOX = READERS
