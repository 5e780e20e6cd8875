"""What a licence is called: the part number, the product's exact name, or both."""

import pytest

from shared.domain.licensing.exchange_plans import MAILBOX_PLANS, SIZES
from shared.domain.licensing.products import PRODUCTS
from shared.domain.licensing.skus import labels_of
from tests.builders import ENTERPRISEPACK_ID, a_sku

UNKNOWN = a_sku(sku_id="11111111-0000-4000-8000-000000000001", part_number="NEW_PRODUCT")


def test_a_product_is_shown_by_name_and_part_number() -> None:
    """People know the one, requests and scripts the other; an unknown product has one name."""
    assert (a_sku().name, a_sku().label) == ("Office 365 E3", "Office 365 E3 (ENTERPRISEPACK)")
    assert (UNKNOWN.name, UNKNOWN.label) == ("NEW_PRODUCT", "NEW_PRODUCT")
    assert labels_of((ENTERPRISEPACK_ID, "gone"), (a_sku(),)) == (a_sku().label, "gone")


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("ENTERPRISEPACK", True),
        ("enterprisepack", True),
        ("Office 365 E3", True),
        ("  OFFICE  365 e3 ", True),
        ("Office 365 E3 (ENTERPRISEPACK)", True),
        ("Office 365", False),
        ("Office 365 E3 Developer", False),
        ("E3", False),
        ("", False),
    ],
)
def test_a_name_fits_whole_and_in_any_case(name: str, fits: bool) -> None:  # noqa: FBT001 - a column
    """Half a name would fit many."""
    assert a_sku().is_called(name) is fits


def test_the_names_are_of_exchange_products() -> None:
    """Shipped for display alone; the list of October 2025 has more than a hundred."""
    assert len(PRODUCTS) > 100
    assert PRODUCTS["05e9a617-0261-4cee-bb44-138d3ef5d965"] == "Microsoft 365 E3"
    assert all(sku_id == sku_id.lower() for sku_id in PRODUCTS)


def test_every_mailbox_plan_has_a_size() -> None:
    """Else a default could be called smaller, or not, by chance."""
    assert SIZES.keys() == MAILBOX_PLANS
