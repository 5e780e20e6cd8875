"""A domain that the tenant lost: known beforehand where Graph shows it, and by its refusal else."""

import pytest

from shared.domain.outcomes import Code
from shared.domain.requests.request import RestoreKind
from shared.errors import AnsweredError
from shared.restore.preflight import check
from tests.builders import UPN, USER_ID, a_deleted_person
from tests.reading import said
from tests.unit.world.people import ask, world_with
from tests.unit.world.world import World, code_of

LOST = "megan.bowen@fabrikam.com"
OTHER_DOMAIN: dict[str, object] = {"user_principal_name": LOST, "mail": LOST}
RENAME: dict[str, object] = {"on_upn_conflict": "rename", "new_user_principal_name": UPN}


@pytest.fixture
def world() -> World:
    """Give a tenant that has lost the domain of Megan's name, but none of her addresses."""
    world = world_with(a_deleted_person(**OTHER_DOMAIN))
    world.directory.real_domains = frozenset({"contoso.com"})
    world.directory.domains = world.directory.real_domains
    return world


async def test_a_lost_name_is_refused_beforehand(world: World) -> None:
    """With the fix, and nothing is sent."""
    record = await world.restore(ask(RestoreKind.USER))

    assert code_of(record) is Code.UPN_CONFLICT
    assert record.outcome is not None
    assert LOST in said(record.outcome).message
    assert "rename" in said(record.outcome).fix
    assert world.effects() == []


async def test_a_lost_name_comes_back_renamed(world: World) -> None:
    """On a verified domain."""
    record = await world.restore(ask(RestoreKind.USER, **RENAME))

    assert code_of(record) is Code.USER_RESTORED
    assert world.directory.person(USER_ID).user_principal_name == UPN


async def test_a_new_name_on_no_verified_domain_is_refused_beforehand(world: World) -> None:
    """It would be refused by Graph in the same way."""
    request = ask(
        RestoreKind.USER, on_upn_conflict="rename", new_user_principal_name="m@nowhere.example"
    )

    record = await world.restore(request)

    assert code_of(record) is Code.NEW_NAME_NOT_ALLOWED
    assert record.outcome is not None
    assert "m@nowhere.example" in said(record.outcome).message
    assert world.effects() == []


@pytest.mark.parametrize("policy", ["fail", "drop"])
async def test_a_lost_address_is_refused_or_dropped(policy: str) -> None:
    """As the caller asks; what was dropped is in the record."""
    world = world_with(a_deleted_person(proxy_addresses=(f"SMTP:{UPN}", f"smtp:{LOST}")))
    world.directory.domains = frozenset({"contoso.com"})

    record = await world.restore(ask(RestoreKind.USER, on_address_conflict=policy))

    if policy == "fail":
        assert code_of(record) is Code.ADDRESS_CONFLICT
        assert record.outcome is not None
        assert LOST in said(record.outcome).message
        assert world.effects() == []
    else:
        assert code_of(record) is Code.USER_RESTORED
        assert [item.code for item in record.warnings] == ["addresses-dropped"]


async def test_where_domains_are_not_shown_graphs_refusal_says_it(world: World) -> None:
    """The code is the same; with a new name given, the restore goes on with it."""
    world.directory.domains = None

    refused = await world.restore(ask(RestoreKind.USER))
    renamed = await world.restore(ask(RestoreKind.USER, **RENAME))

    assert code_of(refused) is Code.UPN_CONFLICT
    assert code_of(renamed) is Code.USER_RESTORED
    assert world.directory.person(USER_ID).user_principal_name == UPN


async def test_dropping_that_does_not_help_is_not_offered_again(world: World) -> None:
    """Graph refuses an address although the caller has asked to drop it."""
    world.directory.fail_next(
        "restore_user",
        AnsweredError(
            status=400, code="Request_BadRequest", message="Property proxyAddresses is invalid."
        ),
    )

    record = await world.restore(ask(RestoreKind.USER, on_address_conflict="drop", **RENAME))

    assert code_of(record) is Code.ADDRESS_CONFLICT
    assert record.outcome is not None
    assert "onAddressConflict" not in said(record.outcome).fix


async def test_a_check_says_all_of_it_at_once() -> None:
    """The name and each address."""
    world = world_with(a_deleted_person(**OTHER_DOMAIN, proxy_addresses=(f"SMTP:{LOST}",)))
    world.directory.domains = frozenset({"contoso.com"})

    found = await check(ask(RestoreKind.USER), world.deps)

    blocks = [item.code for item in found.findings if item.severity == "block"]
    assert blocks == [Code.UPN_CONFLICT, Code.ADDRESS_CONFLICT]
