"""The catalogue is whole: every text has its words, in both languages, for all who read it."""

import re

import pytest

from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code
from shared.domain.text import Text
from shared.errors import ProblemCode
from shared.texts.entry import Entry, merged
from shared.texts.reader import Language, Reader
from shared.texts.render import catalogue, words
from tests.unit.texts.golden import golden, golden_file
from tests.unit.texts.made import Made, Unclear, made_in, made_texts, unclear_texts
from tests.unit.texts.not_yet import NOT_YET
from tests.unit.texts.samples import READERS, params_in, sample, words_of

ENGLISH, DANISH = catalogue(Language.ENGLISH), catalogue(Language.DANISH)
EVERYWHERE = [(language, key) for language in Language for key in sorted(catalogue(language))]
MADE = made_texts()

# Of every code there is a word whatever the case: for descriptions, and as the title of a problem.
BY_CODE = {
    **{f"meaning/{code}": code for code in (*Code, *FindingCode)},
    **{f"title/{code}": code for code in ProblemCode},
}
CODES = frozenset(map(str, (*Code, *FindingCode, *ProblemCode)))


def test_both_languages_have_the_same_entries() -> None:
    """A text that one of them lacks would be shown as a bare code."""
    lacking = sorted(ENGLISH.keys() ^ DANISH.keys())
    assert not lacking, f"write in shared/texts, in the language that lacks it: {lacking}"


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_an_entry_says_the_same_in_both_languages(key: str) -> None:
    """For the same readers, with the same parameters in the same place."""
    english, danish = words_of(ENGLISH[key]), words_of(DANISH[key])

    assert english.keys() == danish.keys()
    for name, pattern in english.items():
        assert params_in(Entry(pattern)).keys() == params_in(Entry(danish[name])).keys(), name


def test_every_text_is_made_of_what_is_written_out() -> None:
    """Code, variant and parameters stand in the call, so a sentence leads to its place."""
    assert unclear_texts() == []


@pytest.mark.parametrize("made", MADE, ids=lambda made: f"{made.key} {made.place}")
def test_every_text_has_an_entry_that_uses_all_of_it(made: Made) -> None:
    """No bare codes, no gaps, and nothing kept that nobody is told."""
    assert made.key in ENGLISH, f"write the entry {made.key} in shared/texts/en and /da"
    assert params_in(ENGLISH[made.key]).keys() == made.params, (
        f"the entry {made.key} in shared/texts has to use the parameters that {made.place} gives"
    )


def test_every_entry_is_used() -> None:
    """Made somewhere, or the word for a code; what is for later stands on a list."""
    made = {item.key for item in MADE}

    unused = ENGLISH.keys() - made - BY_CODE.keys()
    assert unused <= NOT_YET, (
        f"nothing makes these entries of shared/texts: {sorted(unused - NOT_YET)}"
    )
    assert unused >= NOT_YET, (
        f"take off tests/unit/texts/not_yet.py, they are made now: {sorted(NOT_YET - unused)}"
    )


def test_every_code_has_its_words() -> None:
    """Whatever callers can branch on means something to people, too."""
    spoken = {key.partition("/")[0] for key in ENGLISH}

    missing = sorted(BY_CODE.keys() - ENGLISH.keys())
    assert not missing, f"write in shared/texts/en and /da (meanings*.py, titles.py): {missing}"
    silent = sorted(CODES - spoken)
    assert not silent, f"no entry of shared/texts says what happened, for: {silent}"


@pytest.mark.parametrize(("language", "key"), EVERYWHERE)
def test_who_may_not_see_other_people_is_not_shown_them(language: Language, key: str) -> None:
    """Their names, roles and addresses stand in the words for readers of everything only."""
    for name, pattern in words_of(catalogue(language)[key]).items():
        others = [one for one in params_in(Entry(pattern)) if one.startswith("other_")]
        assert others == [] or name in {"message_read", "fix_read"}


@pytest.mark.parametrize(("language", "key"), EVERYWHERE)
def test_the_forms_are_known(language: Language, key: str) -> None:
    """A form that nobody knows would be taken for what stands between the entries of a list."""
    forms = set(params_in(catalogue(language)[key]).values())

    assert all(form in {"", "time", "; "} or form.count("|") == 1 for form in forms)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("who", READERS)
