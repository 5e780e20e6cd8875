"""What a look at the ledger costs does not follow the number of old restores in it."""

from typing import Any

from tests.bench.ledger_size import measure


async def test_old_restores_cost_no_request_more() -> None:
    """Status, sweep and cleanup take as many requests among 400 restores as among 100."""
    few, many = await measure([100, 400], 2)

    for look in ("status", "sweep", "cleanup"):
        assert _requests(few, look) == _requests(many, look), look
    # The days without a restore are fewer in the fuller ledger.
    assert _requests(many, "list") <= _requests(few, "list")


def _requests(figures: dict[str, Any], look: str) -> float:
    requests: float = figures[look]["requests"]
    return requests
