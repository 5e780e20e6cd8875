"""Words that take the place of the API's own in sentences that the page shows."""

from collections.abc import Mapping
from typing import Final

from shared.texts.en.phrases import AGAIN

WORDS: Final[Mapping[str, str]] = {
    "api.that-one": f"use that id as user: {AGAIN}",
    "api.that-one-here": "choose that person under “Did you mean”",
    "api.id-of-that": f"use the id of that one as user: {AGAIN}",
    "api.id-of-that-here": "choose that person under “Did you mean”",
    "api.in-brackets": f"use the user name in brackets as user: {AGAIN}",
    "api.in-brackets-here": "choose that person under “Did you mean”",
    "api.one-meant": f"use the id of the one you mean as user: {AGAIN}",
    "api.one-meant-here": "choose the one you mean under “Did you mean”",
    "api.object-id-again": (
        "or use the object ID (in the Entra admin centre, under Users or Deleted users) as user: "
        f"{AGAIN}"
    ),
    "api.object-id-again-here": (
        "or type the object ID (in the Entra admin centre, under Users or Deleted users)"
    ),
    "api.object-id": (
        "or use the object ID (in the Entra admin centre, under Users or Deleted users) as user"
    ),
    "api.object-id-here": (
        "or type the object ID (in the Entra admin centre, under Users or Deleted users)"
    ),
    "api.again": AGAIN,
    "api.again-here": "ask for it again here",
    "api.anew": "send a new request, with a new idempotencyKey if it had one",
    "api.anew-here": "ask for it again here",
    "api.licenses-may": "(GET /api/licenses says which you may)",
    "api.licenses-may-here": "(the list of licences has those you may)",
    "api.licenses-allowed": (
        "(GET /api/licenses lists them; allowed says which ones you may name for anybody)"
    ),
    "api.licenses-allowed-here": "(the list there has those you may name)",
    "api.licenses-all": "(GET /api/licenses lists them)",
    "api.licenses-all-here": "(the list there has them)",
    "api.listed": "they are listed in candidates",
    "api.listed-here": "they are listed under “Did you mean”",
    "api.lists": "candidates lists them",
    "api.lists-here": "they are listed under “Did you mean”",
    "api.one-of-them": (
        "If one of the candidates is meant, cancel this restore and send it again with that id"
    ),
    "api.one-of-them-here": (
        "If one of them is meant, cancel this restore and choose that person under “Did you mean”"
    ),
    "api.search": (
        "Look for the person with GET /api/losses?search=, which also finds parts of a name, and "
        "use the object ID as user"
    ),
    "api.search-here": (
        "A part of a name finds only people who have lost something; for anybody else, type the "
        "whole address or the object ID"
    ),
    "api.trial": "leave dryRun out",
    "api.trial-here": "do it without the trial run",
    "api.label": "“{label}”",
}
