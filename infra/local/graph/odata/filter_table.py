"""List which filters on users need the advanced-query headers, from Microsoft's table.

Source: microsoft-graph-docs-contrib, includes/filter-directory-objects.md at 0a8bce95. A cell that
is empty there is not held against anybody: the pages of the properties say more than the table.
"""

_COLUMNS = ("eq", "ne", "not", "ge", "le", "in", "startsWith", "null")

# One letter for each column: D with or without the headers, A with them only, - not in the table.
_TABLE = """
accountEnabled DAAAAD--        ageGroup DAA--D--            assignedLicenses D-A-----
assignedPlans D-A-----         businessPhones D-A-----      city DAAD-DDA
companyName AAAAAAAA           consentProvidedForMinor DAA--D--  country DAADDDDA
createdDateTime DAADDA--       creationType DAA--D--        deletedDateTime DAADDA--
department DAADDDDA            displayName DAA--DDA         employeeHireDate AA-AAA--
employeeId DA--A-DA            employeeType AA-AAAA-        givenName DA-DDDDA
id DAA-----                    identities D-------          imAddresses DAADD-D-
isResourceAccount DA------     jobTitle DA-DDD-A            mail DA-DDDD-
mailNickname DA-DDDDA          mobilePhone AA-AAAAA         officeLocation AA-AAAAA
onPremisesExtensionAttributes AA-AAA--  onPremisesImmutableId AA-AAA--
onPremisesLastSyncDateTime AA-AAA--     onPremisesSamAccountName AA-AAAA-
onPremisesSecurityIdentifier DA---D-A   onPremisesSyncEnabled DA-AAD--
onPremisesUserPrincipalName DA-DDDD-    otherMails DA-DDDD-  passwordPolicies AA-----A
postalCode AA-AAAAA            preferredLanguage AA-AAAAA   proxyAddresses DA-DD-DA
showInAddressList AA-AAA--     signInActivity DA-DD---      state DA-DDDDA
streetAddress AA-AAAAA         surname DA-DDDDA             usageLocation DA-DDDD-
userPrincipalName DA--DDD-     userType DAA--D-A
"""


def _rows() -> dict[str, str]:
    words = _TABLE.split()
    return dict(zip(words[::2], words[1::2], strict=True))


IN_TABLE = frozenset(_rows())
NEEDS_HEADERS: dict[str, frozenset[str]] = {
    name: frozenset(column for column, cell in zip(_COLUMNS, cells, strict=True) if cell == "A")
    for name, cells in _rows().items()
}
