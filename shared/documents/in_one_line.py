"""Tell all of a restore in one line of a table, which has a cell for each of message and fix."""

from collections.abc import Iterable

from shared.documents.candidate import candidates_told
from shared.documents.outcome import outcome_document
from shared.documents.waiting import waiting_document
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.texts.reader import Reader
from shared.texts.render import Words, words


def standing_in_one_line(record: Record, reader: Reader) -> Words:
    """How it ended or what it waits for, whom its name could mean, and what it warns of.

    For a reader of a table: the words name no field that only JSON has.
    """
    reader = reader.at_a_table()
    told = _standing(record, reader)
    warned = [words(it.text, reader) for it in record.warnings]
    warnings = [words(text("warned-of", warning=it.text), reader).message for it in record.warnings]
    near = candidates_told(record.candidates, reader)
    return Words(
        _joined([told.message, near, *warnings]), _joined([told.fix, *(it.fix for it in warned)])
    )


def _standing(record: Record, reader: Reader) -> Words:
    if record.outcome is not None:
        ended = outcome_document(record.outcome, reader)
        return Words(str(ended["message"]), str(ended["fix"]))
    waits = waiting_document(record, reader)
    return Words("", "") if waits is None else Words(str(waits["message"]), str(waits["fix"]))


def _joined(sentences: Iterable[str]) -> str:
    """What says something, each once."""
    return " ".join(filter(None, dict.fromkeys(sentences)))
