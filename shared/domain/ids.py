"""Recognise object ids as Entra ID writes them."""

import re

GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def is_guid(text: str) -> bool:
    """Whether the whole text is a GUID with dashes, in either case."""
    return GUID.fullmatch(text) is not None
