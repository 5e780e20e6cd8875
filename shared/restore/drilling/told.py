"""Remember which drill was the last one, and tell that it has ended, by an event to alert on."""

from datetime import timedelta

from shared.documents.drill import drill_document
from shared.domain.decision import StepName
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.values.json_values import Json, instant
from shared.ports.deps import IntakeDeps
from shared.texts.reader import Reader

# When the last drill was begun lies under this name, and its id follows from that.
DRILL = "drill"

# The deletion is filed as the service's own within seconds of being sent.
_FILED_WITHIN = timedelta(minutes=5)


async def note_begun(record: Record, deps: IntakeDeps) -> None:
    """Remember this drill as the last one, unless a later one is; any number of times.

    Raises:
        StorageUnavailableError: it may be remembered.
    """
    last = await deps.health_signals.last_beat(DRILL)
    if last is None or last < record.created_at:
        await deps.health_signals.beat(DRILL, record.created_at)


async def tell_drill(record: Record, deps: IntakeDeps) -> None:
    """Publish the event, if this is a drill; any number of times, with the same id.

    Raises:
        StorageUnavailableError: it may be published.
    """
    if record.kind is RestoreKind.DRILL:
        await note_begun(record, deps)
        await _give_up_explaining(record, deps)
        await deps.outbox.publish_alert(_event(record, deps.audience.everybody()))


async def _give_up_explaining(record: Record, deps: IntakeDeps) -> None:
    """Let everybody take an account that this drill has left deleted for lost, which it is."""
    person, step = record.person, record.step(StepName.DELETE_USER)
    if person is None or step is None or step.started_at is None or not record.is_away:
        return
    since, until = step.started_at - _FILED_WITHIN, step.started_at + _FILED_WITHIN
    filed = [one async for one in deps.watch.taken.between(since, until)]
    for user_id, at in filed:
        if user_id == person.id:
            await deps.watch.taken.forget(user_id, at)


def _event(record: Record, reader: Reader) -> Json:
    return {
        "specversion": "1.0",
        "id": f"drill-finished-{record.id}-{record.attempts}",
        "source": "/reprieve",
        "type": "restore.drill-finished.v1",
        "subject": record.id,
        "time": instant(record.finished_at),
        "datacontenttype": "application/json",
        "data": drill_document(record, reader),
    }
