"""Who has which role in this service, as Graph tells it: of people, groups and applications."""

from collections.abc import AsyncIterator

import httpx
import pytest

from shared.domain.requests.roles import ROLE_IDS, Role
from shared.graph.caller_roles import GraphCallerRoles
from shared.graph.wire.client import build_client
from tests.builders import NOW
from tests.contract.graph.directories import an_id

ANN, BOB, LEFT, NOBODY, APP, TEAM = (an_id(number) for number in range(40, 46))
IDS = {role: role_id for role_id, role in ROLE_IDS.items()}


def person(user_id: str, **fields: object) -> dict[str, object]:
    """A user of the tenant."""
    upn = f"u{user_id[:8]}@contoso.com"
    return {"id": user_id, "userPrincipalName": upn, "displayName": "U", **fields}


@pytest.fixture
async def roles(standin_url: str) -> AsyncIterator[GraphCallerRoles]:
    """Give the port over the stand-in, with the permission that opens it."""
    given = [(ANN, Role.REQUEST), (TEAM, Role.OVERRIDE), (LEFT, Role.REQUEST), (APP, Role.READ)]
    kinds = {TEAM: "Group", APP: "ServicePrincipal"}
    assignments = [
        {"principalId": who, "appRoleId": IDS[role], "principalType": kinds.get(who, "User")}
        for who, role in given
    ]
    other = {"principalId": BOB, "appRoleId": an_id(99), "principalType": "User"}
    document = {
        "now": NOW.isoformat(),
        "domains": [{"id": "contoso.com", "isDefault": True}],
        "users": [person(ANN), person(BOB)],
        "deletedUsers": [person(LEFT, deletedDaysAgo=2)],
        "groups": [{"id": TEAM, "displayName": "Team", "members": [ANN]}],
        "appRoleAssignments": [*assignments, other],
    }
    await _control(standin_url, "tenant", document)
    await allow(standin_url, "Directory.Read.All")
    client = build_client(cloud="global", base_url=standin_url, client_id=None)
    yield GraphCallerRoles(client)
    await client.close()


async def allow(url: str, *permissions: str) -> None:
    """Grant these to the identity, beside reading users."""
    await _control(url, "switches", {"tokenRoles": ["User.Read.All", *permissions]})


async def _control(url: str, path: str, body: object) -> None:
    async with httpx.AsyncClient(timeout=60) as http:
        (await http.post(f"{url}/_control/{path}", json=body)).raise_for_status()


async def test_a_person_s_roles_are_its_own_and_those_of_its_groups(
    roles: GraphCallerRoles,
) -> None:
    """Roles in other applications are none."""
    assert await roles.roles_of(ANN) == frozenset({Role.REQUEST, Role.OVERRIDE})
    assert await roles.roles_of(BOB) == frozenset()


async def test_an_application_s_roles(roles: GraphCallerRoles) -> None:
    """It is no user, and is found all the same."""
    assert await roles.roles_of(APP) == frozenset({Role.READ})


async def test_who_was_deleted_has_none(roles: GraphCallerRoles) -> None:
    """Who is not known at all may be known by another id: nothing is said of them."""
    assert await roles.roles_of(LEFT) == frozenset()
    assert await roles.roles_of(NOBODY) is None
    assert await roles.roles_of("a name") is None


async def test_without_the_permission_nothing_is_seen(
    roles: GraphCallerRoles, standin_url: str
) -> None:
    """And the roles at the time of asking hold."""
    await allow(standin_url)

    assert await roles.roles_of(ANN) is None
    assert await roles.roles_of(LEFT) is None
