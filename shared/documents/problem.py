"""Build the problem document (RFC 9457) of an error."""

import json
from collections.abc import Sequence

from shared.documents.outcome import LONGEST_FAULT, fault_document
from shared.domain.text import Text
from shared.domain.values.json_values import Json
from shared.errors import Fault, ProblemCode, cut
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
        # `errors` has the rest of what is wrong with a request.
        "detail": cut(found.message, LONGEST_FAULT) if faults else found.message,
        "code": code.value,
        "fix": found.fix,
    }
    room = _LARGEST - len(json.dumps({**problem, "errors": []}))
    return {**problem, "errors": _that_fit(faults, reader, room)}


def _that_fit(faults: Sequence[Fault], reader: Reader, room: int) -> list[Json]:
    told: list[Json] = []
    for fault in faults:
        told.append(fault_document(fault, reader))
        room -= len(json.dumps(told[-1])) + len(", ")
        if room < 0:
            return told[:-1]
    return told
