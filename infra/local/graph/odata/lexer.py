"""Cut a `$filter` text into tokens."""

import re
from dataclasses import dataclass

from infra.local.graph.web.wire import GraphError

_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<string>'(?:[^']|'')*')
    | (?P<guid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-]))
    | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}
        (?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,12})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?(?![\w]))
    | (?P<number>-?[0-9]{1,18}(?:\.[0-9]{1,12})?(?![\w.-]))
    | (?P<name>\$?[A-Za-z_@][A-Za-z0-9_.]*)
    | (?P<mark>[(),:/])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a filter; the text of a string is already unescaped."""

    kind: str
    text: str
    at: int


def invalid_filter(reason: str) -> GraphError:
    """Answer the 400 for a filter that cannot be read."""
    return GraphError(400, "BadRequest", f"Invalid filter clause: {reason}")


def tokens(text: str) -> list[Token]:
    """Answer the tokens of a filter; raises GraphError (400) where it cannot be cut."""
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise invalid_filter(_complaint(text, at))
        kind = str(match.lastgroup)
        if kind != "space":
            piece = match.group()
            found.append(Token(kind, _unescaped(piece) if kind == "string" else piece, at))
        at = match.end()
    return found


def _unescaped(piece: str) -> str:
    return piece[1:-1].replace("''", "'")


def _complaint(text: str, at: int) -> str:
    if text[at] == "'":
        return f"There is an unterminated string literal at position {at} in '{text}'."
    return f"Syntax error: character '{text[at]}' is not valid at position {at} in '{text}'."
