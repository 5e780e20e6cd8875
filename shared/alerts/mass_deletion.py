"""Warn once when many users lose their account or their licence within a short time.

A deletion counts at its own instant. A lost licence counts at its earlier bound, so losses noticed
in one round are taken to be of one moment: in doubt an alert, never a silence. What is found in the
first run counts by its own instants as well, so deletions of long ago are no burst.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from shared import telemetry
from shared.alerts.alert_events import mass_event
from shared.domain.alerts.thresholds import Burst, bursts, new_bursts
from shared.watch.round_lease import RoundLease

type Lost = dict[str, datetime]

# Clocks differ: what the directory dates a little ahead of us is still of now.
_AHEAD = timedelta(hours=1)

# `functionTimeout` in host.json.
_LONGEST_RUN = timedelta(minutes=10)


async def warn_of_many(lease: RoundLease) -> None:
    """Send one alert for each new burst; published first, then marked in the round.

    Raises:
        DirectoryError: nothing was marked; the next run looks at the same time again.
    """
    now, alerting = lease.deps.clock.now(), lease.deps.alerting
    since = _since(lease, now)
    deleted, unlicensed = await _deleted(since, lease), await _unlicensed(since, lease)
    instants = sorted(({**unlicensed, **deleted}).values())
    found = bursts(instants, count=alerting.mass_count, span=alerting.mass_span)
    told_until = lease.round.bursts_told_until
    for burst in new_bursts(found, told_until):
        event = mass_event(
            burst,
            deleted=_within(burst, deleted),
            unlicensed=_within(burst, unlicensed).difference(deleted),
            now=now,
        )
        await lease.deps.outbox.publish_alert(event)
        telemetry.alerted("mass-deletion", str(burst.size))
        lease.counts.alerts += 1
    told = [*(burst.last for burst in found), *([told_until] if told_until else [])]
    marked = replace(lease.round, bursts_checked_at=now, bursts_told_until=max(told, default=None))
    await lease.save(marked)


def _since(lease: RoundLease, now: datetime) -> datetime:
    """Back to the last check, or to the bound of losses that this run noticed, and a span more.

    And the time of a run: one that noted losses may have died before it could warn of them.
    """
    last = lease.round.bursts_checked_at or now
    return min(last, lease.losses_since) - lease.deps.alerting.mass_span - _LONGEST_RUN


async def _deleted(since: datetime, lease: RoundLease) -> Lost:
    until = lease.deps.clock.now() + _AHEAD
    return {
        person.id: person.deleted_at
        async for person in lease.deps.bin.deleted_between(since, until)
        if person.deleted_at is not None and not person.is_guest
    }


async def _unlicensed(since: datetime, lease: RoundLease) -> Lost:
    until = lease.deps.clock.now() + _AHEAD
    return {user_id: at async for user_id, at in lease.deps.watch.losses.between(since, until)}


def _within(burst: Burst, lost: Lost) -> set[str]:
    return {user_id for user_id, at in lost.items() if burst.first <= at <= burst.last}
