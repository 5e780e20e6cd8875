"""Describe the types of the organisation, its SKUs, subscriptions, roles and audit records.

Source: msgraph-metadata v1.0 CSDL; the properties of an organization that come without $select:
the documentation of CLI for Microsoft 365, `tenant info get`.
"""

from infra.local.graph.odata.schema import Schema, typed


def _plain(name: str, *, searchable: bool = True, **kinds: str) -> Schema:
    """Answer a type without the rules of directory objects."""
    nothing: frozenset[str] = frozenset()
    return Schema(
        name=name,
        types=typed(**kinds),
        default=None,
        filterable=None if searchable else nothing,
        sortable=None if searchable else nothing,
        advanced=False,
        navigations=frozenset({"principal", "roledefinition", "directoryscope"}),
    )


SKU = _plain(
    "SubscribedSku",
    searchable=False,
    string="id skuId skuPartNumber appliesTo capabilityStatus accountId accountName",
    number="consumedUnits",
    collection="servicePlans subscriptionIds",
    object="prepaidUnits",
)
LICENSE = _plain("LicenseDetails", string="id skuId skuPartNumber", collection="servicePlans")
SUBSCRIPTION = _plain(
    "CompanySubscription",
    string="id commerceSubscriptionId skuId skuPartNumber status ownerId ownerTenantId ownerType",
    date="createdDateTime nextLifecycleDateTime",
    bool="isTrial",
    number="totalLicenses",
    collection="serviceStatus",
)
AUDIT = _plain(
    "DirectoryAudit",
    string="id category correlationId result resultReason activityDisplayName loggedByService "
    "operationType",
    date="activityDateTime",
    collection="targetResources additionalDetails",
    object="initiatedBy",
)
ORGANIZATION = _plain(
    "Organization",
    string="id displayName countryLetterCode country city street state postalCode tenantType "
    "preferredLanguage mobileDeviceManagementAuthority defaultUsageLocation partnerTenantType",
    date="createdDateTime deletedDateTime onPremisesLastSyncDateTime",
    bool="onPremisesSyncEnabled",
    collection="verifiedDomains businessPhones assignedPlans provisionedPlans "
    "marketingNotificationEmails technicalNotificationMails "
    "securityComplianceNotificationMails securityComplianceNotificationPhones",
    object="privacyProfile",
)
DOMAIN = _plain(
    "Domain",
    string="id authenticationType availabilityStatus",
    bool="isAdminManaged isDefault isInitial isRoot isVerified",
    number="passwordNotificationWindowInDays passwordValidityPeriodInDays",
    collection="supportedServices",
    object="state",
)
_GRANT = "id principalId roleDefinitionId directoryScopeId"
APP_ROLE = _plain("AppRoleAssignment", string="id appRoleId principalId principalType resourceId")
ROLE_ASSIGNMENT = _plain("UnifiedRoleAssignment", string=_GRANT, object="principal")
ELIGIBLE_ROLE = _plain(
    "UnifiedRoleEligibilityScheduleInstance",
    string=f"{_GRANT} appScopeId memberType roleEligibilityScheduleId",
    date="startDateTime endDateTime",
)
ACTIVE_ROLE = _plain(
    "UnifiedRoleAssignmentScheduleInstance",
    string=f"{_GRANT} appScopeId memberType assignmentType roleAssignmentScheduleId "
    "roleAssignmentOriginId",
    date="startDateTime endDateTime",
)
ROLE_DEFINITION = _plain(
    "UnifiedRoleDefinition",
    string="id displayName description templateId version",
    bool="isBuiltIn isEnabled",
    collection="resourceScopes rolePermissions",
)
DIRECTORY_ROLE = _plain(
    "DirectoryRole",
    string="id displayName description roleTemplateId",
    date="deletedDateTime",
)
