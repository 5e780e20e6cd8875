"""List what no log line may hold, of all that the tests send through the service."""

import re

from infra.local.host.emulator import EMULATOR_KEY
from infra.local.landscape import IDENTITY_HEADER
from tests.e2e.stage.people import DOMAIN, KEY_MARK, SURNAME

_ADDRESS = re.compile(r"[\w.+-]+(@|%40)[\w-]+\.[\w.-]+")
_TOKEN = re.compile(r"eyJ[\w-]{10,}|not-signed(?!-in)|[Bb]earer ")
_WORDS = (SURNAME, DOMAIN, KEY_MARK, EMULATOR_KEY, IDENTITY_HEADER, "AccountKey")


def telling(line: str) -> bool:
    """Whether the line names somebody, or holds a key, an address or a token."""
    return (
        any(word in line for word in _WORDS)
        or _ADDRESS.search(line) is not None
        or _TOKEN.search(line) is not None
    )
