"""Parse `$search` on directory objects: quoted `property:text` clauses with AND and OR.

Names and descriptions are cut into words, and each word sought begins one of them; of the other
properties, the text sought is the beginning. Source: Microsoft "Use the $search query parameter".
"""

import re
from collections.abc import Callable
from typing import Any

from infra.local.graph.web.wire import GraphError, Json

_CLAUSE = re.compile(r'"(?P<name>[A-Za-z]+):(?P<text>(?:[^"\\]|\\.)*)"')
_WORD = re.compile(r"[^\W_]+")
_IN_WORDS = frozenset({"displayname", "description"})
_SEARCHABLE = _IN_WORDS | {"mail", "userprincipalname", "givenname", "surname", "othermails"}


def search_test(text: str) -> Callable[[Json], bool]:
    """Answer the test a search text stands for; raises GraphError (400) for any other text."""
    rest = text.strip()
    words = re.split(r"\s+(AND|OR)\s+", rest)
    clauses = [_clause(word, text) for word in words[::2]]
    joins = words[1::2]

    def holds(item: Json) -> bool:
        result = clauses[0](item)
        for join, clause in zip(joins, clauses[1:], strict=True):
            result = (result and clause(item)) if join == "AND" else (result or clause(item))
        return result

    return holds


def _clause(word: str, whole: str) -> Callable[[Json], bool]:
    match = _CLAUSE.fullmatch(word.strip())
    if match is None or match["name"].lower() not in _SEARCHABLE:
        raise GraphError(
            400,
            "Request_BadRequest",
            f'Syntax error: the search text {whole!r} is not of the form "property:text".',
        )
    name, sought = match["name"].lower(), match["text"].replace('\\"', '"').casefold()

    def holds(item: Json) -> bool:
        found: Any = next((value for key, value in item.items() if key.lower() == name), None)
        values = found if isinstance(found, list) else [found]
        texts = (str(value).casefold() for value in values if value)
        if name in _IN_WORDS:
            return any(_words_begin(text, sought) for text in texts)
        return any(text.startswith(sought) for text in texts)

    return holds


def _words_begin(text: str, sought: str) -> bool:
    words = _WORD.findall(text)
    return all(any(word.startswith(one) for word in words) for one in _WORD.findall(sought))
