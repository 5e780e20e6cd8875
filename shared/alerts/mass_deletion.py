"""Warn once when many users lose their account or their licence within a short time.

Whoever was seen without a licence counts from the second look on, and a deletion when it is some
minutes old. Where the reading of many is in doubt, the alert says so.

A deletion counts at its own instant. A lost licence counts at its earlier bound, whatever its
mailbox answers later, so losses noticed in one round count as simultaneous: in doubt there is an
alert. What the first run finds counts by its own instants as well, so deletions of long ago are no
burst.

Licences are noticed later than deletions, and count earlier. So a burst of the one sort that comes
to light in the midst of a burst that was told of for the other sort is told of as well.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared import telemetry
from shared.alerts.alert_events import ManyLost, mass_event
from shared.domain.alerts.thresholds import AlertThresholds, Burst, bursts, new_bursts
from shared.domain.licensing.groups import Group
from shared.domain.observations.observation import LOOKS_APART, SECOND_LOOK
from shared.domain.values.json_values import Json
from shared.errors import AnsweredError
from shared.watch.round_lease import RoundLease

type Lost = dict[str, datetime]

# Clocks differ: the directory may date a deletion a little ahead of our time.
_AHEAD = timedelta(hours=1)

# `functionTimeout` in host.json.
_LONGEST_RUN = timedelta(minutes=10)

_BEGINNING = datetime.min.replace(tzinfo=UTC)
_DOUBT = "in-doubt"


class _Sort:
    """The bursts among losses of one sort, and up to which loss they were told of."""

    def __init__(
        self, name: str, lost: Lost, alerting: AlertThresholds, told_until: datetime | None
    ) -> None:
        instants = sorted(lost.values())
        self.name = name
        self.found = bursts(instants, count=alerting.mass_count, span=alerting.mass_span)
        self._told_until = told_until

    @property
    def told_until_now(self) -> datetime | None:
        """Up to which loss they are told of once this run has told of all of them."""
        before = [self._told_until] if self._told_until else []
        return max([*(burst.last for burst in self.found), *before], default=None)

    def has_news_in(self, whole: Burst) -> bool:
        """Whether this burst of all losses has one of this sort in it that nobody was told of."""
        news = new_bursts(self.found, self._told_until)
        return any(whole.first <= burst.first <= whole.last for burst in news)


async def warn_of_many(lease: RoundLease) -> None:
    """Send one alert for each new burst; published first, then marked in the round.

    Raises:
        DirectoryError: nothing was marked; the next run looks at the same time again.
    """
    now, alerting = lease.deps.clock.now(), lease.deps.alerting
    since = _since(lease, now)
    deleted, unlicensed = await _deleted(since, lease), await _unlicensed(since, lease)
    unlicensed = {user_id: at for user_id, at in unlicensed.items() if user_id not in deleted}
    was = lease.round
    all_ = _Sort("mass", {**unlicensed, **deleted}, alerting, was.bursts_told_until)
    deletions = _Sort("mass-deleted", deleted, alerting, was.deletions_told_until)
    removals = _Sort("mass-unlicensed", unlicensed, alerting, was.removals_told_until)
    for burst in all_.found:
        news = next((it for it in (all_, deletions, removals) if it.has_news_in(burst)), None)
        if news is None:
            continue
        without = _within(burst, unlicensed)
        group = await _group(without, lease)
        many = ManyLost(burst, _within(burst, deleted), without, group, told_as=news.name)
        await _send(mass_event(many, now), burst.size, lease)
    await _warn_of_doubt(lease)
    marked = replace(
        lease.round,
        bursts_checked_at=now,
        bursts_told_until=all_.told_until_now,
        deletions_told_until=deletions.told_until_now,
        removals_told_until=removals.told_until_now,
    )
    await lease.save(marked)


async def _warn_of_doubt(lease: RoundLease) -> None:
    """Tell, once, that many people were read without a plan whose mailboxes answer."""
    now, since = lease.deps.clock.now(), lease.round.doubted_since
    marks = lease.deps.watch.marks
    if since is None or now - since < LOOKS_APART or await marks.holds(_DOUBT, since):
        return
    doubts = lease.deps.watch.doubts.between(_BEGINNING, now + _AHEAD)
    ids = {user_id async for user_id, _ in doubts}
    if not ids:
        return
    many = ManyLost(Burst(since, now, len(ids)), set(), ids, is_in_doubt=True)
    await _send(mass_event(many, now), len(ids), lease)
    await marks.note(_DOUBT, since)


async def _send(event: Json, size: int, lease: RoundLease) -> None:
    await lease.deps.outbox.publish_alert(event)
    telemetry.alerted("mass-deletion", str(size))
    lease.counts.alerts += 1


async def _group(user_ids: set[str], lease: RoundLease) -> Group | None:
    """The group that gave all of these people their licence, as far as is remembered."""
    kept = await lease.deps.watch.observations.many(user_ids)
    of_each = [
        {group for held in one.observation.known.held for group in held.group_ids}
        for one in kept.values()
    ]
    of_all = set.intersection(*of_each) if of_each and len(kept) == len(user_ids) else set()
    group_id = min(of_all, default=None)
    if group_id is None:
        return None
    try:
        return await lease.deps.tenant.group(group_id, None)
    except AnsweredError:
        return Group(group_id)


def _since(lease: RoundLease, now: datetime) -> datetime:
    """The start of the time to search: the last check or the earliest loss noted, less a span.

    And less the time of a run, since one that noted losses may have died before it warned.
    """
    last = lease.round.bursts_checked_at or now
    reach = lease.deps.alerting.mass_span + _LONGEST_RUN + SECOND_LOOK
    return min(last, lease.losses_since) - reach


async def _deleted(since: datetime, lease: RoundLease) -> Lost:
    now, taken = lease.deps.clock.now(), await lease.taken()
    until, seen_before = now + _AHEAD, now - LOOKS_APART
    return {
        person.id: person.deleted_at
        async for person in lease.deps.bin.deleted_between(since, until)
        if person.deleted_at is not None
        and person.deleted_at <= seen_before
        and not person.is_guest
        and not taken.explains(person, None)
    }


async def _unlicensed(since: datetime, lease: RoundLease) -> Lost:
    until = lease.deps.clock.now() + _AHEAD
    filed = {user_id async for user_id, _ in lease.deps.watch.losses.between(since, until)}
    kept = await lease.deps.watch.observations.many(filed)
    taken = await lease.taken()
    return {
        user_id: at
        for user_id, one in kept.items()
        if one.observation.is_seen_twice
        # The row of a mailbox that answers stands under its last answer: many of them, asked in one
        # run, would be a burst.
        and (at := one.observation.license_lost_at) is not None
        and at >= since
        and not taken.explains_loss(user_id, at)
    }


def _within(burst: Burst, lost: Lost) -> set[str]:
    return {user_id for user_id, at in lost.items() if burst.first <= at <= burst.last}
