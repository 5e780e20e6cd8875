"""Check whether this deployment can do its work, and say what to do where it cannot.

Looks at the storage account, the queues, the last sweep and the permissions in the identity's own
token. Changes nothing, asks nothing about any person, and tells names of queues and permissions
only. The sweep keeps the heartbeat and the figures of the queues (`take_pulse`).
"""

from datetime import datetime, timedelta

from shared import telemetry
from shared.documents.said import said
from shared.domain.json_values import instant
from shared.domain.permissions import PermissionReport, compare
from shared.domain.text import Text, text
from shared.errors import DirectoryError, StorageUnavailableError
from shared.ports.deps import Deps, IntakeDeps
from shared.ports.health import QueueLength
from shared.texts.reader import Reader

# The sweep runs every minute. A deployment or a cold start costs a few of them; a quarter of an
# hour without one is what wakes somebody up, here and in the alert rule.
LATE_AFTER = timedelta(minutes=15)

# The last beat of the sweep lies under this name.
SWEEP = "sweep"


type Document = dict[str, object]


async def take_pulse(deps: IntakeDeps) -> None:
    """Keep the heartbeat of a sweep that came through, and say how full the queues are.

    Raises:
        StorageUnavailableError: the beat may have been kept.
    """
    now = deps.clock.now()
    await deps.health_signals.beat(SWEEP, now)
    for gauge in await deps.health_signals.queues():
        telemetry.queue_measured(gauge.name, gauge.messages, _age(gauge, now))


async def examine(deps: Deps, version: str, reader: Reader) -> Document:
    """The whole picture, with a problem and its fix for everything that is not as it should be."""
    storage, storage_problems = await _storage(deps)
    graph, graph_problems = await _graph(deps)
    problems = [*storage_problems, *graph_problems]
    return {
        "status": "degraded" if problems else "ok",
        "version": version,
        "problems": [{**said(item, reader), "code": item.variant} for item in problems],
        **storage,
        "graph": graph,
    }


async def _storage(deps: Deps) -> tuple[Document, list[Text]]:
    now = deps.clock.now()
    try:
        gauges = await deps.health_signals.queues()
        beat = await deps.health_signals.last_beat(SWEEP)
    except StorageUnavailableError:
        nothing: Document = {"storage": {"reachable": False}, "queues": [], "sweep": None}
        return nothing, [text("health", "storage-unreachable")]
    queues = [
        {"name": gauge.name, "messages": gauge.messages, "oldestSeconds": _age(gauge, now)}
        for gauge in gauges
    ]
    sweep = {"lastAt": instant(beat), "secondsAgo": _since(beat, now)}
    document: Document = {"storage": {"reachable": True}, "queues": queues, "sweep": sweep}
    return document, _storage_problems(gauges, beat, now)


def _storage_problems(
    gauges: tuple[QueueLength, ...], beat: datetime | None, now: datetime
) -> list[Text]:
    is_late = beat is None or now - beat > LATE_AFTER
    return [
        *([text("health", "sweep-late")] if is_late else []),
        *(
            text("health", "queue-late", queue=gauge.name)
            for gauge in gauges
            if gauge.oldest_at is not None and now - gauge.oldest_at > LATE_AFTER
        ),
    ]


async def _graph(deps: Deps) -> tuple[Document, list[Text]]:
    try:
        held = await deps.grants.held()
    except DirectoryError:
        return {"reachable": False}, [text("health", "no-token")]
    grants = compare(held, deps.policy)
    document: Document = {
        "reachable": True,
        "held": list(grants.held),
        "missing": list(grants.missing),
        "tooWide": list(grants.too_wide),
    }
    return document, _grant_problems(grants)


def _grant_problems(grants: PermissionReport) -> list[Text]:
    problems = []
    if grants.missing:
        problems.append(text("health", "permission-missing", permissions=grants.missing))
    if grants.too_wide:
        problems.append(text("health", "permission-too-wide", permissions=grants.too_wide))
    return problems


def _age(gauge: QueueLength, now: datetime) -> int | None:
    return _since(gauge.oldest_at, now)


def _since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(round((now - moment).total_seconds()), 0)
