"""Put a text into a document: its code, and the words for the reader."""

from collections.abc import Sequence

from shared.domain.outcomes import Code, Outcome, Status, refuses
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


def outcome_document(outcome: Outcome, reader: Reader, *, warned_of: Sequence[str] = ()) -> Json:
    """How a restore ended; what it had changed before comes first.

    `warned_of`: the codes of its warnings. No success is to be read without them, and no refusal
    without those that would be the next one: these are told before anybody sends it again.
    """
    document = said(outcome.text, reader)
    fix = [document["fix"]]
    if also := _also_in_the_way(outcome, warned_of):
        more = text("see-warnings", "in-the-way", count=len(also), codes=tuple(dict.fromkeys(also)))
        fix.insert(0, words(more, reader).message)
    if _has_more_to_read(outcome, warned_of):
        fix.append(words(_SEE_WARNINGS, reader).message)
    document["fix"] = " ".join(map(str, fix))
    if outcome.before is not None:
        document["message"] = f"{words(outcome.before, reader).message} {document['message']}"
    return document


def _also_in_the_way(outcome: Outcome, warned_of: Sequence[str]) -> tuple[str, ...]:
    """What a restore that was refused would be refused with next."""
    if outcome.status is not Status.REFUSED:
        return ()
    return tuple(code for code in warned_of if refuses(code) and code != Code.NOT_APPROVED)


def _has_more_to_read(outcome: Outcome, warned_of: Sequence[str]) -> bool:
    """Whether the warnings belong to a success, or tell of an approval that comes next."""
    if outcome.status is Status.REFUSED:
        return Code.NOT_APPROVED in warned_of
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
