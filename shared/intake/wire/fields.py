"""Define the kinds of text that a request may hold, each with its rule, for the wire models.

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

from shared.domain.text import Text, text
from shared.domain.values.ids import is_guid
from shared.intake.wire.person_written import not_one_person

# In characters. A mail address has at most 320: 64, the @ and 255 (RFC 3696, RFC 5321).
MAX_PERSON: Final = 320
MAX_KEY: Final = 128
MAX_NAME: Final = 256
MAX_TICKET: Final = 128
MAX_REASON: Final = 1024
MAX_URL: Final = 2048
MAX_PLAN_HASH: Final = 128

# 64 before the @ and 48 after it. Source: Microsoft Learn, "Microsoft Entra UserPrincipalName
# population".
MAX_PRINCIPAL_NAME: Final = 113

type Rule = Callable[[str], Text | None]
"""Says what is wrong with a text, or None."""

# The clock's last day cannot be added to, nor its first taken from; nobody means either.
_FIRST_YEAR, _LAST_YEAR = 1970, 2999

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})?"
)
# The alphabet of user names, with no dot at either end nor two in a row before the @.
# Source: Microsoft Learn, "Prepare for directory synchronization", userPrincipalName.
_LOST_PLUS = re.compile(r" (?=\d\d:\d\d\Z)")
_NAME_CHARACTER = re.compile(r"[A-Za-z0-9'._!#^~@-]")
_WORD = r"[A-Za-z0-9'_!#^~-]+"
_NAME_AT_DOMAIN = re.compile(rf"{_WORD}(\.{_WORD})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_MOST_BEFORE_AT = 64


def wrong_key(key: str) -> tuple[Text, ...]:
    """The fault of an idempotency key, if there is one; the same rule for every request."""
    return _all(key, _KEY_RULES)


def wrong_url(url: str) -> tuple[Text, ...]:
    """The fault in the form of a URL to be called, if there is one."""
    return _all(url, (_length(1, MAX_URL), _printable, _https))


def wrong_person(person: str) -> tuple[Text, ...]:
    """The fault in the length or the characters of a name to look for, if there is one."""
    return _all(person, (_length(0, MAX_PERSON), _printable))


def broken_rule(*wrong: Text) -> PydanticCustomError:
    """The error of a value that breaks rules; each becomes a fault of its own."""
    return PydanticCustomError("rule", "breaks a rule", {"wrong": wrong})


def instant_of(value: object) -> datetime | None:
    """The aware UTC instant that a value of a request names, if it names one."""
    try:
        return _instant(value)
    except PydanticCustomError:
        return None


def instant_in_address(value: str | None) -> datetime | None:
    """The same of a parameter in an address, in which a plus sign arrives as a blank."""
    return instant_of(_LOST_PLUS.sub("+", value)) if value is not None else None


def _all(value: str, rules: tuple[Rule, ...]) -> tuple[Text, ...]:
    """Whatever is wrong by these rules; nothing but its length, the first rule, of what is long."""
    first, *others = rules
    if (wrong := first(value)) is not None:
        return (wrong,)
    return tuple(wrong for rule in others if (wrong := rule(value)) is not None)


def _obey(*rules: Rule) -> AfterValidator:
    def check(value: str) -> str:
        wrong = _all(value, rules)
        if wrong:
            raise broken_rule(*wrong)
        return value

    return AfterValidator(check)


def _length(least: int, most: int) -> Rule:
    def rule(value: str) -> Text | None:
        if len(value) < least:
            return text("fault", "empty", most=most)
        if len(value) > most:
            return text("fault", "too-long", count=len(value), most=most)
        return None

    return rule


def _person(value: str) -> Text | None:
    """Of the field that is left empty most often, in a list above all: what belongs there."""
    return _length(0, MAX_PERSON)(value) if value else text("fault", "no-person")


def _printable(value: str) -> Text | None:
    return _visible(value, also="")


def _prose(value: str) -> Text | None:
    return _visible(value, also="\t\n\r")


def _visible(value: str, *, also: str) -> Text | None:
    for index, character in enumerate(value):
        if not character.isprintable() and character not in also:
            number = f"U+{ord(character):04X}"
            return text("fault", "invisible", character=number, position=index + 1)
    return None


def _guid(value: str) -> Text | None:
    return None if is_guid(value) else text("fault", "no-guid")


def _name_at_domain(value: str) -> Text | None:
    strange = next((one for one in value if not _NAME_CHARACTER.fullmatch(one)), None)
    if strange is not None and not strange.isspace() and "@" in value:
        return text("fault", "user-name-character", character=strange)
    is_short = value.find("@") <= _MOST_BEFORE_AT
    if is_short and _NAME_AT_DOMAIN.fullmatch(value):
        return None
    return text("fault", "no-user-name")


def _https(value: str) -> Text | None:
    if not value.isascii() or " " in value or "\\" in value:
        return text("fault", "url-characters")
    try:
        parts = urlsplit(value)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return text("fault", "no-url")
    if parts.scheme != "https" or not host:
        return text("fault", "not-https")
    if parts.username is not None or parts.fragment:
        return text("fault", "url-parts")
    return None


def _instant(value: object) -> datetime:
    """The aware UTC instant an RFC 3339 text names; digits beyond microseconds are cut off.

    Logic Apps write seven of them. A leap second (:60) is refused: Python has no such instant.
    Source: RFC 3339 section 5.6; Microsoft Learn, "Workflow expression functions", utcNow.
    """
    if not isinstance(value, str):
        raise broken_rule(text("fault", "time-without-quotes"))
    match = _TIME.fullmatch(value)
    if match is None:
        raise broken_rule(text("fault", "no-time"))
    day, clock, fraction, offset = match.groups()
    if offset is None:
        raise broken_rule(text("fault", "time-without-zone"))
    micros = (fraction or ".0")[:7]
    try:
        instant = datetime.fromisoformat(f"{day}T{clock}{micros}{offset.upper()}").astimezone(UTC)
    except (ValueError, OverflowError):
        raise broken_rule(text("fault", "time-off-calendar")) from None
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise broken_rule(text("fault", "time-far", first=_FIRST_YEAR, last=_LAST_YEAR))
    return instant


_KEY_RULES = (_length(1, MAX_KEY), _printable)

Key = Annotated[
    str, _obey(*_KEY_RULES), Field(json_schema_extra={"minLength": 1, "maxLength": MAX_KEY})
]
Person = Annotated[
    str,
    StringConstraints(strip_whitespace=True),
    _obey(_person, _printable, not_one_person),
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
PlanHash = Annotated[
    str,
    _obey(_length(1, MAX_PLAN_HASH), _printable),
    Field(json_schema_extra={"maxLength": MAX_PLAN_HASH}),
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
