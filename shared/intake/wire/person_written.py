"""Recognise a person who is written in a form under which nobody can be looked up."""

import re
from typing import Final

from shared.domain.text import Text, text
from shared.domain.values.ids import GUID

_ADDRESS: Final = r"[^\s@<>,;|]+@[^\s@<>,;|]+"
_ONE_PERSON = re.compile(f"{_ADDRESS}|{GUID.pattern}")
_BETWEEN = re.compile(r"[\s,;|<]")

# As PowerShell and the registry write a GUID.
_IN_BRACES = re.compile(rf"\{{{GUID.pattern}\}}")

# As Outlook copies it: Megan Bowen <megan.bowen@contoso.com>
_WITH_NAME = re.compile(rf"[^<>@]*<{_ADDRESS}>")

# At most 15 characters before the backslash. Source: Microsoft Learn, "Naming conventions in
# Active Directory for computers, domains, sites, and OUs", NetBIOS domain names.
_OF_DOMAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{1,14}\\[\w.-]{2,}")


def not_one_person(value: str) -> Text | None:
    """What to write in place of a name that means several people, or nobody in this form."""
    if _IN_BRACES.fullmatch(value):
        return text("fault", "person-in-braces")
    if _WITH_NAME.fullmatch(value):
        return text("fault", "person-with-name")
    if _OF_DOMAIN.fullmatch(value):
        return text("fault", "person-of-domain")
    people = _ONE_PERSON.findall(value) if _BETWEEN.search(value) else ()
    return text("fault", "several-people", count=len(people)) if len(people) > 1 else None
