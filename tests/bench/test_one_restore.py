"""Test that a restore asks no more of storage and of Graph than it did."""

from tests.bench.run import figures_of


def test_a_restore_asks_no_more_than_it_did() -> None:
    """Whoever makes it ask less lowers the numbers; whoever makes it ask more says why."""
    figures = figures_of("one_restore", "--times", "1", "--backlog", "128")

    assert figures["accept_requests"] == 6, figures["storage_calls"]
    # What Graph told other workers is remembered for seconds; a slow machine asks anew.
    # So is how far the tenant was looked through.
    asked = [
        figures["storage_calls"].get(f"GET {what}", 0) for what in ("throttles", "observeround")
    ]
    assert figures["advance_requests"] - sum(asked) == 11, figures["storage_calls"]
    assert figures["graph_requests"] == 8
    # How many end within one span is the machine's to say; one that goes alone asks for eleven.
    assert figures["backlog_requests"] < 10
