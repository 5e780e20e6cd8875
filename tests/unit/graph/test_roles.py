"""Admin roles: active and eligible, direct and by groups, and what could not be looked at."""

import pytest

from shared.domain.admin_roles import AdminRoles, RoleSource
from shared.graph.tenant import GraphTenant
from tests.unit.graph.wire import USER_ID, Wire, page, refused

NONE = page()
READER = {"roleDefinitionId": "r1", "roleDefinition": {"displayName": "Reader"}}
WRITER = {"roleDefinitionId": "r2", "roleDefinition": {"displayName": "Writer"}}
GROUP = {"id": "11111111-2222-4333-8444-555555555555", "isAssignableToRole": True}
NO_PIM = refused(400, "AadPremiumLicenseRequired")


async def roles(*answers: object, is_deleted: bool = False) -> AdminRoles:
    """The roles where Graph answers so: active, eligible, groups, then those of the groups."""
    wire = Wire(*answers)  # type: ignore[arg-type]
    return await GraphTenant(wire.client()).roles_held(USER_ID, is_deleted=is_deleted)


async def test_active_and_eligible_roles_are_asked_in_one_request() -> None:
    """And the groups that roles can be assigned to, which is an advanced query."""
    wire = Wire(NONE)
    await GraphTenant(wire.client()).roles_held(USER_ID, is_deleted=False)

    active, eligible, groups = wire.asked
    assert len(wire.sent) == 1
    for one, name in ((active, "roleAssignments"), (eligible, "roleEligibilityScheduleInstances")):
        assert one.url.path == f"/v1.0/roleManagement/directory/{name}"
        assert one.url.params["$filter"] == f"principalId eq '{USER_ID}'"
        assert one.url.params["$expand"] == "roleDefinition"
    assert groups.url.path == f"/v1.0/users/{USER_ID}/memberOf/graph.group"
    assert groups.url.params["$filter"] == "isAssignableToRole eq true"
    assert groups.url.params["$count"] == "true"
    assert groups.headers["consistencylevel"] == "eventual"


async def test_roles_by_name_else_by_id() -> None:
    """Each role once, whichever way it comes."""
    found = await roles(page(READER, READER, {"roleDefinitionId": "r2"}, {}), page(READER), NONE)

    assert found == AdminRoles(("Reader", "r2", "a directory role"))


async def test_roles_by_group_count() -> None:
    """Active or eligible for the group; one more request for all groups."""
    wire = Wire(NONE, NONE, page(GROUP), page(READER), page(WRITER))
    found = await GraphTenant(wire.client()).roles_held(USER_ID, is_deleted=False)

    assert found == AdminRoles(("Reader", "Writer"))
    assert len(wire.sent) == 2


async def test_a_filter_that_is_not_kept_makes_no_admin_of_everybody() -> None:
    """A group that says it takes no roles is none."""
    ordinary = GROUP | {"isAssignableToRole": False}

    assert await roles(NONE, NONE, page(ordinary), page(READER)) == AdminRoles()


async def test_of_a_deleted_user_no_memberships_show() -> None:
    """So it is said that they were not looked at."""
    found = await roles(page(READER), NONE, is_deleted=True)

    assert found == AdminRoles(("Reader",), frozenset({RoleSource.GROUPS}))


@pytest.mark.parametrize(
    ("answers", "blind"),
    [
        ((refused(403, "x"), NONE, NONE), {RoleSource.ACTIVE}),
        ((NONE, refused(403, "x"), NONE), {RoleSource.ELIGIBLE}),
        ((NONE, refused(400, "x"), NONE), {RoleSource.ELIGIBLE}),
        ((NONE, NO_PIM, NONE), set()),
        ((NO_PIM, NONE, NONE), {RoleSource.ACTIVE}),
        ((NONE, NONE, refused(403, "x")), {RoleSource.GROUPS}),
        ((NONE, NONE, page(GROUP), refused(403, "x"), NONE), {RoleSource.GROUPS}),
        ((refused(404, "x"),), set(RoleSource)),
    ],
)
async def test_a_refusal_is_not_looked_at(
    answers: tuple[object, ...], blind: set[RoleSource]
) -> None:
    """Any definitive no; a tenant without the licence for eligible roles has none of them."""
    assert await roles(*answers) == AdminRoles(not_looked=frozenset(blind))


async def test_too_many_groups_are_not_looked_at_whole() -> None:
    """Ten of them are, and it is said that there are more."""
    many = [GROUP | {"id": GROUP["id"][:-2] + f"{number:02}"} for number in range(11)]  # type: ignore[index]
    wire = Wire(NONE, NONE, page(*many), page(READER))
    found = await GraphTenant(wire.client()).roles_held(USER_ID, is_deleted=False)

    assert found == AdminRoles(("Reader",), frozenset({RoleSource.GROUPS}))
    assert len(wire.asked) == 3 + 20
