"""Read the settings that say whom nobody may bring back."""

import re
from typing import Final

from shared.domain.marks.do_not_restore import MarkRule
from shared.settings.reader import SettingsReader

_ATTRIBUTE: Final = "DO_NOT_RESTORE_ATTRIBUTE"

# Text properties of a user that Graph shows with User.Read.All alone, and the extensions of it.
# Source: Microsoft "user resource type", "Add custom data to resources using extensions".
_PLAIN: Final = ("employeeType", "department", "companyName", "jobTitle", "officeLocation")
_NUMBERED: Final = tuple(f"extensionAttribute{number}" for number in range(1, 16))
_BY_LOWER: Final = {name.lower(): name for name in (*_PLAIN, *_NUMBERED)}
_EXTENSION: Final = re.compile(r"extension_[0-9A-Fa-f]{32}_[A-Za-z0-9_]{1,120}")
_MOST: Final = 1024
_WRITE: Final = (
    "name=value, such as extensionAttribute15=leaver, where the name is extensionAttribute1 to 15,"
    f" {', '.join(_PLAIN)}, or a directory extension (extension_<32 hex digits>_<name>)"
)


def read_mark(reader: SettingsReader) -> MarkRule:
    """DO_NOT_RESTORE_GROUP and DO_NOT_RESTORE_ATTRIBUTE."""
    group = reader.guid("DO_NOT_RESTORE_GROUP")
    name, value = _attribute(reader)
    return MarkRule(group.lower() if group is not None else None, name, value)


def _attribute(reader: SettingsReader) -> tuple[str | None, str | None]:
    written = reader.text(_ATTRIBUTE)
    if written is None:
        return None, None
    name, has_value, value = (part.strip() for part in written.partition("="))
    known = name if _EXTENSION.fullmatch(name) else _BY_LOWER.get(name.lower())
    if known is None:
        reader.fault(_ATTRIBUTE, "names no property that the service can look at", _WRITE)
    elif not has_value or not value or len(value) > _MOST or not value.isprintable():
        reader.fault(_ATTRIBUTE, "has no value to look for", _WRITE)
    return known, value
