"""Tell that a drill has ended, by an event on the queue of alerts."""

from shared.documents.drill import drill_document
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.domain.values.json_values import Json, instant
from shared.ports.deps import IntakeDeps
from shared.texts.reader import Reader


async def tell_drill(record: Record, deps: IntakeDeps) -> None:
    """Publish the event, if this is a drill; any number of times, with the same id.

    Raises:
        StorageUnavailableError: it may be published.
    """
    if record.kind is RestoreKind.DRILL:
        await deps.outbox.publish_alert(_event(record, deps.audience.everybody()))


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
