"""The list of licences: those that carry a mailbox, full ones too, by name."""

import pytest

from shared.documents.license import license_document
from shared.errors import (
    DirectoryUnavailableError,
    OutcomeUnknownError,
    PermissionMissingError,
    ToldError,
)
from shared.lists.licenses import list_licenses
from tests.builders import EXCHANGE_PLAN_ID, TEAMS_PLAN_ID, a_sku, because
from tests.fakes import refusals
from tests.reading import said
from tests.unit.world.world import World


async def test_the_licences_that_carry_a_mailbox_by_part_number() -> None:
    """Without those that carry none, or that are not for users; without a free seat, too."""
    world = World()
    for sku in (
        a_sku(sku_id="z", part_number="spb", free_seats=0),
        a_sku(sku_id="b", part_number="EXCHANGESTANDARD"),
        a_sku(sku_id="c", part_number="EXCHANGE_S_FOUNDATION", plan_ids=(TEAMS_PLAN_ID,)),
        a_sku(sku_id="d", part_number="A_COMPANY", for_users=False),
    ):
        world.directory.put_sku(sku)

    found = await list_licenses(world.deps)

    assert [sku.part_number for sku in found] == ["ENTERPRISEPACK", "EXCHANGESTANDARD", "spb"]


def test_the_document_of_a_licence() -> None:
    """What a drop-down shows and sends, and the seats."""
    sku = a_sku(free_seats=-2, assignable_units=7, consumed_units=9, capability_status="Warning")

    assert license_document(sku, allowed=True) == {
        "skuId": sku.sku_id,
        "skuPartNumber": "ENTERPRISEPACK",
        "name": "Office 365 E3",
        "freeSeats": 0,
        "assignableUnits": 7,
        "consumedUnits": 9,
        "capabilityStatus": "Warning",
        "mailboxPlans": [EXCHANGE_PLAN_ID],
        "allowed": True,
    }


@pytest.mark.parametrize(
    ("error", "raised", "words"),
    [
        (refusals.denied(), PermissionMissingError, "LicenseAssignment.Read.All"),
        (OutcomeUnknownError(because("lost")), DirectoryUnavailableError, "lost"),
    ],
)
async def test_graphs_no_is_an_error(error: Exception, raised: type[ToldError], words: str) -> None:
    """An empty list would say that there is no licence."""
    world = World()
    world.directory.fail_next("skus", error)

    with pytest.raises(raised) as refused:
        await list_licenses(world.deps)
    told = said(refused.value)
    assert words in told.message + told.fix
