"""Every fix that a caller can read has a walk, which was looked at when its words changed."""

import pytest

from shared.domain.outcomes import Code
from shared.texts.reader import Language
from shared.texts.render import catalogue
from tests.table.fixes.all import CASES, NOT_WALKED
from tests.table.fixes.callers import CALLERS
from tests.table.fixes.engine import Case, entry_of, field_read
from tests.table.fixes.told import FILE, told

_CODES = frozenset(map(str, Code))
ENDINGS = {key for key in catalogue(Language.ENGLISH) if key.partition("/")[0] in _CODES}


def test_every_ending_is_walked() -> None:
    """Or there is a reason why not, which does not outlive it."""
    walked = {case.key for case in CASES}

    assert sorted(ENDINGS - walked - set(NOT_WALKED)) == []
    assert sorted(set(NOT_WALKED) - ENDINGS) == []
    assert sorted(walked & set(NOT_WALKED)) == []
    assert len(walked) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_every_caller_who_gets_it_has_a_way(case: Case) -> None:
    """In the words that this caller reads; and no way is for words that nobody reads."""
    entry = entry_of(case.key)
    read = {field_read(entry, CALLERS[name].reader) for name in case.callers}

    if case.hand:
        assert case.ways == {}
        return
    assert set(case.ways) == read
    assert all(case.ways.values())


def test_the_words_were_looked_at() -> None:
    """After a change of words: look at the ways of what changed, and write the file anew."""
    written = FILE.read_text(encoding="utf-8")

    assert told() == written, "look at the ways, then .venv/bin/python -m tests.table.fixes.told"
