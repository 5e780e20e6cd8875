"""Describe the service as a whole in OpenAPI: groups, licence, how to sign in."""

from typing import Any, Final

from shared import __version__
from shared.intake.operations.model import Operation

type Json = dict[str, Any]

_DESCRIPTION: Final = (
    "Brings deleted Microsoft 365 users and mailboxes back before their 30 days run out. A restore"
    " is asked for with POST, answered 202 with Location and Retry-After, and looked at there"
    " until the answer is 200. A business no is a finished restore with the status refused, never"
    " an error."
)
_LOGIN: Final = "https://login.microsoftonline.com/organizations/oauth2/v2.0"
_API: Final = "api://API-CLIENT-ID"

_GROUPS: Final = {
    "restores": "Ask for restores, follow them, call them off.",
    "tenant": "What was lost, and what can bring it back.",
    "batches": "Many restores at once.",
    "guards": "Standing orders: whom to restore as soon as they are lost.",
    "events": "Being told, in place of asking.",
    "trail": "What was done, and proof that nobody has rewritten it.",
    "service": "The service itself.",
}
TAGS: Final[list[Json]] = [{"name": name, "description": text} for name, text in _GROUPS.items()]

# The first part of a path, where it is not the group's own name.
_GROUP_OF: Final = {
    "mailboxes": "restores",
    "users": "restores",
    "licenses": "tenant",
    "checks": "restores",
    "losses": "tenant",
    "subscriptions": "events",
    "people": "trail",
    "health": "service",
    "me": "service",
    "status": "service",
}

SECURITY_SCHEMES: Final[Json] = {
    "entra": {
        "type": "oauth2",
        "description": "With AUTH_MODE=entra; app roles decide what a caller may do. In place of"
        " API-CLIENT-ID stands the client id of the API's registration.",
        "flows": {
            "authorizationCode": {
                "authorizationUrl": f"{_LOGIN}/authorize",
                "tokenUrl": f"{_LOGIN}/token",
                "scopes": {f"{_API}/user_impersonation": "As the person who is signed in."},
            },
            "clientCredentials": {
                "tokenUrl": f"{_LOGIN}/token",
                "scopes": {f"{_API}/.default": "As an application, with the roles it was given."},
            },
        },
    },
    "functionKey": {
        "type": "apiKey",
        "in": "header",
        "name": "x-functions-key",
        "description": "With AUTH_MODE=keys.",
    },
}


def info() -> Json:
    """Title, version, whom to ask, and the licence."""
    return {
        "title": "Reprieve",
        "version": __version__,
        "description": _DESCRIPTION,
        "contact": {"name": "Whoever runs the service", "url": "https://reprieve.example.com"},
        "license": {"name": "MIT", "identifier": "MIT"},
    }


def servers(host: str) -> list[Json]:
    """Where the app is. Without a variable: generators leave its name in the address."""
    return [
        {"url": f"https://{host}/api", "description": "Your function app, or what is in front."}
    ]


def tag_of(operation: Operation) -> str:
    """The group of an operation."""
    first, _, rest = operation.path.partition("/")
    group = "restores" if rest == "restore" else _GROUP_OF.get(first, first)
    if group not in _GROUPS:
        raise LookupError(f"{operation.id}: no group for /{first}; add it to _GROUP_OF")
    return group
