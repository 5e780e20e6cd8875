"""Warn of a restore that should move on and does not, although the sweep queued it."""

from datetime import datetime, timedelta

from shared import telemetry
from shared.alerts.alert_events import stuck_event, stuck_mark
from shared.domain.records.record import Record
from shared.ports.deps import IntakeDeps

# A work message is taken within seconds, and within minutes under a backlog; the sweep queues a
# forgotten one again every minute. After an hour, dozens of messages came to nothing, or the one it
# has waits behind all others: workers are down, or a backlog is so long that somebody must know.
# Of a window of 30 days, an hour is cheap; a day could be the last one.
STUCK_AFTER = timedelta(hours=1)


async def warn_if_stuck(record: Record, deps: IntakeDeps) -> bool:
    """Send the alert of this attempt if it is due and was not sent; whether it was sent now.

    Published first, then marked. A restore that waits for a stated time is not stuck. One
    whose workers die one after the other is, however often it is claimed.
    """
    now = deps.clock.now()
    since = _should_move_since(record)
    if record.status.is_final or now - since <= STUCK_AFTER:
        return False
    mark = stuck_mark(record)
    if await deps.watch.marks.holds(mark, record.created_at):
        return False
    await deps.outbox.publish_alert(stuck_event(record, since, now))
    await deps.watch.marks.note(mark, record.created_at)
    telemetry.alerted("stuck", record.id)
    return True


def _should_move_since(record: Record) -> datetime:
    return record.moved_at or record.created_at
