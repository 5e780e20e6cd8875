"""Tell what was meant by an address that people guess: of a person, of what was done, of the API.

Whoever tries one has a question, and the answer names the operation that has the reply.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote

from shared.domain.text import Text, text

_LONGEST_USER: Final = 120

# With a person behind it, or alone.
_PEOPLE: Final = frozenset(
    {
        *("people", "person", "persons", "users", "user", "mailboxes", "mailbox"),
        *("deleted-users", "deletedusers", "accounts", "account", "losses"),
        *("trail", "journal", "journals", "history", "audit"),
    }
)
_A_PERSON: Final = re.compile(r"[^@]+@[^@]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

_OF_WHAT_WAS_DONE: Final = frozenset(
    {"journal", "journals", "history", "audit", "audits", "audit-log", "auditlog", "log", "logs"}
)
_OF_THE_API: Final = frozenset(
    {
        *("openapi", "openapi.json", "openapi.yaml", "swagger", "swagger.json", "swagger.yaml"),
        *("docs", "doc", "api-docs", "redoc", "spec", "schema", "help"),
    }
)

# By another name: the address of a restore.
_RESTORES: Final = frozenset({"approvals", "approval", "jobs", "job", "operations", "status"})
_OF_A_RESTORE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("trail", "log", "logs", "history", "audit", "events", "steps"), "/journal"),
    **dict.fromkeys(("status", "result", "outcome", "state"), ""),
}

# Addresses of earlier versions, of the page for people, and of those who guess.
ELSEWHERE: Final[Mapping[str, str]] = {
    "deleted-users": "/api/losses",
    "deletedusers": "/api/losses",
    "deleted-items": "/api/losses",
    "search": "/api/losses?search=",
    "capacity": "/api/losses/capacity",
    "check": "/api/checks",
    "preflight": "/api/checks",
    "preflights": "/api/checks",
    "skus": "/api/licenses",
    "whoami": "/api/me",
    "ui": "/api/desk",
    "approvals": "/api/restores?status=waiting",
    "webhooks": "/api/subscriptions",
    "callbacks": "/api/subscriptions",
    "events": "/api/subscriptions",
    "metrics": "/api/status",
    **dict.fromkeys(("drill", "drills"), "/api/status"),
    **dict.fromkeys(("version", "ping", "healthz", "livez", "readyz", "alive"), "/api/health"),
    "health/deep": "/api/status",
    **{
        done: f"/api/restores/{{restoreId}}/{done}"
        for done in ("cancel", "undo", "approve", "reject")
    },
}


def guessed(method: str, path: str, segments: Sequence[str]) -> Text | None:
    """What an address that people guess stands for; None: it is none of these."""
    first = segments[0].lower() if segments else ""
    if len(segments) == 1 and first in _OF_THE_API:
        return text("route-not-found", "description", path=path)
    if len(segments) == 1 and first in _OF_WHAT_WAS_DONE:
        return text("route-not-found", "history", path=path)
    of_people = first in _PEOPLE or first == "restores"
    if len(segments) > 1 and of_people and _A_PERSON.fullmatch(segments[1]):
        return of_a_person(path, segments[1])
    if len(segments) == 1 and first in _PEOPLE and method.upper() in {"GET", "HEAD"}:
        return text("route-not-found", "meant", path=path, meant="/api/losses")
    return None


def of_a_person(path: str, user: str) -> Text:
    """Where to look for what was done for this person."""
    return text("route-not-found", "person", path=path, user=in_query(user))


def is_of_a_person(segments: Sequence[str]) -> bool:
    """Whether something stands behind a name under which people are looked for."""
    return len(segments) > 1 and segments[0].lower() in _PEOPLE


def of_a_restore(segments: Sequence[str]) -> str | None:
    """The address of a restore, or of its journal, that goes by another name."""
    match [segments[0].lower(), *segments[1:]] if segments else []:
        case ["checks", _]:
            return "/api/checks"
        case [first, *rest] if first in _RESTORES and rest:
            return "/".join(["/api/restores", *rest])
        case ["restores", restore_id, last] if last.lower() in _OF_A_RESTORE:
            return f"/api/restores/{restore_id}{_OF_A_RESTORE[last.lower()]}"
    return None


def in_query(user: str) -> str:
    """A person as it stands in the query of an address."""
    return quote(user[:_LONGEST_USER], safe="@")
