"""Test that a backlog is drained completely while somebody reads lists."""

from tests.bench.drain import Order, measure


def test_backlog_is_drained_whole_beside_lists() -> None:
    """Every restore succeeds with one change, none is refused by a quota, and the lists go on.

    And nothing was loaded for it that was put off (shared/late_modules.py).
    """
    figures = measure(Order(restores=30, reads_lists=True))

    assert (figures.succeeded, figures.changes_made) == (30, 30), figures
    assert (figures.throttled, figures.queued_again) == (0, 0), figures
    assert figures.lists_read > 0, figures
    assert not figures.guesses_encodings, figures
