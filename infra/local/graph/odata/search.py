"""`$search` on directory objects: quoted `property:text` clauses joined by AND and OR."""

import re
from collections.abc import Callable

from infra.local.graph.web.wire import GraphError, Json

_CLAUSE = re.compile(r'"(?P<name>[A-Za-z]+):(?P<text>(?:[^"\\]|\\.)*)"')
_SEARCHABLE = frozenset(
    {"displayname", "mail", "userprincipalname", "givenname", "surname", "othermails"}
)


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
        for key, value in item.items():
            if key.lower() == name:
                values = value if isinstance(value, list) else [value]
                return any(sought in str(one).casefold() for one in values if one)
        return False

    return holds
