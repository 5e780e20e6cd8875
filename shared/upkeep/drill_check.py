"""Tell how the last drill went, and how long each of its steps took, in the status."""

from datetime import timedelta

from shared.documents.drill import seconds_of, seconds_of_step
from shared.domain.drills.drill import tries_again_at
from shared.domain.outcomes import Status
from shared.domain.records.record import Record
from shared.domain.text import Text, text
from shared.domain.values.json_values import instant


def drill_told(record: Record | None, retention: timedelta) -> tuple[Text, bool]:
    """What is to be said of the last drill, if there was one, and whether all is well."""
    if record is None:
        return text("status", "drill-none"), True
    ending, at = record.outcome, instant(record.created_at)
    if ending is None:
        return text("status", "drill-under-way", at=at, restore_id=record.id), True
    steps = tuple(_steps(record))
    seconds = round(seconds_of(record) or 0)
    if record.status is Status.SUCCEEDED and not record.is_away:
        done = text("status", "drill", at=at, said=ending.text, seconds=seconds, steps=steps)
        return done, True
    if ending.before is None:
        return text("status", "drill-failed", at=at, said=ending.text, restore_id=record.id), False
    said, before = ending.text, ending.before
    if tries_again_at(record, retention) is None:
        over = text(
            "status", "drill-failed-before", at=at, said=said, before=before, restore_id=record.id
        )
        return over, False
    away = text(
        "status", "drill-failed-then", at=at, said=said, before=before, restore_id=record.id
    )
    return away, False


def _steps(record: Record) -> list[Text]:
    told = []
    for step in record.steps:
        seconds = seconds_of_step(step)
        if seconds is not None:
            told.append(text("status", "drill-step", step=step.name.value, seconds=seconds))
    return told
