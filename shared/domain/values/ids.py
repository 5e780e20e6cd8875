"""Recognise object ids as Entra ID writes them, and what may be an address."""

import re
from uuid import UUID

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_GUID_LENGTH = 36


_PREFIX_LENGTH = 32


def prefixed_id(name: str) -> str | None:
    """The object id in front of a name, as Entra ID lists deleted users; None: there is none.

    Source: msgraph-sdk-powershell issue 2256.
    """
    digits, rest = name[:_PREFIX_LENGTH].lower(), name[_PREFIX_LENGTH:]
    if "@" not in rest or re.fullmatch(r"[0-9a-f]{32}", digits) is None:
        return None
    return str(UUID(hex=digits))


def may_be_address(name: str) -> bool:
    """Whether a user name or a mail address may look so: each has an @."""
    return "@" in name


def is_guid(text: str) -> bool:
    """Whether the whole text is a GUID with dashes, in either case."""
    # The length first: a file of 4 MiB may have two million names to tell apart.
    return len(text) == _GUID_LENGTH and GUID.fullmatch(text) is not None
