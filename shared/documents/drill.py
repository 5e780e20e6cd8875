"""Build the document of a drill that has ended: how it ended, and how long each step took."""

from shared.documents.outcome import outcome_document
from shared.domain.records.progress import Step
from shared.domain.records.record import Record
from shared.domain.values.json_values import Json, instant
from shared.texts.reader import Reader


def drill_document(record: Record, reader: Reader) -> Json:
    """The data of `restore.drill-finished.v1` for this reader; times as everywhere."""
    person = record.person
    return {
        "restoreId": record.id,
        "status": record.status.value,
        "outcome": outcome_document(record.outcome, reader) if record.outcome else None,
        "userId": person.id if person is not None else None,
        "startedAt": instant(record.created_at),
        "finishedAt": instant(record.finished_at),
        "seconds": seconds_of(record),
        "steps": [
            {"name": step.name.value, "status": step.status.value, "seconds": seconds_of_step(step)}
            for step in record.steps
        ],
    }


def seconds_of(record: Record) -> float | None:
    """How long the drill took, from its beginning to its end; None before that."""
    ended_at = record.finished_at
    return None if ended_at is None else _seconds((ended_at - record.created_at).total_seconds())


def seconds_of_step(step: Step) -> float | None:
    """How long a step took, its waits included; None for one that is not over."""
    if step.started_at is None or step.ended_at is None:
        return None
    return _seconds((step.ended_at - step.started_at).total_seconds())


def _seconds(span: float) -> float:
    return round(max(span, 0.0), 1)
