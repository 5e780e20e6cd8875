"""Put a text into a document: its code, and the words for the reader."""

from collections.abc import Iterable

from shared.domain.outcomes import Outcome, Status, refuses
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json
from shared.errors import Fault
from shared.texts.reader import Reader
from shared.texts.render import words

_SEE_WARNINGS = text("see-warnings")

# In characters: a longer sentence about one field is cut.
LONGEST_FAULT = 300


def said(told: Text, reader: Reader) -> Json:
    """`code`, `message` and `fix` of this text, in the reader's words."""
    found = words(told, reader)
    return {"code": told.code, "message": found.message, "fix": found.fix}


def outcome_document(outcome: Outcome, reader: Reader, *, warned_of: Iterable[str] = ()) -> Json:
    """How a restore ended; what it had changed before comes first.

    `warned_of`: the codes of its warnings. No success is to be read without them, and no refusal
    without those that would be the next one.
    """
    document = said(outcome.text, reader)
    if _has_more_to_read(outcome, warned_of):
        document["fix"] = f"{document['fix']} {words(_SEE_WARNINGS, reader).message}"
    if outcome.before is not None:
        document["message"] = f"{words(outcome.before, reader).message} {document['message']}"
    return document


def _has_more_to_read(outcome: Outcome, warned_of: Iterable[str]) -> bool:
    if outcome.status is Status.REFUSED:
        return any(map(refuses, warned_of))
    return outcome.status is Status.SUCCEEDED and any(warned_of)


def fault_document(fault: Fault, reader: Reader) -> Json:
    """One thing wrong with a request: where, and what to write instead."""
    message = whole_clauses(words(fault.text, reader).message, LONGEST_FAULT)
    return {"pointer": fault.pointer, "message": message}


def whole_clauses(written: str, longest: int) -> str:
    """The text, or as many whole clauses from its beginning as fit.

    A list at the end, behind a colon, keeps as many whole entries as fit; a text of one clause, as
    what somebody else wrote may be, its whole words.
    """
    if len(written) <= longest:
        return written
    head = written[: longest - len(", …")]
    clause, entry = max(head.rfind("; "), head.rfind(". ")), head.rfind(", ")
    if entry > head.rfind(": ") > clause:
        return f"{head[:entry]}, …"
    if clause > 0:
        return f"{head[:clause]}."
    return f"{head[: head.rfind(' ')] if ' ' in head else head}…"
