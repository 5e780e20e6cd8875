"""Put a text into a document: its code, and the words for the reader."""

from shared.domain.outcomes import Outcome, Status
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json
from shared.errors import Fault, cut
from shared.texts.reader import Reader
from shared.texts.render import words

_SEE_WARNINGS = text("see-warnings")

# In characters: a longer sentence about one field is cut.
LONGEST_FAULT = 300


def said(told: Text, reader: Reader) -> Json:
    """`code`, `message` and `fix` of this text, in the reader's words."""
    found = words(told, reader)
    return {"code": told.code, "message": found.message, "fix": found.fix}


def outcome_document(outcome: Outcome, reader: Reader, *, warns: bool = False) -> Json:
    """How a restore ended; what it had changed before comes first.

    `warns`: it has warnings, which no success is to be read without.
    """
    document = said(outcome.text, reader)
    if warns and outcome.status is Status.SUCCEEDED:
        document["fix"] = f"{document['fix']} {words(_SEE_WARNINGS, reader).message}"
    if outcome.before is not None:
        document["message"] = f"{words(outcome.before, reader).message} {document['message']}"
    return document


def fault_document(fault: Fault, reader: Reader) -> Json:
    """One thing wrong with a request: where, and what to write instead."""
    message = cut(words(fault.text, reader).message, LONGEST_FAULT)
    return {"pointer": fault.pointer, "message": message}
