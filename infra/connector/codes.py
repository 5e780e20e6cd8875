"""The closed sets of codes, each with what it means, from the catalogue of texts."""

from enum import StrEnum
from typing import Any

from shared.domain.text import Text
from shared.errors import ProblemCode
from shared.texts.reader import Reader
from shared.texts.render import words


def codes(*sets: type[StrEnum]) -> dict[str, Any]:
    """What a schema says of a code: the values, and beside each of them its meaning."""
    members = [member for one in sets for member in one]
    return {
        "enum": [member.value for member in members],
        "x-enum-descriptions": [_meaning(member) for member in members],
    }


def _meaning(code: StrEnum) -> str:
    topic = "title" if isinstance(code, ProblemCode) else "meaning"
    return words(Text(topic, code.value), Reader()).message