@pytest.mark.parametrize("key", sorted(key for key in ENGLISH if key.partition("/")[0] in CODES))
def test_every_answer_says_what_to_do(key: str, who: str, language: Language) -> None:
    """Each outcome, finding and problem has a fix for each who reads it."""
    found = words(sample(key), Reader(language, READERS[who].roles, READERS[who].by_keys))

    assert found.message
    assert found.fix


@pytest.mark.parametrize(("language", "key"), EVERYWHERE)
def test_nobody_but_an_admin_is_told_to_retry(language: Language, key: str) -> None:
    """All others would be refused: they send the request again, with a new key."""
    retry = r"\bretry (the|this|it)\b|kør[^.]*igen|/retry"

    for name, pattern in words_of(catalogue(language)[key]).items():
        is_advice = name.startswith("fix") and name != "fix_admin"
        assert not (is_advice and re.search(retry, pattern, re.IGNORECASE)), name


_OVERRIDES = re.compile(
    r"acceptUnknownWindow: true|allowSynced: true|acceptRehire: true|onAddressConflict: \"drop\""
)


@pytest.mark.parametrize(("language", "key"), EVERYWHERE)
def test_an_override_is_for_whoever_has_the_role(language: Language, key: str) -> None:
    """All others are told who could; with function keys nobody can, and a setting is named."""
    entry = catalogue(language)[key]
    for name, pattern in words_of(entry).items():
        if name == "fix_override" or not _OVERRIDES.search(pattern):
            continue
        assert "Restore.Override" in pattern
        assert entry.fix_override
        assert entry.fix_keys
    if entry.fix_keys is not None:
        assert re.search("AUTH_MODE|UNKNOWN_WINDOW|ALLOWED_SKU_IDS", entry.fix_keys)
        assert not _OVERRIDES.search(entry.fix_keys)


@pytest.mark.parametrize(("language", "key"), EVERYWHERE)
def test_nothing_is_longer_than_a_person_reads(language: Language, key: str) -> None:
    """Without their parameters; a fault is one clause."""
    longest = {"fault": 200, "meaning": 120, "title": 60}.get(key.partition("/")[0], 800)

    assert all(len(pattern) <= longest for pattern in words_of(catalogue(language)[key]).values())


def test_an_entry_is_written_once() -> None:
    """Of two entries of one key, one would never be read."""
    with pytest.raises(ValueError, match="written twice: a"):
        merged({"a": Entry("1")}, {"a": Entry("2")})


def test_what_cannot_be_told_from_its_source_is_found() -> None:
    """The reader of the source takes in what is written out, and names what is not."""
    source = (
        'text("a", "b", x=1)\n'
        'block(Code.WINDOW_CLOSED, "deleted", user=u)\n'
        "run.warn(FindingCode.SEATS_FREE, seats=s)\n"
        'text("a", variant)\n'
        "outcome(code)\n"
        'text("a", **params)\n'
        'text("a", why=str(n) + " of them")\n'
        'faults.unreadable("a page without a list")\n'
        'faults.unreadable("no-list")\n'
    )

    assert list(made_in(source, "m")) == [
        Made("m:1", "a", "b", frozenset({"x"})),
        Made("m:2", "window-closed", "deleted", frozenset({"user"})),
        Made("m:3", "seats-free", "", frozenset({"seats"})),
        Unclear("m:4"),
        Unclear("m:5"),
        Unclear("m:6"),
        Unclear("m:7"),
        Unclear("m:8"),
    ]


def test_a_text_without_an_entry_is_still_shown() -> None:
    """A record of another release: the words of its code, else the code itself."""
    known = Text("mailbox-restored", "by-magic")
    unknown = Text("{odd}", "one")

    assert words(known, READERS["read"]) == words(Text("mailbox-restored"), READERS["read"])
    assert words(unknown, READERS["read"]).message == "{odd}/one"


@pytest.mark.parametrize("language", Language)
def test_what_each_reader_is_told_of_each_outcome_was_read_over(language: Language) -> None:
    """After a change of words: write the files anew (see `golden.py`), and read the change."""
    written = golden_file(language).read_text(encoding="utf-8")

    assert golden(language) == written, "run .venv/bin/python -m tests.unit.texts.golden"
