"""The table of product names is made from Microsoft's list."""

from infra.products import __main__ as command
from infra.products.generate import Product, module_of, products_in
from shared.domain.licensing.products import PRODUCTS

E3 = "6FD2C87F-B296-42F0-B197-1E91E994B900"
FLOW = "f30db892-07e9-47e9-837c-80727f46fd3d"
COLUMNS = "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Friendly"
LISTED = f"""{COLUMNS}
Office 365  E3,ENTERPRISEPACK,{E3},TEAMS1,57ff2da0-773e-42df-b2af-ffb7a2317929,Teams
Office 365  E3,ENTERPRISEPACK,{E3},P2,EFB87545-963c-4e0d-99df-69c6916d9eb0,Plan 2
Flow Free,FLOW_FREE,{FLOW},EXCHANGE_S_FOUNDATION,113feb6c-3fe4-4440-bddc-54d774bf0318,F
"""


def test_products_with_a_mailbox_are_kept_once() -> None:
    """Ids in lower case, names without odd blanks, nothing that has no mailbox."""
    assert products_in(LISTED) == (Product(E3.lower(), "Office 365 E3"),)


def test_what_is_written_can_be_read_back() -> None:
    """Also a name with quotes in it."""
    scope: dict[str, dict[str, str]] = {}

    exec(module_of((Product("a", 'The "best" \\ one'),)), {}, scope)  # noqa: S102 - our own module

    assert scope["PRODUCTS"] == {"a": 'The "best" \\ one'}


def test_the_shipped_table_is_what_the_generator_writes() -> None:
    """Nobody has edited it by hand."""
    products = tuple(Product(*item) for item in sorted(PRODUCTS.items()))

    assert command.TABLE.read_text(encoding="utf-8") == module_of(products)


def test_it_wants_one_list() -> None:
    """Without one it says so and writes nothing."""
    before = command.TABLE.stat().st_mtime_ns

    assert (command.main([]), command.main(["a", "b"])) == (2, 2)
    assert command.TABLE.stat().st_mtime_ns == before
