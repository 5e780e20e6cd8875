"""Test that a restore asks no more of storage and of Graph than it did."""

from tests.bench.run import figures_of


def test_a_restore_asks_no_more_than_it_did() -> None:
    """Whoever makes it ask less lowers the numbers; whoever makes it ask more says why."""
    figures = figures_of("one_restore", "--times", "1")

    assert figures["accept_requests"] == 7, figures["storage_calls"]
    # What Graph told other workers is remembered for seconds; a slow machine asks anew.
    remembered = figures["storage_calls"].get("GET throttles", 0)
    assert figures["advance_requests"] - remembered == 13, figures["storage_calls"]
    assert figures["graph_requests"] == 11
