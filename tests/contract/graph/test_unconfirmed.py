"""What a tenant may refuse: the answers are poorer then, and nothing fails."""

from collections.abc import AsyncIterator

import httpx
import pytest

from shared.domain.licensing.groups import Group, GroupStanding
from shared.graph.people import GraphPeople
from shared.graph.tenant import GraphTenant
from shared.graph.wire.client import GraphClient, build_client
from tests.contract.graph.directories import (
    BOB,
    DEFAULT_ROLES,
    NO_GROUP,
    OLD_SALES,
    SALES,
    load_standin,
)


def _switch(url: str, **switches: object) -> None:
    httpx.post(f"{url}/_control/switches", json=switches, timeout=10).raise_for_status()


def _calls(url: str) -> int:
    return int(httpx.get(f"{url}/_control/counters", timeout=10).json()["total"])


@pytest.fixture
async def client(standin_url: str) -> AsyncIterator[GraphClient]:
    """Give a client of the stand-in."""
    load_standin(standin_url)
    client = build_client(cloud="global", base_url=standin_url, client_id=None)
    yield client
    await client.close()


@pytest.mark.parametrize("group", [SALES, OLD_SALES, NO_GROUP])
async def test_without_the_permission_a_group_is_its_id(
    client: GraphClient, standin_url: str, group: Group
) -> None:
    """Nothing is known of it, not even that it is gone."""
    _switch(standin_url, tokenRoles=list(DEFAULT_ROLES))

    assert await GraphTenant(client).group(group.id) == Group(group.id)


async def test_with_the_least_permission_a_group_that_is_not_there_is_missing(
    client: GraphClient, standin_url: str
) -> None:
    """Names of active groups are shown, deleted ones are not."""
    _switch(standin_url, tokenRoles=[*DEFAULT_ROLES, "GroupMember.Read.All"])
    tenant = GraphTenant(client)

    assert await tenant.group(SALES.id) == SALES
    assert await tenant.group(OLD_SALES.id) == Group(OLD_SALES.id, None, GroupStanding.MISSING)


async def test_without_the_permission_no_domain_is_known(
    client: GraphClient, standin_url: str
) -> None:
    """Which is not the same as none being verified."""
    _switch(standin_url, tokenRoles=list(DEFAULT_ROLES))

    assert await GraphTenant(client).verified_domains() is None


async def test_where_aliases_cannot_be_searched_for_the_rest_is(
    client: GraphClient, standin_url: str
) -> None:
    """By mail as before; and the refusal is met once."""
    _switch(standin_url, deletedAddressFilter=False)
    people = GraphPeople(client)

    assert await people.deleted_ids("bobby@contoso.com") == ()
    before = _calls(standin_url)
    assert await people.deleted_ids("bob@contoso.com") == (BOB,)
    assert _calls(standin_url) - before == 2
    # The end of Bob's id, and his name.
    assert await people.deleted_ids("bbob@contoso.com") == ()
