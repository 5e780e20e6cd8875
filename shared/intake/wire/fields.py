"""The kinds of text a request may hold, each with its rule; used by the wire models.

A rule says what is wrong with a value and what to write instead, without quoting the value: it
may be a secret.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from shared.domain.ids import is_guid

# In characters. A mail address has at most 320: 64, the @ and 255 (RFC 3696, RFC 5321).
MAX_PERSON: Final = 320
MAX_KEY: Final = 128
MAX_NAME: Final = 256
MAX_TICKET: Final = 128
MAX_REASON: Final = 1024
MAX_URL: Final = 2048

# 64 before the @ and 48 after it. Source: Microsoft Learn, "Microsoft Entra UserPrincipalName
# population".
MAX_PRINCIPAL_NAME: Final = 113

type Rule = Callable[[str], str | None]
"""Says what is wrong with a text, or None."""

# The clock's last day cannot be added to, nor its first taken from; nobody means either.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
_NAME_AT_DOMAIN = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")


def wrong_key(key: str) -> str | None:
    """What is wrong with an idempotency key, or None; the same rule at every door."""
    return _all(key, (_length(1, MAX_KEY), _printable))


def wrong_url(url: str) -> str | None:
    """What is wrong with the form of a URL to be called, or None."""
    return _all(url, (_length(1, MAX_URL), _printable, _https))


def _all(text: str, rules: tuple[Rule, ...]) -> str | None:
    """Whatever is wrong by these rules; nothing but its length, the first rule, of what is long."""
    first, *others = rules
    wrong = first(text)
    return wrong or "; ".join(wrong for rule in others if (wrong := rule(text))) or None


def _obey(*rules: Rule) -> AfterValidator:
    def check(text: str) -> str:
        wrong = _all(text, rules)
        if wrong:
            raise PydanticCustomError("rule", "{wrong}", {"wrong": wrong})
        return text

    return AfterValidator(check)


def _length(least: int, most: int) -> Rule:
    def rule(text: str) -> str | None:
        if len(text) < least:
            return f"is empty; write {least} to {most:,} characters"
        if len(text) > most:
            return f"has {len(text):,} characters; write at most {most:,}"
        return None

    return rule


def _printable(text: str) -> str | None:
    return _visible(text, also="")


def _prose(text: str) -> str | None:
    return _visible(text, also="\t\n\r")


def _visible(text: str, *, also: str) -> str | None:
    for index, character in enumerate(text):
        if not character.isprintable() and character not in also:
            place = f"U+{ord(character):04X} at position {index + 1}"
            return f"holds a character that cannot be seen ({place}); take it out"
    return None


def _guid(text: str) -> str | None:
    if is_guid(text):
        return None
    return "is not a GUID; write it like 6fd2c87f-b296-42f0-b197-1e91e994b900"


def _name_at_domain(text: str) -> str | None:
    if _NAME_AT_DOMAIN.fullmatch(text):
        return None
    return "is not a user principal name; write name@domain, on a verified domain of the tenant"


def _https(text: str) -> str | None:
    advice = "; write an absolute https URL, such as https://example.logic.azure.com/..."
    if not text.isascii() or " " in text or "\\" in text:
        return f"holds a space, a backslash or a character outside ASCII{advice}"
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return f"is not a URL{advice}"
    if parts.scheme != "https" or not host:
        return f"is not an https URL with a host{advice}"
    if parts.username is not None or parts.fragment:
        return f"carries a user name, a password or a fragment{advice}"
    return None


def _instant(value: object) -> object:
    """The aware UTC instant an RFC 3339 text names; digits beyond microseconds are cut off.

    Logic Apps write seven of them. A leap second (:60) is refused: Python has no such instant.
    Source: RFC 3339 section 5.6; Microsoft Learn, "Workflow expression functions", utcNow.
    """
    example = "write RFC 3339, such as 2026-05-01T08:00:00Z"
    if not isinstance(value, str):
        raise PydanticCustomError("rule", f"must be a time in quotes; {example}")
    match = _TIME.fullmatch(value)
    if match is None:
        raise PydanticCustomError("rule", f"is not a time; {example}")
    day, clock, fraction, offset = match.groups()
    if offset is None:
        raise PydanticCustomError(
            "rule", f"does not say which zone it is in; end it with Z or +hh:mm, {example}"
        )
    micros = (fraction or ".0")[:7]
    try:
        instant = datetime.fromisoformat(f"{day}T{clock}{micros}{offset.upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise PydanticCustomError("rule", f"is not on the calendar or clock; {example}") from None
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        years = f"{_FIRST_YEAR} to {_LAST_YEAR}"
        raise PydanticCustomError("rule", f"is not in the years {years}; {example}")
    return instant


Key = Annotated[
    str, _obey(wrong_key), Field(json_schema_extra={"minLength": 1, "maxLength": MAX_KEY})
]
Person = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    _obey(_length(1, MAX_PERSON), _printable),
    Field(json_schema_extra={"minLength": 1, "maxLength": MAX_PERSON}),
]
Name = Annotated[
    str,
    _obey(_length(1, MAX_NAME), _printable),
    Field(json_schema_extra={"minLength": 1, "maxLength": MAX_NAME}),
]
Line = Annotated[
    str, _obey(_length(1, MAX_URL), _printable), Field(json_schema_extra={"minLength": 1})
]
PartNumber = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    _obey(_length(1, MAX_NAME), _printable),
    Field(json_schema_extra={"minLength": 1, "maxLength": MAX_NAME}),
]
Ticket = Annotated[
    str,
    _obey(_length(0, MAX_TICKET), _printable),
    Field(json_schema_extra={"maxLength": MAX_TICKET}),
]
Reason = Annotated[
    str,
    _obey(_length(0, MAX_REASON), _prose),
    Field(json_schema_extra={"maxLength": MAX_REASON}),
]
Guid = Annotated[
    str, _obey(_guid), AfterValidator(str.lower), Field(json_schema_extra={"format": "uuid"})
]
PrincipalName = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    _obey(_length(1, MAX_PRINCIPAL_NAME), _printable, _name_at_domain),
    Field(
        json_schema_extra={
            "minLength": 1,
            "maxLength": MAX_PRINCIPAL_NAME,
            # With the blanks around it that are taken off.
            "pattern": rf"^\s*{_NAME_AT_DOMAIN.pattern}\s*$",
        }
    ),
]
HttpsUrl = Annotated[
    str,
    _obey(_length(1, MAX_URL), _printable, _https),
    Field(json_schema_extra={"format": "uri", "maxLength": MAX_URL}),
]
Instant = Annotated[datetime, BeforeValidator(_instant)]
