"""An error as callers see it: a problem document. Source: RFC 9457."""

from collections.abc import Sequence

from shared.documents.said import fault_document
from shared.domain.json_values import Json
from shared.domain.text import Text
from shared.errors import Fault, ProblemCode
from shared.texts.reader import Reader
from shared.texts.render import words

# What each is called, whatever the case; the catalogue has an entry for every code.
_TITLES = {code: Text("title", code.value) for code in ProblemCode}


def problem_document(told: Text, status: int, reader: Reader, faults: Sequence[Fault] = ()) -> Json:
    """The problem that an error tells this reader; `faults` are those of the request."""
    code, found = ProblemCode(told.code), words(told, reader)
    return {
        "type": f"urn:reprieve:problem:{code}",
        "title": words(_TITLES[code], reader).message,
        "status": status,
        "detail": found.message,
        "code": code.value,
        "fix": found.fix,
        "errors": [fault_document(fault, reader) for fault in faults],
    }
