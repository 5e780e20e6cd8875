"""Which language is answered in: RFC 9110, 12.5.4, at a cost that the header cannot raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.intake.language import language_of
from shared.texts.reader import Language
from tests.security.meter import time_of

# A tenth of one is what a thousand characters cost; a million cost a hundred.
_MOST_MILLISECONDS = 20

ENGLISH, DANISH = Language.ENGLISH, Language.DANISH


@pytest.mark.parametrize(
    ("header", "default", "language"),
    [
        # Nothing, or nothing that is here: the default.
        (None, ENGLISH, ENGLISH),
        (None, DANISH, DANISH),
        ("", DANISH, DANISH),
        ("fr", ENGLISH, ENGLISH),
        ("fr, de;q=0.5", DANISH, DANISH),
        ("*", ENGLISH, ENGLISH),
        ("*", DANISH, DANISH),
        # One language, in whatever form.
        ("da", ENGLISH, DANISH),
        ("DA", ENGLISH, DANISH),
        ("da-DK", ENGLISH, DANISH),
        ("da-Latn-DK", ENGLISH, DANISH),
        ("en-GB", DANISH, ENGLISH),
        (" \tda ; q=0.1 ", ENGLISH, DANISH),
        ("da;Q=1.000", ENGLISH, DANISH),
        # The one wanted most.
        ("da, en;q=0.8", ENGLISH, DANISH),
        ("en;q=0.8, da", ENGLISH, DANISH),
        ("da;q=0.8, en", DANISH, ENGLISH),
        ("da-DK,da;q=0.9,en-US;q=0.8,en;q=0.7", ENGLISH, DANISH),
        ("nb;q=1, sv;q=0.9, da;q=0.8, en;q=0.7", ENGLISH, DANISH),
        ("da;q=0.001, en;q=0.002", DANISH, ENGLISH),
        # Of two wanted equally, the one named first.
        ("da, en", ENGLISH, DANISH),
        ("en, da", DANISH, ENGLISH),
        ("*, da", ENGLISH, DANISH),
        ("da, *", ENGLISH, DANISH),
        ("fr, *;q=0.5", DANISH, DANISH),
        # Whatever is not named is meant by the star.
        ("en;q=0.5, *", ENGLISH, DANISH),
        ("en;q=0, *", ENGLISH, DANISH),
        ("da;q=0.2, *;q=0.1", ENGLISH, DANISH),
        # Refused: the other one, unless that is refused, too.
        ("da;q=0", DANISH, ENGLISH),
        ("en;q=0", ENGLISH, DANISH),
        ("da;q=0, en;q=0", DANISH, DANISH),
        ("*;q=0", ENGLISH, ENGLISH),
        ("en-GB;q=0", ENGLISH, ENGLISH),
        ("en-GB;q=0, en", DANISH, ENGLISH),
        # The language by its own name counts before narrower ones.
        ("da-DK;q=0.9, da;q=0.1, en;q=0.5", DANISH, ENGLISH),
        # What is no language range is passed over.
        ("dansk", ENGLISH, ENGLISH),
        ("d, da", ENGLISH, DANISH),
        ("da;q=2, en", DANISH, ENGLISH),
        ("da;q=-1, en", DANISH, ENGLISH),
        ("da;q=0.1234, en", DANISH, ENGLISH),
        ("da;q=, en", DANISH, ENGLISH),
        ("da;level=1, en", DANISH, ENGLISH),
        ("da_DK, en", DANISH, ENGLISH),
        ("danish-DK, en", DANISH, ENGLISH),
        ("dà, en", DANISH, ENGLISH),
        (",,, ,da,", ENGLISH, DANISH),
    ],
)
def test_the_language_wanted_most(
    header: str | None, default: Language, language: Language
) -> None:
    """By quality, by order, by range; the default where nothing is wanted that is here."""
    assert language_of(header, default) is language


@given(st.text(), st.sampled_from(Language))
def test_any_header_is_answered(header: str, default: Language) -> None:
    """Never an error: an answer in the wrong language is better than none."""
    assert language_of(header, default) in set(Language)


@pytest.mark.parametrize(
    "header",
    [
        "da" + "-a" * 500_000,
        "da" + "-aaaaaaaa" * 100_000 + ";",
        " " * 1_000_000 + "da",
        "da;" + " " * 1_000_000,
        "," * 1_000_000,
        "da;q=0.1," * 100_000,
        "*;q=0.0" + "0" * 1_000_000,
    ],
)
async def test_a_hostile_header_costs_nothing(header: str) -> None:
    """What stands behind the first thousand characters is not looked at."""

    async def choose() -> None:
        language_of(header, ENGLISH)

    assert await time_of(choose, enough=_MOST_MILLISECONDS) <= _MOST_MILLISECONDS
