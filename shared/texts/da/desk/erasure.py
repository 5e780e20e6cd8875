"""Words of the view Erasure: what goes for good, what stays, and the question before it."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, str]] = {
    "erasure.intro": (
        "Til en person, der beder om at blive glemt. Tjenesten glemmer, hvad den ved om personen; "
        "ingen kan hente det tilbage."
    ),
    "erasure.user": "Personens objekt-id",
    "erasure.user-hint": (
        "Hver gendannelse viser det: åbn en af personens i Historik, og vælg Slet denne persons "
        "oplysninger."
    ),
    "erasure.no-id": "Det er ikke et objekt-id endnu: 32 tal og bogstaver i fem grupper.",
    "erasure.ask": "Slet denne persons oplysninger …",
    "erasure.button": "Slet for altid",
    "erasure.history": "Hvad Historik har om personen",
    "erasure.done": "Personens oplysninger er slettet. Tilbage her er id'er og koder.",
    "erasure.done-fix": "Filer, der blev gemt før, er hos dem, der gemte dem.",
    "erasure.goes": "Går tabt for altid",
    "erasure.stays": "Bliver",
    "erasure-part.names": (
        "Navne, adresser, begrundelser og andre tekster i alle gendannelser og deres journaler, "
        "også hvor en andens gendannelse nævner personen."
    ),
    "erasure-part.seen": (
        "Hvad der er set om personen i Microsoft 365. Mister personen licensen senere, kan ingen "
        "herfra se hvilken det var, eller hvornår."
    ),
    "erasure-part.orders": "Vagten for personen.",
    "erasure-part.waiting": (
        "Gendannelser, der intet har ændret endnu, også dem til en senere dag: de aflyses. Mens "
        "en er ved at ændre noget, afvises sletningen."
    ),
    "erasure-part.ids": (
        "Id'er, koder og tidspunkter: at noget blev gjort, og hvornår. Revisionssporet kan stadig "
        "kontrolleres."
    ),
    "erasure-part.account": (
        "Kontoen i Microsoft 365. Så længe den findes, ser tjenesten den igen, næste gang den "
        "ser efter, og husker den på ny."
    ),
    "erasure-part.elsewhere": "Filer, der er gemt, og beskeder, der er sendt, før.",
    "ask.erase": "Slet oplysningerne om {name} for altid?",
    "ask.erase-text": "Ingen kan fortryde det, og der gemmes ingen kopi.",
}
