"""Test that the list of losses holds one page in memory, however many people are lost."""

from tests.bench.lists.losses import measure

# The first page's catch-up leaves memory that later pages use again: of 1,000 people, rows that are
# kept do not show at all; of 2,500 they show as more than twice this, and a sound list as nothing.
_MOST_GROWTH_MB = 1.25


def test_a_long_list_is_read_with_flat_memory() -> None:
    """Everybody once, and the host's peak does not follow the number of pages."""
    figures = measure(2_500, top=50)

    assert (figures.shown, figures.distinct) == (2_500, 2_500), figures
    assert figures.pages == 50
    assert figures.peak_mb_growth_after_warm < _MOST_GROWTH_MB, figures
