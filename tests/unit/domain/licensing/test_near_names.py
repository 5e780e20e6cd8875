"""A licence that the tenant does not have under that name: those nearly called so are named."""

import pytest

from shared.domain.licensing.near_names import near_names
from shared.domain.licensing.skus import Sku
from tests.builders import EXCHANGE_PLAN_ID

E3 = Sku("05e9a617-0261-4cee-bb44-138d3ef5d965", "SPE_E3", (EXCHANGE_PLAN_ID,), 3)
E5 = Sku("06ebc4ee-1bb5-47dd-8120-11324bc54e06", "SPE_E5", (EXCHANGE_PLAN_ID,), 3)
P1 = Sku("4b9405b0-7788-4568-add1-99614e613b69", "EXCHANGESTANDARD", (EXCHANGE_PLAN_ID,), 3)
OURS = (E3, E5, P1)


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("E3", (E3,)),
        ("e5", (E5,)),
        ("365 E3", (E3,)),
        ("Microsoft 365", (E3, E5)),
        ("Micro 365 E3", (E3,)),
        ("Plan 1", (P1,)),
        ("EXCHANGESTANDARDS", (P1,)),
        ("F3", ()),
        ("", ()),
        (" - ", ()),
        ("x" * 10_000, ()),
    ],
)
def test_names_that_are_near(asked: str, near: tuple[Sku, ...]) -> None:
    """Each with its part number, all of them, and none picked."""
    assert near_names(asked, OURS) == tuple(sku.label for sku in near)
