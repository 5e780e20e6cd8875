"""Test that the cost of reading the ledger does not grow with the old restores in it."""

from shared.lists.restores import MOST_READS, MOST_ROWS
from tests.bench.ledger.size import Plan, measure


async def test_old_restores_cost_no_request_more() -> None:
    """Nor rows that come back, nor rows that storage has to look at: among 900 as among 300."""
    few, many = (await measure(Plan((300, 900), times=1, due=32))).values()

    for look in ("status", "sweep: one due", "cleanup: none due", "cleanup: 32 due"):
        assert few[look].requests == many[look].requests, look
        assert few[look].rows == many[look].rows, look
        assert few[look].walked == many[look].walked, look
    # How many days a list goes through, and so what it costs, is a matter of their length.
    for figures in (few, many):
        assert figures["list: first page"].requests <= 70
        assert figures["list: none matches"].requests <= MOST_ROWS + MOST_READS + 1
        assert figures["list: none matches"].walked <= MOST_ROWS + 2 * MOST_READS
