"""Describe the closed sets of codes, each with its meaning from the catalogue of texts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from infra.connector.documents.enums import Schema
from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Code
from shared.domain.text import Text
from shared.errors import ProblemCode
from shared.texts.reader import Reader
from shared.texts.render import words


def one_of(*sets: type[StrEnum]) -> dict[str, Any]:
    """What the schema of a field says that holds one of these codes."""
    return {"enum": [member.value for one in sets for member in one]}


def _described(*sets: type[StrEnum]) -> Schema:
    meanings = [_meaning(member) for one in sets for member in one]
    return {"type": "string", **one_of(*sets), "x-enum-descriptions": meanings}


def _meaning(code: StrEnum) -> str:
    topic = "title" if isinstance(code, ProblemCode) else "meaning"
    return words(Text(topic, code.value), Reader()).message


CODE_SETS: Final[Mapping[str, Schema]] = {
    "OutcomeCode": _described(Code),
    "FindingCode": _described(Code, FindingCode),
    "ProblemCode": _described(ProblemCode),
}
"""By name, with a meaning for each value in its order: a field with such a set refers to it."""
