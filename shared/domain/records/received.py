"""Keep a received message in a form that may be shown: shortened, and without secrets of URLs.

The query of a callback URL is its receiver's secret: whoever has it can start the receiver's flow.
A body that cannot be understood is kept for people to look at, and sent to those who receive the
end of its restore, so the query of every URL in it is blanked, also inside JSON escapes, base64 and
UTF-16, in which an honest sender may have wrapped it.
"""

import base64
import re
from collections.abc import Iterator
from typing import Final

# In UTF-8: with 64 KiB of it the event could not hold anything else.
LARGEST: Final = 32 * 1024

BLANK: Final = "..."

# What stands together: a query may have any sign in it that is neither a space nor the end of a
# text of JSON. Then the beginning of a URL in it, with who signs in, and of its query. A backslash
# may begin an escape of JSON.
_RUN = re.compile(r"[^\s\"]+")
_SCHEME = re.compile(
    r"\b[a-z]{2,8}(?::|\\u003a)(?:\\*/|\\u002f){2}(?:([^/\\?#@]{1,256})@)?", re.IGNORECASE
)
_QUESTION = re.compile(r"\?|\\u003f|%3f|#|\\u0023", re.IGNORECASE)

# A URL without its beginning, or a query alone: the names that signatures and keys go by.
_SECRET = re.compile(
    r"((?:\b|%3f|%26)(?:sig|signature|code|key|token|access_token|secret|password)(?:=|\\u003d|%3d))"
    r"[^\s\"'<>&]+",
    re.IGNORECASE,
)

# Long enough for a URL, and of no other alphabet. Source: RFC 4648, both alphabets.
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")


def shown(body: bytes) -> str:
    """The body as text of at most 32 KiB; bytes that are no UTF-8 are written as escapes."""
    for text in _readings(body):
        bare = _blanked(text)
        if bare != text:
            return _cut(bare)
    return _cut(body.decode("utf-8", "backslashreplace"))


def _readings(body: bytes) -> Iterator[str]:
    """The body as it is, and unwrapped from JSON escapes, base64 or UTF-16."""
    yield _unwrapped("".join(body.decode("latin-1").split()))
    yield body.decode("utf-8", "backslashreplace")
    if b"\x00" in body:
        yield body.replace(b"\x00", b"").decode("utf-8", "backslashreplace")


def _blanked(text: str) -> str:
    bare = _SECRET.sub(rf"\1{BLANK}", _RUN.sub(_without_query, text))
    return _BASE64.sub(_blank_if_secret, bare)


def _without_query(run: re.Match[str]) -> str:
    """The text up to the query of the first URL in it."""
    url = _SCHEME.search(run[0])
    if url is None:
        return run[0]
    begin, rest = run[0][: url.start(1) if url[1] else url.end()], run[0][url.end() :]
    user = f"{BLANK}@" if url[1] else ""
    query = _QUESTION.search(rest)
    return begin + user + (rest if query is None else f"{rest[: query.end()]}{BLANK}")


def _blank_if_secret(run: re.Match[str]) -> str:
    inner = _unwrapped(run[0])
    bare = _SECRET.sub(BLANK, _RUN.sub(_without_query, inner))
    return run[0] if bare == inner else BLANK


def _unwrapped(text: str) -> str:
    """The decoded content of a text in base64; empty if it is none."""
    bare = text.translate(str.maketrans("-_", "+/")).rstrip("=")
    if _BASE64.fullmatch(bare) is None or len(bare) % 4 == 1:
        return ""
    return base64.b64decode(bare + "=" * (-len(bare) % 4)).decode("utf-8", "backslashreplace")


def _cut(text: str) -> str:
    raw = text.encode("utf-8", "backslashreplace")
    return text if len(raw) <= LARGEST else raw[:LARGEST].decode("utf-8", "ignore")
