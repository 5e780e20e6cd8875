"""Test that the list of losses holds one page in memory, however many people are lost."""

from tests.bench.lists.losses import measure

# A page of 100 users takes less than one MB in all its forms; the rows of the forty-five pages that
# follow the warm ones would take more than this, were they kept.
_MOST_GROWTH_MB = 2.5


def test_a_long_list_is_read_with_flat_memory() -> None:
    """Everybody once, and the host's peak does not follow the number of pages."""
    figures = measure(5_000, top=100)

    assert (figures.shown, figures.distinct) == (5_000, 5_000), figures
    assert figures.pages == 50
    assert figures.peak_mb_growth_after_warm < _MOST_GROWTH_MB, figures
