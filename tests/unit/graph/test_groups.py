"""A group that licences come from: what Graph shows of it, in one request."""

import pytest

from shared.domain.licensing.groups import Group, GroupMembership, GroupStanding
from shared.domain.person import AssignedLicense
from shared.graph.tenant import GraphTenant
from tests.unit.graph.wire import USER_ID, Wire, ok, page, refused

GROUP_ID = "11111111-2222-4333-8444-555555555555"
SALES = {
    "id": GROUP_ID,
    "displayName": "Sales",
    "groupTypes": ["DynamicMembership"],
    "membershipRule": 'user.department -eq "Sales"',
    "assignedLicenses": [{"skuId": "AA", "disabledPlans": ["BB"]}, {"skuId": None}],
}
GONE = refused(404, "Request_ResourceNotFound")
COUNT = ok({"@odata.count": 12, "value": [{"id": "one"}]})
NO_GROUPS = page({"id": "another"})
IN_IT = page({"id": "another"}, {"id": GROUP_ID.upper()})


async def group(*answers: object, user_id: str | None = USER_ID) -> Group:
    """The group where Graph answers so: active, deleted, count, direct and nested memberships."""
    tenant = GraphTenant(Wire(*answers).client())  # type: ignore[arg-type]
    return await tenant.group(GROUP_ID, user_id)


async def test_an_active_group_in_full() -> None:
    """Its name, its rule, what it gives, how many are in it, and how the user is."""
    wire = Wire(ok(SALES), GONE, COUNT, IN_IT, IN_IT)
    found = await GraphTenant(wire.client()).group(GROUP_ID.upper(), USER_ID)

    assert found == Group(
        GROUP_ID,
        "Sales",
        GroupStanding.ACTIVE,
        rule='user.department -eq "Sales"',
        licenses=(AssignedLicense("aa", ("bb",)),),
        membership=GroupMembership.DIRECT,
        members=12,
    )
    assert len(wire.sent) == 1
    assert wire.asked[2].headers["consistencylevel"] == "eventual"
    assert [one.url.path.rpartition("/")[2] for one in wire.asked[3:]] == [
        "memberOf",
        "transitiveMemberOf",
    ]


async def test_a_rule_of_a_group_that_is_not_dynamic_rules_nobody() -> None:
    """It may be left from before."""
    assert (await group(ok(SALES | {"groupTypes": []}), GONE, COUNT, IN_IT, IN_IT)).rule is None


@pytest.mark.parametrize(
    ("direct", "nested", "expected"),
    [
        (IN_IT, IN_IT, GroupMembership.DIRECT),
        (NO_GROUPS, IN_IT, GroupMembership.NESTED),
        (NO_GROUPS, NO_GROUPS, GroupMembership.NONE),
        (refused(403, "x"), IN_IT, GroupMembership.UNKNOWN),
        (NO_GROUPS, refused(403, "x"), GroupMembership.UNKNOWN),
        (GONE, GONE, GroupMembership.NONE),
    ],
)
async def test_how_the_user_is_in_it(
    direct: object, nested: object, expected: GroupMembership
) -> None:
    """Directly, by a group in it, or not; of nobody, nothing is asked."""
    assert (await group(ok(SALES), GONE, COUNT, direct, nested)).membership is expected


async def test_memberships_go_on_over_pages() -> None:
    """The group may be on the second one."""
    link = f"https://graph.microsoft.com/v1.0/users/{USER_ID}/memberOf?$skiptoken=x"
    first = page({"id": "another"}, next_link=link)
    found = await group(ok(SALES), GONE, COUNT, first, NO_GROUPS, IN_IT)

    assert found.membership is GroupMembership.DIRECT


async def test_of_a_deleted_user_no_membership_is_asked() -> None:
    """It does not show."""
    wire = Wire(ok(SALES), GONE, COUNT)
    found = await GraphTenant(wire.client()).group(GROUP_ID, None)

    assert found.membership is GroupMembership.UNKNOWN
    assert len(wire.asked) == 3


@pytest.mark.parametrize(
    ("active", "deleted", "expected"),
    [
        (GONE, ok(SALES), Group(GROUP_ID, "Sales", GroupStanding.DELETED)),
        (GONE, GONE, Group(GROUP_ID, None, GroupStanding.GONE)),
        (GONE, refused(403, "x"), Group(GROUP_ID, None, GroupStanding.MISSING)),
        (refused(403, "x"), GONE, Group(GROUP_ID)),
    ],
)
async def test_a_group_that_is_not_there(active: object, deleted: object, expected: Group) -> None:
    """Deleted, gone, or nobody may see."""
    assert await group(active, deleted, GONE, NO_GROUPS, NO_GROUPS) == expected


async def test_a_count_that_is_refused_is_unknown() -> None:
    """The rest is told all the same."""
    assert (await group(ok(SALES), GONE, refused(400, "x"), IN_IT, IN_IT)).members is None
