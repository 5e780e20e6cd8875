"""The deep health: can this deployment do its work, and if not, what is to be done.

Looks at the storage account, the queues, the last sweep and the permissions in the identity's own
token. Changes nothing, asks nothing about any person, and tells names of queues and permissions
only. The sweep keeps the heartbeat and the figures of the queues (`take_pulse`).
"""

from datetime import datetime, timedelta

from shared import telemetry
from shared.domain.json_values import instant
from shared.domain.permissions import PermissionReport, compare
from shared.errors import DirectoryError, StorageUnavailableError
from shared.ports.deps import Deps, IntakeDeps
from shared.ports.health import QueueLength

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


async def examine(deps: Deps, version: str) -> Document:
    """The whole picture, with a problem and its fix for everything that is not as it should be."""
    storage, storage_problems = await _storage(deps)
    graph, graph_problems = await _graph(deps)
    problems = [*storage_problems, *graph_problems]
    return {
        "status": "degraded" if problems else "ok",
        "version": version,
        "problems": problems,
        **storage,
        "graph": graph,
    }


async def _storage(deps: Deps) -> tuple[Document, list[Document]]:
    now = deps.clock.now()
    try:
        gauges = await deps.health_signals.queues()
        beat = await deps.health_signals.last_beat(SWEEP)
    except StorageUnavailableError:
        fix = "Look at the storage account and at the data roles of the identity on it."
        nothing: Document = {"storage": {"reachable": False}, "queues": [], "sweep": None}
        return nothing, [_problem("storage-unreachable", "The storage does not answer.", fix)]
    queues = [
        {"name": gauge.name, "messages": gauge.messages, "oldestSeconds": _age(gauge, now)}
        for gauge in gauges
    ]
    sweep = {"lastAt": instant(beat), "secondsAgo": _since(beat, now)}
    document: Document = {"storage": {"reachable": True}, "queues": queues, "sweep": sweep}
    return document, _storage_problems(gauges, beat, now)


def _storage_problems(
    gauges: tuple[QueueLength, ...], beat: datetime | None, now: datetime
) -> list[Document]:
    problems = []
    if beat is None or now - beat > LATE_AFTER:
        fix = "See that the function SweepRestores is listed and enabled, and read its failures."
        problems.append(_problem("sweep-late", "The sweep has not come through lately.", fix))
    for gauge in gauges:
        if gauge.oldest_at is not None and now - gauge.oldest_at > LATE_AFTER:
            said = f"Messages on {gauge.name} have been waiting for their turn."
            fix = "See that the function on this queue is listed and enabled, and read its failures"
            problems.append(_problem("queue-late", said, f"{fix}."))
    return problems


async def _graph(deps: Deps) -> tuple[Document, list[Document]]:
    try:
        held = await deps.grants.held()
    except DirectoryError:
        fix = "See that the identity is assigned to the app, and that AZURE_CLIENT_ID is its own."
        return {"reachable": False}, [_problem("no-token", "There is no token for Graph.", fix)]
    grants = compare(held, deps.policy)
    document: Document = {
        "reachable": True,
        "held": list(grants.held),
        "missing": list(grants.missing),
        "tooWide": list(grants.too_wide),
    }
    return document, _grant_problems(grants)


def _grant_problems(grants: PermissionReport) -> list[Document]:
    problems = []
    if grants.missing:
        said = f"Graph permissions are missing: {', '.join(grants.missing)}."
        fix = "Have an administrator run infra/graph/grant.py; tokens are renewed within a day."
        problems.append(_problem("permission-missing", said, fix))
    if grants.too_wide:
        said = f"Graph permissions are held and not needed: {', '.join(grants.too_wide)}."
        fix = "Have an administrator run infra/graph/grant.py with --prune."
        problems.append(_problem("permission-too-wide", said, fix))
    return problems


def _problem(code: str, message: str, fix: str) -> Document:
    return {"code": code, "message": message, "fix": fix}


def _age(gauge: QueueLength, now: datetime) -> int | None:
    return _since(gauge.oldest_at, now)


def _since(moment: datetime | None, now: datetime) -> int | None:
    return None if moment is None else max(round((now - moment).total_seconds()), 0)
