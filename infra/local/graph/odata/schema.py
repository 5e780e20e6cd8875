"""What the directory knows of its types: properties, defaults, and what may be queried."""

from dataclasses import dataclass

from infra.local.graph.web.wire import words

_STRINGS = (
    "id userPrincipalName displayName givenName surname mail mailNickname jobTitle department "
    "officeLocation mobilePhone preferredLanguage usageLocation userType city country state "
    "postalCode streetAddress companyName employeeId employeeType creationType ageGroup aboutMe "
    "faxNumber externalUserState legalAgeGroupClassification consentProvidedForMinor mySite "
    "onPremisesDistinguishedName onPremisesDomainName onPremisesImmutableId passwordPolicies "
    "onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesUserPrincipalName "
    "preferredDataLocation preferredName securityIdentifier"
)
_DATES = (
    "createdDateTime deletedDateTime employeeHireDate employeeLeaveDateTime "
    "externalUserStateChangeDateTime lastPasswordChangeDateTime onPremisesLastSyncDateTime "
    "signInSessionsValidFromDateTime birthday hireDate"
)
_BOOLS = "accountEnabled onPremisesSyncEnabled isResourceAccount isManagementRestricted"
_BOOLS += " showInAddressList"
_COLLECTIONS = (
    "businessPhones proxyAddresses otherMails imAddresses assignedLicenses assignedPlans "
    "licenseAssignmentStates provisionedPlans identities serviceProvisioningErrors "
    "onPremisesProvisioningErrors interests pastProjects responsibilities schools skills"
)
_OBJECTS = "onPremisesExtensionAttributes passwordProfile employeeOrgData authorizationInfo"
_OBJECTS += " signInActivity mailboxSettings"


@dataclass(frozen=True, slots=True)
class Schema:
    """One type of the directory and its query rules."""

    name: str
    types: dict[str, str]
    default: tuple[str, ...] | None  # shown without $select; None shows all
    filterable: frozenset[str] | None  # None: every property
    sortable: frozenset[str] | None
    sortable_advanced: frozenset[str] = frozenset()
    ends_with: frozenset[str] = frozenset()
    advanced: bool = True  # the advanced-query rules of directory objects apply

    def canonical(self, name: str) -> str | None:
        """Answer the property's own spelling, or None if the type has no such property."""
        if name in self.types:
            return name
        lower = name.lower()
        return next((known for known in self.types if known.lower() == lower), None)


def _typed(**kinds: str) -> dict[str, str]:
    return {name: kind for kind, names in kinds.items() for name in names.split()}


# Source: Microsoft "user resource type" and "Advanced query capabilities" (04/2023):
# deletedDateTime and the licence properties come only with $select.
USER = Schema(
    name="User",
    types=_typed(
        string=_STRINGS, date=_DATES, bool=_BOOLS, collection=_COLLECTIONS, object=_OBJECTS
    ),
    default=(
        "businessPhones",
        "displayName",
        "givenName",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
        "id",
    ),
    filterable=words(
        "id accountEnabled assignedLicenses assignedPlans city companyName country "
        "createdDateTime creationType deletedDateTime department displayName employeeId "
        "employeeType externalUserState givenName identities imAddresses isResourceAccount "
        "jobTitle licenseAssignmentStates mail mailNickname mobilePhone officeLocation "
        "onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime "
        "onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled otherMails "
        "postalCode preferredLanguage provisionedPlans proxyAddresses state streetAddress surname "
        "usageLocation userPrincipalName userType employeeHireDate"
    ),
    sortable=frozenset({"displayName", "userPrincipalName"}),
    sortable_advanced=frozenset({"createdDateTime", "deletedDateTime"}),
    ends_with=frozenset({"mail", "otherMails", "userPrincipalName", "proxyAddresses"}),
)

GROUP = Schema(
    name="Group",
    types=_typed(
        string="id displayName description mail mailNickname visibility membershipRule",
        date="createdDateTime deletedDateTime renewedDateTime",
        bool="mailEnabled securityEnabled isAssignableToRole onPremisesSyncEnabled",
        collection="groupTypes proxyAddresses assignedLicenses",
        object="licenseProcessingState",
    ),
    default=(
        "id",
        "deletedDateTime",
        "createdDateTime",
        "description",
        "displayName",
        "groupTypes",
        "mail",
        "mailEnabled",
        "mailNickname",
        "proxyAddresses",
        "securityEnabled",
        "visibility",
        "isAssignableToRole",
        "onPremisesSyncEnabled",
    ),
    filterable=None,
    sortable=frozenset({"displayName"}),
    sortable_advanced=frozenset({"deletedDateTime"}),
    ends_with=frozenset({"mail", "proxyAddresses"}),
)

SKU = Schema(
    name="SubscribedSku",
    types=_typed(
        string="id skuId skuPartNumber appliesTo capabilityStatus accountId accountName",
        number="consumedUnits",
        collection="servicePlans subscriptionIds",
        object="prepaidUnits",
    ),
    default=None,
    filterable=frozenset(),
    sortable=frozenset(),
    advanced=False,
)

AUDIT = Schema(
    name="DirectoryAudit",
    types=_typed(
        string="id category correlationId result resultReason activityDisplayName "
        "loggedByService operationType",
        date="activityDateTime",
        collection="targetResources additionalDetails",
        object="initiatedBy",
    ),
    default=None,
    filterable=None,
    sortable=None,
    advanced=False,
)

ROLE_ASSIGNMENT = Schema(
    name="UnifiedRoleAssignment",
    types=_typed(string="id principalId roleDefinitionId directoryScopeId", object="principal"),
    default=None,
    filterable=None,
    sortable=frozenset(),
    advanced=False,
)

# Collections come as [] where there is nothing, everything else as null.
COLLECTIONS = frozenset(
    name
    for schema in (USER, GROUP, AUDIT)
    for name, kind in schema.types.items()
    if kind == "collection"
)
