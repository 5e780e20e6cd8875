"""No text of the service that the page shows names what only a request written by hand has."""

import json
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from shared.texts.desk import desk_words
from shared.texts.entry import Entry
from shared.texts.reader import Language
from shared.texts.render import catalogue

_SAID = Path(__file__).parent / "modules" / "said.js"
_OF_THE_API = re.compile(
    r"\b[a-z]+[A-Z]\w*|\bGET\b|\bPOST\b|\bDELETE\b|/api/|\bcandidates\b|\b(?:as|so\w) user\b"
)
# Of Active Directory, and known by that name to whoever looks after it.
_KNOWN = "onPremisesImmutableId"

# What the page shows of none of its own requests: faults of fields, what the guide says of codes,
# keys, callbacks and methods that it never sends; and its own address.
_NOT_SHOWN = re.compile(
    r"(?:fault|meaning)/|key-reused|invalid-request/key|callback-|route-|method-not-allowed"
)
# The page offers no choice of single parts of a licence: only a request written by hand does.
_ONLY_BY_HAND = "license.disabledPlans"


def shown(language: Language) -> list[str]:
    """Every text of the service that may stand on the page, for each reader, without parameters."""
    entries = {key: one for key, one in catalogue(language).items() if not _NOT_SHOWN.match(key)}
    names = [field.name for field in fields(Entry)]
    found = [getattr(entry, name) for entry in entries.values() for name in names]
    return [re.sub(r"\{\w+\}", "X", text) for text in found if text]


def said(language: Language, texts: list[str]) -> list[str]:
    """The same texts as the page says them."""
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run(  # noqa: S603 - our own script
        [node, str(_SAID)],
        input=json.dumps({"words": dict(desk_words(language)), "texts": texts}),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    sentences: list[str] = json.loads(done.stdout)
    return sentences


@pytest.mark.parametrize("language", list(Language))
def test_no_text_names_a_field_or_an_address_of_the_api(language: Language) -> None:
    """Each stands under its label, as a screen of the page, or in other words."""
    texts = shown(language)
    assert len(texts) > 300

    sentences = said(language, texts)

    bare = [one.replace(_KNOWN, "").replace(_ONLY_BY_HAND, "") for one in sentences]
    assert [one for one in bare if _OF_THE_API.search(re.sub(r"\{[^}]*\}", "", one))] == []


@pytest.mark.parametrize("language", list(Language))
def test_every_phrase_that_is_said_otherwise_is_one_of_the_service(language: Language) -> None:
    """One that the service no longer says would never be found."""
    words = desk_words(language)
    texts = "\n".join(shown(language)).casefold()
    phrases = [
        words[key.removesuffix("-here")]
        for key in words
        if key.startswith("api.") and key.endswith("-here")
    ]

    assert len(phrases) > 5
    assert [phrase for phrase in phrases if phrase.casefold() not in texts] == []


@pytest.mark.parametrize(
    ("language", "begins"), [(Language.ENGLISH, "User name, "), (Language.DANISH, "Brugernavn, ")]
)
def test_a_field_for_a_person_asks_for_the_name_that_is_looked_up(
    language: Language, begins: str
) -> None:
    """Nobody is found by the name that they are called by."""
    words = desk_words(language)

    assert [words[key][: len(begins)] for key in ("restore.who-hint", "guards.user")] == [
        begins
    ] * 2
