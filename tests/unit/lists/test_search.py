"""Test that somebody in the list of losses is found by what used to lead to them."""

from dataclasses import replace

import pytest

from shared.domain.lists.losses import LossQuery
from shared.lists.losses import list_losses
from tests.unit.world.watched import somebody, unlicensed, watched

ADA = replace(
    somebody(1), proxy_addresses=("SMTP:user1@contoso.com", "smtp:ada.maiden@contoso.com")
)


@pytest.mark.parametrize("search", ["ada.maiden", "USER1@contoso.com", "ada.married"])
async def test_addresses_that_went_with_the_licence_and_former_names_are_looked_through(
    search: str,
) -> None:
    """Some tenants lose the addresses with the plan, and a caller may know the old name alone."""
    world = watched(ADA)
    await world.look()
    renamed = replace(ADA, user_principal_name="ada.married@contoso.com", mail=None)
    world.tell(replace(unlicensed(renamed), proxy_addresses=()))
    await world.look()

    (row,) = (await list_losses(LossQuery(search=search), world.deps)).rows

    assert row.id == ADA.id


async def test_nobody_is_found_by_the_former_names_of_another() -> None:
    """Each row is looked through by the names of its own person."""
    world = watched(ADA, somebody(2))
    await world.look()
    world.tell(replace(unlicensed(ADA), proxy_addresses=()), unlicensed(somebody(2)))
    await world.look()

    rows = (await list_losses(LossQuery(search="ada.maiden"), world.deps)).rows

    assert [row.id for row in rows] == [ADA.id]
