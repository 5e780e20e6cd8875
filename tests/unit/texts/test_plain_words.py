"""The words are those of a helpdesk; what must stand all the same is explained where it stands."""

import re
from typing import Final

import pytest

from shared.texts.reader import Language
from shared.texts.render import catalogue
from tests.unit.texts.samples import words_of

# What a reader types, or finds in an answer or a portal, under a name of its own.
_NAMES: Final = re.compile(
    r"\{[^}]*\}"  # a parameter
    r"|https://\S+"
    r"|\b(?:license|cases?)\.\w+"
    r"|\b[a-z]+(?:[A-Z]+[a-z]*)+\b"  # a field, such as skuPartNumbers
    r"|\b[A-Z]+(?:_[A-Z0-9]+)+(?:=\w+)?"  # a setting or a licence: DEFAULT_SKU_IDS, SPE_E3
    r"|\b(?:Get|New)-\w+(?: -\w+)?"  # a command of Exchange
    r"|\S+\.py\b"
)

# A word that stays out of the texts (no second part), or the word that has to explain it.
_ENGLISH: Final = (
    (r"\bSKUs?\b", ""),
    (r"\bRFC ?\d", ""),
    (r"\bUPNs?\b", ""),
    (r"\banswers to\b", ""),
    (r"\bas asked\b", ""),
    (r"\bfree the name\b", ""),
    (r"\w\(s\)", ""),
    (r"\bsoft-?deleted\b", ""),
    (r"\b(?:ledger|lease|idempotent)\b", ""),
    (r"\bpart number", ""),
    (r"\bsurrogate|\bASCII\b", ""),
    (r"\bthe directory\b", ""),
    (r"\bthe world\b", ""),
    (r"\bwindow closed\b", ""),
    (r"\bseats? ", ""),
    (r"\bcontradicts (?:it|another)\b", ""),
    (r"\bmust be an? (?:string|array)\b", ""),
    (r"\benterprise application\b", ""),
    (r"\bpass over\b", ""),
    (r"\busage location\b", r"\bcountry\b"),
    (r"\bon-premises\b", r"\bown Exchange servers\b|\bservers\b"),
    (r"\bdelegates\b", r"\bsend for the person\b"),
    (r"\bimmutable ID\b|\bonPremisesImmutableId\b", r"\bActive Directory\b"),
    (r"\bsuspended\b", r"\bnot paid\b"),
    (r"\bdelicensing\b", r"\bkeeps mailboxes longer\b"),
    (r"\brestricted management\b", r"\bcertain administrators\b"),
    (r"\bholds? or a retention|\(hold\)", r"\blegal reasons\b"),
)
_DANISH: Final = (
    (r"\bSKU'?(?:er)?\b", ""),
    (r"\bRFC ?\d", ""),
    (r"\bUPN\b", ""),
    (r"\bvarenummer|\bproduktkode", ""),
    (r"\bsurrogat|\bASCII\b", ""),
    (r"\bkataloget\b", ""),
    (r"\b[Vv]erden\b", ""),
    (r"\bverificer", ""),
    (r"\b[Ii] hånden\b", ""),
    (r"\btage[rst]? tilbage\b", ""),
    (r"\b[Tt]jenesten mislykkedes\b", ""),
    (r"\bportion", ""),
    (r"\bbrugsplacering", r"\bland(?:et)?\b"),
    (r"\bon-premises\b", r"\begne Exchange-servere\b|\bservere\b"),
    (r"\bstedfortrædere\b", r"\bsende for personen\b"),
    (r"\bimmutable ID\b|\bonPremisesImmutableId\b", r"\bActive Directory\b"),
    (r"\bsuspenderet\b", r"\bikke betalt\b"),
    (r"\bdelicensing\b", r"\bopbevarer postkasser længere\b"),
    (r"\bbegrænset administration", r"\bbestemte administratorer\b"),
    (r"\bprocesførelse\b", r"\bjuridiske grunde\b"),
)
_LISTS: Final = {Language.ENGLISH: _ENGLISH, Language.DANISH: _DANISH}

# Licences left the Entra admin centre on 1 September 2024; what was a way there leads nowhere.
# Source: Microsoft Learn, "Resolve group license assignment problems", read 2026-11-29.
_LEADS_NOWHERE: Final = re.compile(
    r"Entra admin centre,? (?:\(?the group, |under )Licenses"
    r"|Entra Administration (?:\(?gruppen, |under )Licenser"
)


def unclear_words(language: Language, key: str) -> list[str]:
    """The words of an entry that a helpdesk does not know, and that nothing explains."""
    patterns = words_of(catalogue(language)[key])
    whole = " ".join(patterns.values())
    return [
        found.group()
        for pattern in patterns.values()
        for word, explained in _LISTS[language]
        for found in re.finditer(word, _NAMES.sub(" ", pattern))
        if not (explained and re.search(explained, whole))
    ]


@pytest.mark.parametrize("language", Language)
def test_a_helpdesk_knows_the_words(language: Language) -> None:
    """A word of the trade stays out, or the same answer explains it."""
    found = {key: unclear_words(language, key) for key in catalogue(language)}

    assert {key: words for key, words in found.items() if words} == {}


@pytest.mark.parametrize("language", Language)
def test_no_way_leads_to_a_page_that_is_gone(language: Language) -> None:
    """Whoever follows it at night would look for a button that is not there."""
    for key, entry in catalogue(language).items():
        assert not _LEADS_NOWHERE.search(" ".join(words_of(entry).values())), key
