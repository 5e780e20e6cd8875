"""Read Microsoft's list of products, and write the module that names them.

The list has one line for each service plan of each product; kept are the products with a mailbox
or an archive, since no other is ever shown or looked up.
"""

import csv
import io
from typing import NamedTuple

from shared.domain.licensing.exchange_plans import ARCHIVE_PLANS, MAILBOX_PLANS

_HEAD = '''\
"""The names of the products with a mailbox or an archive, for reading and looking up alone.

Made by `python -m infra.products` from Microsoft's "Product names and service plan identifiers for
licensing" (Microsoft Entra docs, licensing-service-plan-reference), as of 29 October 2025. What a
licence carries is never read from here but from the tenant's own `/subscribedSkus`.
"""

from typing import Final

# SKU id -> the product's name. Two products can have one name.
PRODUCTS: Final = {
'''


class Product(NamedTuple):
    """A product as Microsoft lists it."""

    sku_id: str
    name: str


def products_in(listed: str) -> tuple[Product, ...]:
    """The products of the CSV that carry a mailbox or an archive, each once, by SKU id."""
    wanted = MAILBOX_PLANS | ARCHIVE_PLANS
    rows = csv.DictReader(io.StringIO(listed))
    found = {
        row["GUID"].strip().lower(): " ".join(row["Product_Display_Name"].split())
        for row in rows
        if row["Service_Plan_Id"].strip().lower() in wanted
    }
    return tuple(Product(*item) for item in sorted(found.items()))


def module_of(products: tuple[Product, ...]) -> str:
    """The text of the module."""
    lines = (f'    "{product.sku_id}": "{_escaped(product.name)}",\n' for product in products)
    return f"{_HEAD}{''.join(lines)}}}\n"


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
