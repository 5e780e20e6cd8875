"""Look for many rows of a partition by the page, as long as a page has many of those wanted."""

from bisect import bisect_right
from collections.abc import Iterable

from azure.data.tables import TableEntity

from shared.ledger.tables.entity import text_of
from shared.ledger.tables.rows import Rows

# A page of a thousand rows costs no more than so many point reads.
WORTH_A_PAGE = 20


async def by_page(
    rows: Rows, partition: str, names: Iterable[str], *select: str
) -> tuple[dict[str, TableEntity], list[str]]:
    """The rows that were found, by row key, and the names that are left for point reads.

    One round trip for each thousand rows between the first name and the last, until one page had
    too few of these names in it. What is too few to begin with is left.
    """
    left = sorted(names)
    found: dict[str, TableEntity] = {}
    if len(left) < WORTH_A_PAGE:
        return found, left
    query = "PartitionKey eq @partition and RowKey ge @first and RowKey le @last"
    keys = {"partition": partition, "first": left[0], "last": left[-1]}
    async for page in rows.pages(query, keys, *select):
        there = {text_of(row, "RowKey"): row for row in page}
        behind = bisect_right(left, max(there, default=""))
        found |= {name: there[name] for name in left[:behind] if name in there}
        left = left[behind:]
        # A short page is the last one, as a rule, and then nobody is behind it.
        if behind < WORTH_A_PAGE and len(page) >= rows.page:
            return found, left
    return found, []
