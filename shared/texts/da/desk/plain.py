"""Words that take the place of the API's own in sentences that the page shows."""

from collections.abc import Mapping
from typing import Final

from shared.texts.da.phrases import AGAIN

WORDS: Final[Mapping[str, str]] = {
    "api.that-one": f"så brug det id som user: {AGAIN}",
    "api.that-one-here": "så vælg personen under “Mente du”",
    "api.id-of-that": f"så brug dens id som user: {AGAIN}",
    "api.id-of-that-here": "så vælg personen under “Mente du”",
    "api.in-brackets": f"så brug brugernavnet i parentesen som user: {AGAIN}",
    "api.in-brackets-here": "så vælg personen under “Mente du”",
    "api.one-meant": f"brug id'et på den, du mener, som user: {AGAIN}",
    "api.one-meant-here": "vælg den, du mener, under “Mente du”",
    "api.object-id-again": (
        "eller brug objekt-id'et (i Entra Administration under Brugere eller Slettede brugere) som "
        f"user: {AGAIN}"
    ),
    "api.object-id-again-here": (
        "eller skriv objekt-id'et (i Entra Administration under Brugere eller Slettede brugere)"
    ),
    "api.object-id": (
        "eller brug objekt-id'et (i Entra Administration under Brugere eller Slettede brugere) som "
        "user"
    ),
    "api.object-id-here": (
        "eller skriv objekt-id'et (i Entra Administration under Brugere eller Slettede brugere)"
    ),
    "api.again": AGAIN,
    "api.again-here": "bestil det igen her",
    "api.anew": "send en ny anmodning, med en ny idempotencyKey, hvis den havde en",
    "api.anew-here": "bestil det igen her",
    "api.licenses-may": "(GET /api/licenses siger, hvilke du må)",
    "api.licenses-may-here": "(listen over licenser har dem, du må)",
    "api.licenses-allowed": (
        "(GET /api/licenses viser dem; allowed siger, hvilke du må angive for alle)"
    ),
    "api.licenses-allowed-here": "(listen dér har dem, du må angive)",
    "api.licenses-all": "(GET /api/licenses viser dem)",
    "api.licenses-all-here": "(listen dér har dem)",
    "api.listed": "de står i candidates",
    "api.listed-here": "de står under “Mente du”",
    "api.lists": "de står i candidates",
    "api.lists-here": "de står under “Mente du”",
    "api.one-of-them": ("Er en af dem ment, så annullér gendannelsen, og send den igen med det id"),
    "api.one-of-them-here": (
        "Er en af dem ment, så annullér gendannelsen, og vælg personen under “Mente du”"
    ),
    "api.search": (
        "Find personen med GET /api/losses?search=, som også finder dele af et navn, og brug "
        "objekt-id'et som user"
    ),
    "api.search-here": (
        "En del af et navn finder kun personer, der har mistet noget; for alle andre skal hele "
        "adressen eller objekt-id'et skrives"
    ),
    "api.trial": "udelad dryRun",
    "api.trial-here": "gør det uden prøvekørslen",
    "api.label": "“{label}”",
}
