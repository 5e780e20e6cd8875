"""Words that take the place of the API's own in sentences that the page shows."""

from collections.abc import Mapping
from typing import Final

from shared.texts.da.phrases import AGAIN

WORDS: Final[Mapping[str, str]] = {
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
