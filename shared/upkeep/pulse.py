"""Keep the signs of life that the timers leave behind each time they come through."""

from datetime import datetime, timedelta

from shared import telemetry
from shared.ports.deps import IntakeDeps
from shared.ports.health import QueueLength

# The last beats lie under these names; the first beat of the sweep tells since when the deployment
# is there.
SWEEP = "sweep"
OBSERVE = "observe"
FIRST_SWEEP = "first-sweep"

# The sweep runs every minute. A deployment or a cold start costs a few of them; a quarter of an
# hour without one counts as a fault, here and in the alert rule.
LATE_AFTER = timedelta(minutes=15)


async def take_pulse(deps: IntakeDeps) -> None:
    """Keep the heartbeat of a sweep that came through, and say how full the queues are.

    Raises:
        StorageUnavailableError: the beat may have been kept.
    """
    now = deps.clock.now()
    await deps.health_signals.beat(SWEEP, now)
    if await deps.health_signals.last_beat(FIRST_SWEEP) is None:
        await deps.health_signals.beat(FIRST_SWEEP, now)
    for gauge in await deps.health_signals.queues():
        telemetry.queue_measured(gauge.name, gauge.messages, age(gauge, now))


def age(gauge: QueueLength, now: datetime) -> int | None:
    """For how many seconds the oldest message has waited, where that means anything."""
    oldest_at = gauge.oldest_at
    return None if oldest_at is None else max(round((now - oldest_at).total_seconds()), 0)
