"""Read which account drills delete and bring back."""

from shared.domain.values.ids import GUID
from shared.settings.reader import SettingsReader


def read_drill_user(reader: SettingsReader) -> str | None:
    """The object id of the account, in lower case; None: there are no drills.

    Why no name: one that is mistyped, or has passed to somebody else, would have a person deleted.
    """
    user_id = reader.matching(
        "DRILL_USER",
        GUID,
        "the object id of one throw-away account, not its name (Entra admin centre, Users, the"
        " user, Overview, Object ID)",
    )
    return None if user_id is None else user_id.lower()
