"""Build clients, clock and settings and put them together: on first call, never at import.

Why on first call: a failure at import makes the host index no function at all, and says only
"0 functions found". Why the adapters are imported there, too: an instance that only takes requests
in never loads Graph's client, and indexing (which every cold start and every scale decision waits
for) loads neither.
"""

import asyncio
import os
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4  # noqa: TID251 - the port behind which random names lie

from shared import telemetry
from shared.events.fan_out import EventFanOut
from shared.late_modules import put_off_what_nobody_uses
from shared.ports.clock import Clock
from shared.ports.deps import Deps, IntakeDeps
from shared.ports.events import Notifier
from shared.restore.reading.remembered import RememberedRounds
from shared.restore.throttle import RememberedThrottles
from shared.settings.all_settings import Settings, read_settings
from shared.texts.reader import Audience, Reader
from shared.texts.render import words

if TYPE_CHECKING:
    from shared.notify.wire import Internet


# Beside function_app.py, in the tree and in the package.
_HOST_JSON = Path(__file__).parents[1] / "host.json"


class SystemClock:
    """The time of day of this machine, in UTC."""

    def now(self) -> datetime:
        """The present instant, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the port behind which the clock lies

    async def pause(self, span: timedelta) -> None:
        """Let this much time pass."""
        await asyncio.sleep(span.total_seconds())


class RandomNames:
    """Lease owners: random, so that no two workers ever share one."""

    def fresh(self) -> str:
        """A name no other worker has ever had."""
        return uuid4().hex


@dataclass(frozen=True, slots=True)
class Intake:
    """The settings and ports of a trigger that only accepts and reads."""

    deps: IntakeDeps
    settings: Settings
    started_at: datetime
    """When this worker did."""
    commit: str | None = None
    """Of which commit this release is, if it says so."""


class Root:
    """Builds each half once per worker, when it is first asked for, and keeps it.

    `wire`: how callers' URLs are reached, if not over the internet.
    A build that fails is not kept: the next call tries again, so a storage account that was down
    at the start does not cost a restart.
    """

    def __init__(self, clock: Clock, wire: "Internet | None" = None) -> None:
        self._clock, self._wire = clock, wire
        self._lock = asyncio.Lock()
        self._intake: Intake | None = None
        self._deps: Deps | None = None

    async def intake(self) -> Intake:
        """The storage half.

        Raises:
            ConfigurationError: the settings are wrong; carries all faults.
            StorageUnavailableError: the storage account did not answer.
        """
        async with self._lock:
            if self._intake is None:
                self._intake = await _build_intake(_settings(), self._clock)
            return self._intake

    @property
    def public_base_url(self) -> str | None:
        """Where callers reach the service, once the settings were read and if they say so."""
        return None if self._intake is None else self._intake.settings.public_base_url

    async def deps(self) -> Deps:
        """Everything, Graph included; no call to Graph is made here.

        Raises:
            ConfigurationError: the settings are wrong; carries all faults.
            StorageUnavailableError: the storage account did not answer.
        """
        intake = await self.intake()
        async with self._lock:
            if self._deps is None:
                self._deps = _build_deps(intake, self._wire)
            return self._deps


def commit_of(package: Path) -> str | None:
    """The commit that a package says it is of; None where it says nothing."""
    note = package / "commit.txt"
    return note.read_text().strip() or None if note.is_file() else None


def _settings() -> Settings:
    host_json = _HOST_JSON.read_text() if _HOST_JSON.is_file() else None
    return read_settings(os.environ, host_json=host_json)  # noqa: TID251 - read once, here


async def _build_intake(settings: Settings, clock: Clock) -> Intake:
    # Before anything of Azure's is loaded, which would load them as well: 4 MB of each worker.
    put_off_what_nobody_uses()
    from shared.ledger.connections import StorageSettings  # noqa: PLC0415 - see Why
    from shared.ledger.storage import open_storage  # noqa: PLC0415 - see Why

    telemetry.quiet_libraries()
    for doubt in settings.doubts:
        doubt_text = words(doubt, Reader())
        telemetry.doubted(f"{doubt_text.message} {doubt_text.fix}")
    storage = open_storage(
        StorageSettings(
            connection_string=settings.storage_connection_string,
            table_uri=settings.table_uri,
            queue_uri=settings.queue_uri,
            blob_uri=settings.blob_uri,
            client_id=settings.storage_client_id,
        )
    )
    try:
        await storage.ensure()
    except BaseException:
        await storage.close()
        raise
    deps = IntakeDeps(
        clock=clock,
        ledger=storage.ledger,
        joins=storage.joins,
        unfinished=storage.unfinished,
        days=storage.days,
        locks=storage.locks,
        observations=storage.observations,
        throttles=storage.throttles,
        audit_cursors=storage.audit_cursors,
        seats=storage.seats,
        outbox=storage.outbox,
        guards=storage.guards,
        guard_mark=storage.guard_mark,
        watch=storage.watch,
        loss_list=storage.loss_list,
        deliveries=storage.deliveries,
        subscriptions=storage.subscriptions,
        batches=storage.batches,
        callers=storage.callers,
        health_signals=storage.health_signals,
        trail=storage.trail,
        proofs=storage.proofs,
        publisher=EventFanOut(),
        keep=settings.ledger_keep,
        keep_seen=settings.keep_seen,
        retention=settings.policy.retention,
        callback_hosts=settings.callback_hosts,
        audience=Audience(settings.language, by_keys=settings.auth_mode == "keys"),
    )
    return Intake(deps, settings, clock.now(), commit_of(_HOST_JSON.parent))


def _build_deps(intake: Intake, wire: "Internet | None") -> Deps:
    from shared.graph.audit_log import GraphAuditLog  # noqa: PLC0415 - see Why
    from shared.graph.caller_roles import GraphCallerRoles  # noqa: PLC0415
    from shared.graph.changes import GraphBin, GraphChanges  # noqa: PLC0415
    from shared.graph.effects import GraphEffects  # noqa: PLC0415
    from shared.graph.people import GraphPeople  # noqa: PLC0415
    from shared.graph.permissions import GraphPermissions  # noqa: PLC0415
    from shared.graph.tenant import GraphTenant  # noqa: PLC0415
    from shared.graph.wire.client import build_client  # noqa: PLC0415 - see Why

    settings = intake.settings
    client = build_client(
        cloud=settings.graph_cloud, base_url=settings.graph_base_url, client_id=settings.client_id
    )
    stored = {item.name: getattr(intake.deps, item.name) for item in fields(IntakeDeps)}
    throttles = RememberedThrottles(intake.deps.throttles, intake.deps.clock)
    return Deps(
        **{**stored, "throttles": throttles},
        names=RandomNames(),
        people=GraphPeople(client),
        tenant=GraphTenant(client),
        audit_log=GraphAuditLog(client),
        effects=GraphEffects(client),
        grants=GraphPermissions(client),
        caller_roles=GraphCallerRoles(client),
        policy=settings.policy,
        rounds_lately=RememberedRounds(intake.deps.watch.rounds, intake.deps.clock),
        changes=GraphChanges(client),
        bin=GraphBin(client),
        alerting=settings.alerting,
        notifier=_notifier(intake, wire),
    )


def _notifier(intake: Intake, wire: "Internet | None") -> Notifier:
    from shared.notify.http import HttpNotifier  # noqa: PLC0415 - see Why
    from shared.notify.wire import internet  # noqa: PLC0415

    return HttpNotifier(
        intake.deps.clock,
        allowed_hosts=intake.settings.callback_hosts,
        secrets=intake.settings.callback_secrets,
        wire=wire or internet(),
    )


_root = Root(SystemClock())


def install(root: Root) -> None:
    """Put another root in place, before anything was asked of the first one."""
    globals()["_root"] = root


def root() -> Root:
    """The root of this process."""
    return _root
