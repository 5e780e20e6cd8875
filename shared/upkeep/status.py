"""Tell an administrator whether this deployment can do its work, and what is to be done if not.

Looks at the storage account, the queues, the timers, the permissions in the identity's own token,
and asks Graph for a user that is not there. Changes nothing, asks nothing about any person, and
tells names of queues and permissions only. What is not as it should be has a reason and a fix;
a deployment that is a minute old has had no time for either.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from shared.documents.outcome import said
from shared.domain.permissions import Feature, compare, enabled_features, needed_for
from shared.domain.text import Text, text
from shared.domain.values.json_values import Json, instant
from shared.domain.window.timeline import DAY
from shared.drill.start import last_drill
from shared.errors import DirectoryError, StorageUnavailableError, UnreadableTextError
from shared.ports.deps import Deps
from shared.ports.health import QueueLength
from shared.texts.reader import Reader
from shared.upkeep.drill_check import drill_told
from shared.upkeep.pulse import FIRST_SWEEP, LATE_AFTER, OBSERVE, SWEEP, age

# No user has this id. Source: RFC 9562, "Nil UUID".
_NOBODY: Final = "00000000-0000-0000-0000-000000000000"

# A process that has just started reports nothing that it cannot know yet.
_JUST_STARTED: Final = timedelta(minutes=2)

# Looks further apart than this prove nothing of the time between them.
_LONGEST_ROUND: Final = DAY

_OK, _DEGRADED = "ok", "degraded"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, and what is to be said of it."""

    name: str
    text: Text
    is_ok: bool = True

    def document(self, reader: Reader) -> Json:
        """The check as this reader sees it; `fix` is None where nothing is to be done."""
        words = said(self.text, reader)
        return {
            "name": self.name,
            "status": _OK if self.is_ok else _DEGRADED,
            "message": words["message"],
            "fix": None if self.is_ok else words["fix"],
        }


@dataclass(frozen=True, slots=True)
class Deployment:
    """What runs here: which release, since when, and which of its settings are doubtful.

    `observes_within` is the longest time between two looks at the tenant that is nothing unusual.
    """

    version: str
    commit: str | None
    started_at: datetime
    observes_within: timedelta
    doubts: tuple[Text, ...] = ()


async def status_of(deployment: Deployment, deps: Deps, reader: Reader) -> Json:
    """The whole picture, with a reason and a fix for everything that is not as it should be."""
    storage, identity, graph = await asyncio.gather(
        _storage(deployment, deps), _identity(deps), _graph(deps)
    )
    checks = [*storage, *identity, graph, *_settings(deployment)]
    return {
        "status": _OK if all(check.is_ok for check in checks) else _DEGRADED,
        "version": deployment.version,
        "commit": deployment.commit,
        "checks": [check.document(reader) for check in checks],
    }


async def _storage(deployment: Deployment, deps: Deps) -> list[Check]:
    try:
        return [
            Check("storage", text("status", "storage")),
            *await _timers(deployment, deps),
            *_queues(await deps.health_signals.queues(), deps.clock.now()),
            await _subscriptions(deps),
            *await _drill(deps),
        ]
    except StorageUnavailableError:
        return [Check("storage", text("status", "storage-silent"), is_ok=False)]


async def _timers(deployment: Deployment, deps: Deps) -> list[Check]:
    sweep, observe, first = await asyncio.gather(
        *(deps.health_signals.last_beat(name) for name in (SWEEP, OBSERVE, FIRST_SWEEP))
    )
    now, within = deps.clock.now(), deployment.observes_within
    # A deployment observes for the first time within one round of its first sweep.
    is_new = first is None or now - first < within
    has_just_started = now - deployment.started_at < _JUST_STARTED
    ran = _timer("observe", "ObserveTenant", observe, now - within, has_time=is_new)
    return [
        _timer("sweep", "SweepRestores", sweep, now - LATE_AFTER, has_time=has_just_started),
        await _looked_through(ran, observe, first, deps) if ran.is_ok else ran,
    ]


