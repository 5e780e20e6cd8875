"""An assignment that Graph refuses: who holds the address is found, a location is waited for."""

from dataclasses import replace

import pytest

from shared.domain.observations.observation import RememberedNames
from shared.domain.outcomes import Code
from shared.errors import OutcomeUnknownError
from tests.builders import UPN, USER_ID, a_person, an_observation, because
from tests.fakes import refusals
from tests.reading import EVERYBODY, said
from tests.unit.world.people import ASSIGN, UNLICENSED, world_with
from tests.unit.world.world import World, code_of

OTHER_ID = "11111111-2222-4333-8444-555555555555"
OTHER = a_person(
    id=OTHER_ID,
    user_principal_name="alex@contoso.com",
    display_name="Alex",
    mail="alex@contoso.com",
    proxy_addresses=("SMTP:alex@contoso.com", "smtp:maiden@contoso.com"),
)
TAKEN = refusals.bad_request("Uniqueness violation. Property: ProxyAddresses.")
LOCATION = refusals.bad_request(
    "License assignment cannot be done for user with invalid usage location."
)


@pytest.fixture
def world() -> World:
    """Give Megan, whose addresses went with the plan, and Alex, who has one of them now."""
    world = world_with(replace(UNLICENSED, proxy_addresses=()), OTHER)
    remembered = RememberedNames(UPN, addresses=(UPN, "maiden@contoso.com"))
    world.storage.observations.kept[USER_ID] = an_observation(USER_ID, names=remembered)
    return world


async def test_the_holder_of_a_remembered_address_is_named(world: World) -> None:
    """To those who may see other people; the others learn which address it is."""
    world.directory.fail_next("assign_licenses", TAKEN)

    record = await world.restore(ASSIGN)

    assert code_of(record) is Code.ADDRESS_CONFLICT
    assert record.outcome is not None
    assert record.outcome.text.variant == "assigning"
    assert "Alex" in said(record.outcome, EVERYBODY).message
    plain = record.outcome.text.param("addresses")
    assert plain == ("maiden@contoso.com",)
    assert world.directory.assigned[USER_ID] == 0


async def test_a_look_that_fails_leaves_the_refusal_as_it_is(world: World) -> None:
    """The cause is kept; who has the address is said to be unknown."""
    world.directory.fail_next("assign_licenses", TAKEN)
    world.directory.fail_next("conflicts", OutcomeUnknownError(because("lost")))

    record = await world.restore(ASSIGN)

    assert code_of(record) is Code.ADDRESS_CONFLICT
    assert record.outcome is not None
    assert record.outcome.text.variant == "assigning-unseen"


async def test_a_location_that_was_set_a_moment_ago_is_waited_for() -> None:
    """The user has one, so Graph is late; the warning stays, and nothing is given twice."""
    world = world_with(UNLICENSED)
    record = await world.accept(ASSIGN)
    world.directory.fail_next("assign_licenses", LOCATION)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.LICENSE_RESTORED
    assert [item.code for item in ended.warnings] == ["window-declared", "usage-location-late"]
    assert world.directory.assigned[USER_ID] == 1
