"""Every fix of every outcome, done as told by each caller who reads it, leads on."""

import pytest

from tests.table.fixes.all import CASES
from tests.table.fixes.callers import CALLERS
from tests.table.fixes.engine import Case, Way, ended, entry_of, field_read, fix_of, key_of, walk

WALKS = [
    pytest.param(case, way, name, id=f"{case.key} {name}: {way.says}")
    for case in CASES
    for name in case.callers
    for way in case.ways.get(field_read(entry_of(case.key), CALLERS[name].reader), ())
]
BY_HAND = [
    pytest.param(case, name, id=f"{case.key} {name}")
    for case in CASES
    for name in case.callers
    if case.hand
]


@pytest.mark.parametrize("key", [None, "a-key"], ids=["no key", "key"])
@pytest.mark.parametrize(("case", "way", "name"), WALKS)
async def test_what_a_fix_says_leads_on(case: Case, way: Way, name: str, key: str | None) -> None:
    """To another ending, and to the one that was wanted."""
    record = await walk(case, way, CALLERS[name], key)

    assert record.outcome is not None
    assert record.outcome.code == way.ends, record.outcome
    assert key_of(record.outcome.text) != case.key


@pytest.mark.parametrize(("case", "name"), BY_HAND)
async def test_where_nothing_leads_on_nobody_is_sent_in_circles(case: Case, name: str) -> None:
    """The fix is for people, and does not say to ask once more."""
    _, record = await ended(case, CALLERS[name], None)
    fix = fix_of(record, CALLERS[name])

    assert fix
    assert "send the request again" not in fix
    assert "retry" not in fix
