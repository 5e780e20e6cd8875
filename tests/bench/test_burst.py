"""Test that a burst on `restore-requests` is taken in whole and every message ends."""

from tests.bench.burst import measure


async def test_burst_comes_to_its_end_whole() -> None:
    """One in ten cannot be understood, of the others nobody is found; each is told once."""
    figures = await measure(60)

    assert figures.codes == {"user-not-found": 54, "invalid-request": 6}, figures
    assert (figures.lost, figures.poisoned, figures.not_ended) == (0, 0, 0), figures
    assert (figures.told_again, figures.queued_again) == (0, 0), figures
    assert figures.runs_failed == {}, figures
