"""Recognise a person who is written in a form under which nobody can be looked up."""

import re
from typing import Final

from shared.domain.text import Text, text
from shared.domain.values.ids import GUID, is_guid

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

# A link, as Outlook and Teams copy it, and the entries of proxyAddresses.
_BEHIND = re.compile(r"(mailto|smtp|sip):.+", re.IGNORECASE)
_LINK = re.compile(r"https?://.+", re.IGNORECASE)

_QUOTES: Final = "\"'`\u00b4\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb"
_IN_QUOTES = re.compile(f"[{_QUOTES}][^{_QUOTES}]+[{_QUOTES}]")
_MARKS: Final = (";", ",", ".", ":", "|")

# What a keyboard for Chinese or Japanese writes for the signs of ASCII.
# Source: Unicode, block "Halfwidth and Fullwidth Forms".
_WIDE = re.compile("[\uff01-\uff5e]")
_AT: Final = ("@", "\uff20")

# A GUID without its hyphens, or not whole.
_BROKEN_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{1,12}(-[0-9a-f]{1,12}){4}", re.IGNORECASE)

# A telephone or employee number: no user name is without an @.
_NUMBER = re.compile(r"\+?[\d ()./-]*\d[\d ()./-]{2,}")

# A security identifier, a distinguished name, an address of Exchange's own. Source: Microsoft
# Learn, "Security identifiers" and "Distinguished Names"; MS-OXOABK, section 2.2.
_INSIDE = re.compile(r"S-1(-\d+)+|(CN|OU)=.+|(x500:)?/o=.+", re.IGNORECASE)

# The first that fits is told.
_FORMS: Final = (
    (_IN_BRACES, text("fault", "person-in-braces")),
    (_WITH_NAME, text("fault", "person-with-name")),
    (_OF_DOMAIN, text("fault", "person-of-domain")),
    (_LINK, text("fault", "person-in-link")),
    (_INSIDE, text("fault", "person-inside")),
    (_NUMBER, text("fault", "person-number")),
    (_BROKEN_ID, text("fault", "person-broken-id")),
)


def not_one_person(value: str) -> Text | None:
    """What to write in place of a name that means several people, or nobody in this form."""
    if is_guid(value):
        return None
    for form, wrong in _FORMS:
        if form.fullmatch(value):
            return wrong
    people = _ONE_PERSON.findall(value) if _BETWEEN.search(value) else ()
    if len(people) > 1:
        return text("fault", "several-people", count=len(people))
    return _with_something(value)


def _with_something(value: str) -> Text | None:
    """What came along out of another program: a prefix, quotation marks, the end of a sentence."""
    if (behind := _BEHIND.fullmatch(value)) is not None:
        return text("fault", "person-behind", prefix=f"{behind[1].lower()}:")
    if _IN_QUOTES.fullmatch(value):
        return text("fault", "person-in-quotes")
    if any(at in value for at in _AT) and _WIDE.search(value):
        return text("fault", "person-wide")
    if value.endswith(_MARKS) and ("@" in value or is_guid(value[:-1])):
        return text("fault", "person-with-mark", mark=value[-1])
    return None
