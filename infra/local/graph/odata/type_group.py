"""Describe the types with members or addresses: group, orgContact, administrativeUnit.

Source: msgraph-metadata v1.0 CSDL; Microsoft "group resource type", "orgContact resource type",
"administrativeUnit resource type".
"""

from infra.local.graph.odata.schema import Schema, typed
from infra.local.graph.web.wire import words

_ADDRESSES = frozenset({"mail", "proxyAddresses"})

GROUP = Schema(
    name="Group",
    types=typed(
        string="id displayName description mail mailNickname visibility membershipRule "
        "membershipRuleProcessingState classification theme uniqueName securityIdentifier "
        "preferredDataLocation preferredLanguage onPremisesDomainName onPremisesNetBiosName "
        "onPremisesSamAccountName onPremisesSecurityIdentifier accessType organizationId",
        date="createdDateTime deletedDateTime renewedDateTime expirationDateTime "
        "onPremisesLastSyncDateTime",
        bool="mailEnabled securityEnabled isAssignableToRole onPremisesSyncEnabled isArchived "
        "isManagementRestricted hasMembersWithLicenseErrors hideFromAddressLists "
        "hideFromOutlookClients allowExternalSenders autoSubscribeNewMembers isSubscribedByMail",
        collection="groupTypes proxyAddresses assignedLicenses assignedLabels infoCatalogs "
        "creationOptions resourceBehaviorOptions resourceProvisioningOptions "
        "serviceProvisioningErrors onPremisesProvisioningErrors",
        object="licenseProcessingState onPremisesExtensionAttributes",
    ),
    default=(
        "id",
        "deletedDateTime",
        "classification",
        "createdDateTime",
        "creationOptions",
        "description",
        "displayName",
        "expirationDateTime",
        "groupTypes",
        "isAssignableToRole",
        "mail",
        "mailEnabled",
        "mailNickname",
        "membershipRule",
        "membershipRuleProcessingState",
        "onPremisesDomainName",
        "onPremisesLastSyncDateTime",
        "onPremisesNetBiosName",
        "onPremisesSamAccountName",
        "onPremisesSecurityIdentifier",
        "onPremisesSyncEnabled",
        "preferredDataLocation",
        "preferredLanguage",
        "proxyAddresses",
        "renewedDateTime",
        "resourceBehaviorOptions",
        "resourceProvisioningOptions",
        "securityEnabled",
        "securityIdentifier",
        "theme",
        "uniqueName",
        "visibility",
        "onPremisesProvisioningErrors",
        "serviceProvisioningErrors",
    ),
    filterable=None,
    sortable=frozenset({"displayName"}),
    sortable_advanced=frozenset({"deletedDateTime"}),
    ends_with=_ADDRESSES,
    extensible=True,
    navigations=words("members transitivemembers memberof transitivememberof owners"),
)

CONTACT = Schema(
    name="OrgContact",
    types=typed(
        string="id displayName givenName surname mail mailNickname companyName department jobTitle",
        date="deletedDateTime onPremisesLastSyncDateTime",
        bool="onPremisesSyncEnabled",
        collection="proxyAddresses addresses phones serviceProvisioningErrors "
        "onPremisesProvisioningErrors",
    ),
    default=None,
    filterable=None,
    sortable=frozenset({"displayName"}),
    ends_with=_ADDRESSES,
    navigations=words("manager memberof transitivememberof directreports"),
)

UNIT = Schema(
    name="AdministrativeUnit",
    types=typed(
        string="id displayName description visibility membershipRule membershipType "
        "membershipRuleProcessingState",
        date="deletedDateTime",
        bool="isMemberManagementRestricted",
    ),
    default=None,
    filterable=None,
    sortable=frozenset({"displayName"}),
)

# Another type, found among somebody's memberships.
MEMBER = Schema(
    name="DirectoryObject",
    types=typed(string="id displayName", date="deletedDateTime"),
    default=None,
    filterable=frozenset({"id", "displayName"}),
    sortable=frozenset(),
)
