"""Test that listing the functions stays nearly as cheap as listing one that says hello."""

from tests.bench.index_cost import measure


def test_a_cold_start_waits_for_few_modules() -> None:
    """Counted and not timed, so that a busy machine changes nothing."""
    figures = measure(1)

    assert figures.functions > 30
    assert figures.modules - figures.hello_modules <= 12, figures
