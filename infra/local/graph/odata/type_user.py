"""Describe the type user.

Source: Microsoft "user resource type"; msgraph-metadata v1.0 CSDL.
"""

from infra.local.graph.odata.filter_table import NEEDS_HEADERS
from infra.local.graph.odata.schema import Schema, typed
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
_OBJECTS += " signInActivity mailboxSettings customSecurityAttributes"

# deletedDateTime and the licence properties come only with $select.
USER = Schema(
    name="User",
    types=typed(
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
    filterable=frozenset(NEEDS_HEADERS)
    | words(
        "externalUserState licenseAssignmentStates provisionedPlans customSecurityAttributes "
        "externalUserStateChangeDateTime"
    ),
    sortable=frozenset({"displayName", "userPrincipalName"}),
    sortable_advanced=frozenset({"createdDateTime", "deletedDateTime"}),
    ends_with=frozenset({"mail", "otherMails", "userPrincipalName", "proxyAddresses"}),
    extensible=True,
    navigations=words(
        "manager directreports memberof transitivememberof ownedobjects owneddevices "
        "registereddevices createdobjects licensedetails approleassignments extensions "
        "oauth2permissiongrants sponsors"
    ),
    needs_headers=NEEDS_HEADERS,
)
