"""Read which account drills delete and bring back."""

import re

from shared.domain.values.ids import GUID
from shared.settings.reader import SettingsReader

_ID_OR_NAME = re.compile(rf"{GUID.pattern}|[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def read_drill_user(reader: SettingsReader) -> str | None:
    """The object id of the account, or its user principal name, in lower case; None: no drills.

    A name means the account that has just this user principal name, and nobody who has it as an
    alias or had it before.
    """
    user = reader.matching(
        "DRILL_USER",
        _ID_OR_NAME,
        "the object id of one throw-away account (Entra admin centre, Users, the user, Overview,"
        " Object ID), or its user principal name",
    )
    return None if user is None else user.lower()
