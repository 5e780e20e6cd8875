"""The script that fetches a browser looks for those that the tests can open."""

import re

from tests.desk.conftest import BROWSERS, HERE


def test_a_browser_is_fetched_only_where_the_tests_would_find_none() -> None:
    """One that only one of the two knew would be fetched in vain, or be missing."""
    script = (HERE / "browser.sh").read_text(encoding="utf-8")
    looked_for = re.search(r"for name in (.+?); do", script, re.DOTALL)

    assert looked_for is not None
    assert looked_for[1].replace("\\\n", " ").split() == list(BROWSERS)
