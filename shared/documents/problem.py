"""Build the problem document (RFC 9457) of an error."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.documents.outcome import LONGEST_FAULT, fault_document, whole_clauses
from shared.domain.text import Param, Text, text
from shared.domain.values.json_values import Json
from shared.errors import Fault, ProblemCode
from shared.texts.reader import Reader
from shared.texts.render import words

# What each is called, whatever the case; the catalogue has an entry for every code.
_TITLES = {code: Text("title", code.value) for code in ProblemCode}


# In bytes: an answer to a bad request is no larger than a request may be, whatever that says.
_LARGEST = 64 * 1024


def problem_document(told: Text, status: int, reader: Reader, faults: Sequence[Fault] = ()) -> Json:
    """The problem that an error tells this reader; `faults` are those of the request."""
    code, found = ProblemCode(told.code), words(told, reader)
    problem: Json = {
        "type": f"urn:reprieve:problem:{code}",
        "title": words(_TITLES[code], reader).message,
        "status": status,
        "detail": _detail(told, reader) if faults else found.message,
        "code": code.value,
        "fix": found.fix,
    }
    room = _LARGEST - len(json.dumps({**problem, "errors": []}))
    return {**problem, "errors": _that_fit(faults, reader, room)}


def _detail(told: Text, reader: Reader) -> str:
    """As many of the faults as fit, each to its end, and how many more `errors` has."""
    messages = [words(it, reader).message for it in (told, *_with_fewer(told))]
    fits = (it for it in messages if len(it) <= LONGEST_FAULT)
    return next(fits, None) or whole_clauses(messages[-1], LONGEST_FAULT)


def _with_fewer(told: Text) -> Iterator[Text]:
    """The same text with one fault less each time, down to the first one."""
    listed = told.param("faults")
    if not isinstance(listed, tuple):
        return
    for most in range(len(listed) - 1, 0, -1):
        left = text("more", count=sum(map(_count, listed[most:])))
        fewer: dict[str, Param] = {**dict(told.params), "faults": (*listed[:most], left)}
        yield replace(told, params=tuple(fewer.items()))


def _count(listed: str | Text) -> int:
    """How many faults an entry of the list stands for."""
    count = listed.param("count") if isinstance(listed, Text) and listed.code == "more" else 1
    return count if isinstance(count, int) else 1


def _that_fit(faults: Sequence[Fault], reader: Reader, room: int) -> list[Json]:
    told: list[Json] = []
    for fault in faults:
        told.append(fault_document(fault, reader))
        room -= len(json.dumps(told[-1])) + len(", ")
        if room < 0:
            return told[:-1]
    return told
