"""The list of deleted users holds one page in memory, however many there are."""

from tests.bench.bin_pages import measure

# A page of 200 users takes a few MB at most in all its forms; a list kept whole would take more
# than this for the forty pages that follow the warm ones.
_MOST_GROWTH_MB = 6


def test_a_long_list_is_read_with_flat_memory() -> None:
    """Everybody once, and the host's peak does not follow the number of pages."""
    figures = measure(9_000, top=200)

    assert (figures.shown, figures.distinct) == (9_000, 9_000), figures
    assert figures.pages == 45
    assert figures.peak_mb_growth_after_warm < _MOST_GROWTH_MB, figures
