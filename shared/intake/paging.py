"""Parse what every list query has in common: page size, token, and no unknown parameters."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from shared.domain.outcomes import Code
from shared.domain.text import Text, text
from shared.errors import Fault
from shared.intake.wire.decode import pointer_to

MOST: Final = 100

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

_NUMBER = re.compile(r"[1-9][0-9]{0,3}")

# Where the host itself looks for a function key.
_OF_THE_HOST = frozenset({"code", "clientId"})

_OF_A_PERSON = frozenset({"user", "userid", "userprincipalname", "upn", "mail", "email", "person"})


def page_faults(
    values: Mapping[str, str], is_place: Callable[[str], bool], *, most: int = MOST
) -> Iterator[Fault]:
    """The faults of `top` and `skipToken`; both may be left out."""
    top = values.get("top", "1")
    if _NUMBER.fullmatch(top) is None or int(top) > most:
        yield Fault("/top", text("fault", "no-whole-number", most=most))
    if "skipToken" in values and not is_place(values["skipToken"]):
        yield Fault("/skipToken", text("fault", "no-token"))


def strangers(
    values: Mapping[str, str], known: frozenset[str], *, of_a_person: Text | None = None
) -> Iterator[Fault]:
    """A fault for each parameter that a list does not have: a typo is not ignored in silence.

    Nor is `code` with a code of ours, which was meant as a filter and is no key of the host.
    `of_a_person` is said of those by which one person is asked for: where else to ask.
    """
    has = text("fault", "no-parameter", known=tuple(sorted(known)))
    wrong = has if known else text("fault", "no-parameters")
    elsewhere = of_a_person or wrong
    of_the_host = _OF_THE_HOST - ({"code"} if values.get("code") in set(Code) else set())
    for name in sorted(values.keys() - known - of_the_host):
        said = elsewhere if name.lower() in _OF_A_PERSON else wrong
        yield Fault(pointer_to("", name[:64]), said)


def encode_token(text: str) -> str:
    """The text as one word that a query string holds as it is."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_token(token: str, *, longest: int) -> str | None:
    """The ASCII text of a token, or None for a word that never was one."""
    if len(token) > longest:
        return None
    try:
        padded = token + "=" * (-len(token) % 4)
        return base64.b64decode(padded, altchars=b"-_", validate=True).decode("ascii")
    except ValueError:
        return None
