"""A domain that the tenant lost: known beforehand where Graph shows it, and by its refusal else."""

from dataclasses import replace

import pytest

from shared.domain.observations.observation import Observation
from shared.domain.outcomes import Code
from shared.domain.requests.request import RestoreKind
from shared.domain.snapshot import Policy
from shared.domain.text import text
from shared.errors import AnsweredError
from shared.restore.preflight import check
from tests.builders import ENTERPRISEPACK_ID, NOW, UPN, USER_ID, a_deleted_person
from tests.reading import said
from tests.unit.world.people import DAY, NAMED, SHARED, UNLICENSED, ask, world_with
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


SALES = "sales@fabrikam.com"
ELSEWHERE: dict[str, object] = {"mail": SALES, "proxy_addresses": (f"SMTP:{SALES}",)}


async def test_the_name_of_a_mailbox_without_a_licence_is_looked_at_as_well() -> None:
    """Its address was on a domain of the tenant, as its name was: it is no mail user."""
    gone = replace(SHARED, user_principal_name=SALES, **ELSEWHERE)  # type: ignore[arg-type]
    world = world_with(gone)
    world.directory.domains = frozenset({"contoso.com"})

    found = await check(ask(RestoreKind.MAILBOX), world.deps)

    blocks = [item.text for item in found.findings if item.severity == "block"]
    assert blocks == [
        text("upn-conflict", "domain", name=SALES),
        text("address-conflict", "domain", addresses=(SALES,)),
    ]


async def test_a_mail_user_whose_name_is_on_a_lost_domain_keeps_its_address() -> None:
    """Only the name has to change: the address was never the tenant's."""
    odd = replace(SHARED, user_principal_name="m@lost.example", **ELSEWHERE)  # type: ignore[arg-type]
    world = world_with(odd)
    world.directory.domains = frozenset({"contoso.com"})

    found = await check(ask(RestoreKind.MAILBOX), world.deps)

    blocks = [item.text for item in found.findings if item.severity == "block"]
    assert blocks == [text("upn-conflict", "domain", name="m@lost.example")]


async def test_a_mailbox_that_was_seen_belongs_to_no_mail_user() -> None:
    """Whatever its address is by now, nobody is told that there was none."""
    world = world_with(replace(SHARED, **ELSEWHERE))  # type: ignore[arg-type]
    world.directory.domains = frozenset({"contoso.com"})
    world.directory.purposes[USER_ID] = "shared"
    await world.storage.observations.note(Observation(USER_ID, purpose="shared"))

    record = await world.restore(ask(RestoreKind.MAILBOX, on_address_conflict="drop"))

    assert record.outcome is not None
    assert record.outcome.text == text("mailbox-restored", "shared")


async def test_a_mail_user_who_is_given_a_mailbox_is_not_told_that_there_is_none() -> None:
    """Whoever asked has named the licence; what was in an old mailbox nobody knows."""
    world = world_with(replace(SHARED, **ELSEWHERE))  # type: ignore[arg-type]
    world.directory.domains = frozenset({"contoso.com"})

    record = await world.restore(ask(RestoreKind.MAILBOX, license=NAMED))

    assert record.outcome is not None
    assert record.outcome.text == text("user-restored", "unproven")


async def test_an_active_mail_user_is_given_no_mailbox_by_a_setting() -> None:
    """As of a guest: a change of licences that nobody can read says nothing of a mailbox."""
    mail_user = replace(UNLICENSED, **ELSEWHERE)  # type: ignore[arg-type]
    world = world_with(mail_user, policy=Policy(default_sku_ids=(ENTERPRISEPACK_ID,)))
    world.directory.domains = frozenset({"contoso.com"})
    world.directory.license_hints[USER_ID] = [NOW - 2 * DAY]

    told = await check(ask(RestoreKind.MAILBOX), world.deps)
    record = await world.restore(ask(RestoreKind.MAILBOX))

    idle = text("already-active", "mail-user", user=UPN, address=SALES)
    assert [item.text for item in told.findings] == [idle]
    assert record.outcome is not None
    assert record.outcome.text == idle
    assert world.effects() == []


@pytest.mark.parametrize("is_told", [True, False], ids=["seen with one", "domains not shown"])
async def test_who_had_a_mailbox_or_may_have_is_no_mail_user(*, is_told: bool) -> None:
    """A mailbox plan that any source saw beats the address; and nothing read is nothing known."""
    world = world_with(replace(UNLICENSED, **ELSEWHERE))  # type: ignore[arg-type]
    if is_told:
        world.directory.domains = frozenset({"contoso.com"})
        world.directory.license_changes[USER_ID] = [NOW - 2 * DAY]

    told = await check(ask(RestoreKind.MAILBOX), world.deps)

    assert "already-active" not in {item.code for item in told.findings}


async def test_an_address_elsewhere_does_not_hide_a_mailbox_that_answers() -> None:
    """It is there, so it can be lost."""
    world = world_with(replace(UNLICENSED, **ELSEWHERE))  # type: ignore[arg-type]
    world.directory.domains = frozenset({"contoso.com"})
    world.directory.lingering.add(USER_ID)

    told = await check(ask(RestoreKind.MAILBOX), world.deps)

    assert "mailbox-still-there" in {item.code for item in told.findings}
