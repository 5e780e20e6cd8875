"""A stand-in of Microsoft Graph v1.0 and of the managed identity, on one machine.

It has the endpoints that restoring people needs, for tests and demonstrations. It imitates
Microsoft, not the service in this repository: it knows nothing of it, and answers any honest Graph
client. Each part names what it rests on: a page of Microsoft's, Graph's published metadata, an
issue, a report. What no source settles is said to be so, or is a switch (`switches.py`).

Run: `python -m infra.local.graph [--port N] [--host H] [--tenant FILE.json] [--identity-only]`

    Graph      http://127.0.0.1:N/v1.0/...
    identity   http://127.0.0.1:N/msi/token    (IDENTITY_ENDPOINT; IDENTITY_HEADER is any text)
    control    http://127.0.0.1:N/_control/... (control.py lists the addresses)

The tenant document (JSON; every part is optional, `seed.json` is a full example):

    name, id, country, size        size: S, M or L for the quotas; default: by number of users
    now, frozen, switches          the clock and the switches; what is left out is reset
    domains       [{id, isVerified = true, isDefault, isInitial}]
    skus          [{skuId, skuPartNumber, enabled, consumed, warning, suspended, lockedOut,
                    appliesTo, capabilityStatus, servicePlans: [{servicePlanId, servicePlanName}]}]
                  consumed counts the users listed here too; the rest are seats of others
    groups        [{id, displayName, members: [user id], licenses, deletedDaysAgo, ...}]
    users         [{id, userPrincipalName, displayName, usageLocation, proxyAddresses, ...,
                    licenses, lostLicenses, licenseRemovedDaysAgo, mailbox}]
    deletedUsers  the same with deletedDaysAgo (or deletedDateTime); the UPN is written plain and is
                  mangled on loading, unless `"mangled": false`
    roleAssignments [{principalId, roleDefinitionId, roleName}]
    exclusivePlans  [[servicePlanId, servicePlanId]], planNeeds {servicePlanId: [servicePlanId]}
    audits        raw records; given, no records are made up for the losses in the document

Any `xDaysAgo` may be written for an instant: deletedDaysAgo (deletedDateTime), createdDaysAgo
(createdDateTime), otherwise xAt: licenseRemovedDaysAgo is licenseRemovedAt, and so on.
A licence is a SKU's id or part number, or {"sku", "disabledPlans"}. A mailbox is a purpose ("user",
"shared", "room", "equipment"), null, or {"purpose", "content": "original" | "empty", "lostAt",
"reachableAt"}; left out, it follows from the licences and their loss.
"""
