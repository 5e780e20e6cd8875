"""The catalogue is whole: every text has its words, in both languages, for all who read it."""

import re
from collections.abc import Iterator

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
# All entries in one test: as thousands of tests they would cost ten times what they look at.
in_each_language = pytest.mark.parametrize("language", Language)

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


def _shape(entry: Entry) -> dict[str, set[str]]:
    """For whom it has words, and with which parameters."""
    return {name: {*params_in(Entry(pattern))} for name, pattern in words_of(entry).items()}


def test_an_entry_says_the_same_in_both_languages() -> None:
    """For the same readers, with the same parameters in the same place."""
    differing = [key for key in sorted(ENGLISH) if _shape(ENGLISH[key]) != _shape(DANISH[key])]

    assert differing == []


def test_every_text_is_made_of_what_is_written_out() -> None:
    """Code, variant and parameters stand in the call, so a sentence leads to its place."""
    assert unclear_texts() == []


def test_every_text_has_an_entry_that_uses_all_of_it() -> None:
    """No bare codes, no gaps, and nothing kept that nobody is told."""
    lacking = {made.key for made in made_texts() if made.key not in ENGLISH}
    assert not lacking, f"write these entries in shared/texts/en and /da: {sorted(lacking)}"
    unused = [made for made in made_texts() if params_in(ENGLISH[made.key]).keys() != made.params]
    assert not unused, f"an entry of shared/texts has to use the parameters it is given: {unused}"


def test_every_entry_is_used() -> None:
    """Made somewhere, or the word for a code; what is for later stands on a list."""
    made = {item.key for item in made_texts()}

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


def _patterns(language: Language) -> Iterator[tuple[str, str, str]]:
    """Every sentence of a language: its entry, for whom it is, and how it reads."""
    for key, entry in catalogue(language).items():
        for name, pattern in words_of(entry).items():
            yield key, name, pattern


@in_each_language
def test_who_may_not_see_other_people_is_not_shown_them(language: Language) -> None:
    """Their names, roles and addresses stand in the words for readers of everything only."""
    shown = [
        (key, name)
        for key, name, pattern in _patterns(language)
        if name not in {"message_read", "fix_read"}
        if any(param.startswith("other_") for param in params_in(Entry(pattern)))
    ]
    assert shown == []


@in_each_language
def test_the_forms_are_known(language: Language) -> None:
    """A form that nobody knows would be taken for what stands between the entries of a list."""
    forms = {
        form: key
        for key, entry in catalogue(language).items()
        for form in params_in(entry).values()
    }

    unknown = {form: key for form, key in forms.items() if form not in {"", "time", "; "}}
    assert {form: key for form, key in unknown.items() if form.count("|") != 1} == {}


@in_each_language
@pytest.mark.parametrize("who", READERS)
def test_every_answer_says_what_to_do(who: str, language: Language) -> None:
    """Each outcome, finding and problem has a fix for each who reads it."""
    reader = Reader(language, READERS[who].roles, READERS[who].by_keys)
    answers = [key for key in sorted(ENGLISH) if key.partition("/")[0] in CODES]
    found = {key: words(sample(key), reader) for key in answers}

    assert found
    assert [key for key, said in found.items() if not (said.message and said.fix)] == []


@in_each_language
def test_nobody_but_an_admin_is_told_to_retry(language: Language) -> None:
    """All others would be refused: they send the request again, with a new key."""
    retry = re.compile(r"\bretry (the|this|it)\b|kør[^.]*igen|/retry", re.IGNORECASE)

    advice = [it for it in _patterns(language) if it[1].startswith("fix") and it[1] != "fix_admin"]
    assert [(key, name) for key, name, pattern in advice if retry.search(pattern)] == []


_OVERRIDES = re.compile(
    r"acceptUnknownWindow: true|allowSynced: true|acceptRehire: true|onAddressConflict: \"drop\""
)


@in_each_language
def test_an_override_is_for_whoever_has_the_role(language: Language) -> None:
    """All others are told who could; with function keys nobody can, and a setting is named."""
    for key, entry in catalogue(language).items():
        for name, pattern in words_of(entry).items():
            if name == "fix_override" or not _OVERRIDES.search(pattern):
                continue
            assert "Restore.Override" in pattern, key
            assert entry.fix_override, key
            assert entry.fix_keys, key
        if entry.fix_keys is not None:
            assert re.search("AUTH_MODE|UNKNOWN_WINDOW|ALLOWED_SKU_IDS", entry.fix_keys), key
            assert not _OVERRIDES.search(entry.fix_keys), key


@in_each_language
def test_nothing_is_longer_than_a_person_reads(language: Language) -> None:
    """Without their parameters; a fault is one clause."""
    longest = {"fault": 200, "meaning": 120, "title": 60}

    sentences = [(key.partition("/")[0], key, pattern) for key, _, pattern in _patterns(language)]
    assert [key for kind, key, said in sentences if len(said) > longest.get(kind, 800)] == []


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
