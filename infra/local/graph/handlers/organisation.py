"""Serve the organisation and its domains."""

from infra.local.graph.odata import query
from infra.local.graph.odata.type_tenant import DOMAIN, ORGANIZATION
from infra.local.graph.web.denials import denied
from infra.local.graph.web.wire import Answer, Call, Json, words
from infra.local.graph.world import World

READERS = words(
    "Organization.Read.All Organization.ReadWrite.All Directory.Read.All Directory.ReadWrite.All"
)
# What an application sees that may only read users.
_LITTLE = ("id", "displayName", "verifiedDomains")


def organization(world: World, call: Call) -> Answer:
    """GET /organization.

    With User.Read.All alone it shows id, name and domains. Source: Microsoft "Get organization".
    """
    full = bool(call.roles & READERS)
    if not full and not world.switches.organization_with_user_read:
        raise denied()
    row = _organization(world)
    shown = row if full else {name: row[name] for name in _LITTLE}
    return Answer(body=query.run(call, query.Source(ORGANIZATION, "organization", [shown])))


def domains(world: World, call: Call) -> Answer:
    """GET /domains."""
    rows: list[Json] = [
        {
            "authenticationType": "Managed",
            "isAdminManaged": True,
            "isDefault": False,
            "isInitial": False,
            "isRoot": True,
            "isVerified": True,
            "supportedServices": ["Email", "OfficeCommunicationsOnline"],
            **domain,
        }
        for domain in world.tenant.domains
    ]
    return Answer(body=query.run(call, query.Source(DOMAIN, "domains", rows)))


def _organization(world: World) -> Json:
    tenant = world.tenant
    return {
        "id": tenant.id,
        "displayName": tenant.name,
        "countryLetterCode": tenant.country,
        "tenantType": "AAD",
        "onPremisesSyncEnabled": None,
        "verifiedDomains": [
            {
                "capabilities": "Email, OfficeCommunicationsOnline",
                "isDefault": domain.get("isDefault", False),
                "isInitial": domain.get("isInitial", False),
                "name": domain["id"],
                "type": "Managed",
            }
            for domain in tenant.domains
            if domain.get("isVerified", True)
        ],
    }
