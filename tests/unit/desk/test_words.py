"""The desk's own words: the same keys and parameters in every language, and none for nobody."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from functions.http.desk_files import FOLDER
from shared.domain.approval_rules import ApprovalRule
from shared.domain.decision import Case, StepName
from shared.domain.lists.losses import LossCase
from shared.domain.outcomes import Status
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.domain.window.verdict import Evidence, WindowVerdict
from shared.texts.desk import desk_words
from shared.texts.reader import Language

ENGLISH = desk_words(Language.ENGLISH)
OTHERS = [language for language in Language if language is not Language.ENGLISH]

# Keys that a module makes of a code: the part before the dot stands in the module.
_MADE = re.compile(r"""(?:coded\("([a-z-]+)"|t\(`([a-z-]+)\.)""")
_NAMED = re.compile(r'"([a-z-]+\.[a-z][a-zA-Z0-9-]*)"')


def modules() -> list[Path]:
    """The desk's own modules."""
    return [path for path in FOLDER.rglob("*.js") if "lib" not in path.parts]


def named() -> set[str]:
    """Every text of a module that looks like a key and is one of a known topic."""
    topics = {key.partition(".")[0] for key in ENGLISH}
    texts = (path.read_text(encoding="utf-8") for path in modules())
    found = {key for text in texts for key in _NAMED.findall(text)}
    files = re.compile(r"\.(js|css|csv|html|json|ndjson)$")
    return {key for key in found if key.partition(".")[0] in topics and not files.search(key)}


def made() -> set[str]:
    """The topics of which keys are made from codes."""
    texts = (path.read_text(encoding="utf-8") for path in modules())
    return {one or other for text in texts for one, other in _MADE.findall(text)}


def holes(words: str) -> set[str]:
    """The parameters of some words, without their forms."""
    return set(re.findall(r"\{(\w+)", words))


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_lacks_a_key(language: Language) -> None:
    """Each language has the words of English, and no more."""
    assert set(desk_words(language)) == set(ENGLISH)


@pytest.mark.parametrize("language", OTHERS)
def test_no_language_lacks_a_parameter(language: Language) -> None:
    """What English names is named in each language."""
    words = desk_words(language)

    assert {key: holes(words[key]) for key in ENGLISH} == {
        key: holes(text) for key, text in ENGLISH.items()
    }
    assert [key for key, text in words.items() if text.strip() != text or not text] == []


def test_every_key_that_a_module_names_has_words() -> None:
    """A key without words would break the view that uses it."""
    assert len(named()) > 250
    assert named() - set(ENGLISH) == set()


def test_there_are_no_words_for_nobody() -> None:
    """Each key is named by a module, or made there from a code."""
    unused = {key for key in set(ENGLISH) - named() if key.partition(".")[0] not in made()}

    assert unused == set()


@pytest.mark.parametrize("language", list(Language))
def test_braces_in_texts_are_balanced(language: Language) -> None:
    """A brace that opens closes again, and no form stands within another."""
    form = re.compile(r"\{\w+(?::[^|{}]*\|[^|{}]*)?\}")
    wrong = {
        key for key, text in desk_words(language).items() if set("{}") & set(form.sub("", text))
    }

    assert wrong == set()


@pytest.mark.parametrize(
    ("topic", "codes"),
    [
        ("status", Status),
        ("step", StepName),
        ("step-status", StepStatus),
        ("verdict", WindowVerdict),
        ("evidence", Evidence),
        ("case", Case),
        ("case", LossCase),
        ("kind", RestoreKind),
        ("waiting", WaitingFor),
        ("wanted-for", ApprovalRule),
    ],
)
def test_every_code_that_the_service_knows_has_words(topic: str, codes: type[StrEnum]) -> None:
    """A code without words would be shown as it is."""
    assert {f"{topic}.{code.value}" for code in codes} - set(ENGLISH) == set()