async def _looked_through(
    ran: Check, observe: datetime | None, first: datetime | None, deps: Deps
) -> Check:
    """Whether a look at the whole tenant has come to its end lately: a run may be cut short.

    The first one of a large tenant takes some runs.
    """
    ended = (await deps.watch.rounds.read()).round.log.last
    since, limit = ended or first, deps.clock.now() - _LONGEST_ROUND
    if observe is None or since is None or since >= limit:
        return ran
    at = instant(observe)
    if ended is None:
        return Check(ran.name, text("status", "round-never", at=at), is_ok=False)
    late = text("status", "round-late", at=at, since=instant(ended))
    return Check(ran.name, late, is_ok=False)


def _timer(
    name: str, function: str, last: datetime | None, latest: datetime, *, has_time: bool
) -> Check:
    """Whether a timer has run since `latest`; `has_time`: it need not have run yet."""
    if last is None and has_time:
        return Check(name, text("status", "timer-new"))
    if last is None:
        return Check(name, text("status", "timer-never", function=function), is_ok=False)
    if last >= latest:
        return Check(name, text("status", "timer", at=instant(last)))
    late = text("status", "timer-late", at=instant(last), function=function)
    return Check(name, late, is_ok=False)


def _queues(gauges: tuple[QueueLength, ...], now: datetime) -> Iterator[Check]:
    for gauge in gauges:
        waited, count = age(gauge, now), gauge.messages
        if waited is None or waited <= LATE_AFTER.total_seconds():
            yield Check(f"queue {gauge.name}", text("status", "queue", count=count))
        else:
            late = text("status", "queue-late", count=count, seconds=waited)
            yield Check(f"queue {gauge.name}", late, is_ok=False)


async def _subscriptions(deps: Deps) -> Check:
    now = deps.clock.now()
    ending = [kept.value async for kept in deps.subscriptions.all() if kept.value.ends_soon(now)]
    if not ending:
        return Check("subscriptions", text("status", "subscriptions"))
    which = tuple(
        text("status", "ends", subscription_id=one.id, at=instant(one.expires_at)) for one in ending
    )
    end = text("status", "subscriptions-end", count=len(ending), which=which)
    return Check("subscriptions", end, is_ok=False)


async def _drill(deps: Deps) -> list[Check]:
    """How the last drill went, where there are drills, or one has left its account deleted."""
    try:
        last = await last_drill(deps)
    except UnreadableTextError:
        return [Check("drill", text("status", "drill-unreadable"), is_ok=False)]
    if deps.policy.drill_user is None and (last is None or not last.is_away):
        return []
    told, is_ok = drill_told(last, deps.retention)
    return [Check("drill", told, is_ok=is_ok)]


async def _identity(deps: Deps) -> list[Check]:
    try:
        held = await deps.grants.held()
    except DirectoryError as error:
        return [Check("token", text("status", "no-token", why=error.why), is_ok=False)]
    return [
        Check("token", text("status", "token")),
        *(_permissions(feature, held) for feature in enabled_features(deps.policy)),
        *_too_wide(held, deps),
    ]


def _permissions(feature: Feature, held: frozenset[str]) -> Check:
    name = f"permissions {feature}"
    missing = tuple(permission for permission in needed_for(feature) if permission not in held)
    if not missing:
        return Check(name, text("status", "granted"))
    return Check(name, text("status", "missing", permissions=missing), is_ok=False)


def _too_wide(held: frozenset[str], deps: Deps) -> Iterator[Check]:
    too_wide = compare(held, deps.policy).too_wide
    if too_wide:
        said_so = text("status", "too-wide", permissions=too_wide)
        yield Check("permissions too wide", said_so, is_ok=False)


async def _graph(deps: Deps) -> Check:
    try:
        await deps.people.active(_NOBODY)
    except DirectoryError as error:
        return Check("graph", text("status", "graph-silent", why=error.why), is_ok=False)
    return Check("graph", text("status", "graph"))


def _settings(deployment: Deployment) -> Iterator[Check]:
    if not deployment.doubts:
        yield Check("settings", text("status", "settings"))
    for doubt in deployment.doubts:
        yield Check(f"setting {doubt.param('setting')}", doubt, is_ok=False)
