"""Read which account drills delete and bring back."""

import re

from shared.domain.values.ids import GUID
from shared.settings.reader import SettingsReader

# One account and nothing else: no list, no pattern. Source: Microsoft Learn, "Prepare for directory
# synchronization to Microsoft 365", userPrincipalName: 64 characters, @, 48 characters.
_USER = re.compile(rf"{GUID.pattern}|[^\s@*,;]{{1,64}}@[^\s@*,;]{{1,48}}")


def read_drill_user(reader: SettingsReader) -> str | None:
    """The account; None: there are no drills."""
    return reader.matching(
        "DRILL_USER", _USER, "the object id or the user principal name of one throw-away account"
    )
