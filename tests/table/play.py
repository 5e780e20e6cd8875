"""Play a row: its preflight and its run, on either kind of directory."""

from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from itertools import groupby

from functions.queues.poison import drain_request
from functions.queues.requests import take_in
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.person import AssignedLicense
from shared.domain.preflight import Preflight
from shared.domain.records.record import Record
from shared.errors import DirectoryUnavailableError
from shared.intake.poison_message import SetAside
from shared.intake.requests import parse_http
from shared.ports.deps import Deps
from shared.ports.watch import DeltaRound, StoredDeltaRound
from shared.restore.cancel import cancel_restore
from shared.restore.preflight import check
from shared.undo.start import start_undo
from tests.builders import an_observation
from tests.fakes.clock import ManualClock
from tests.fakes.health import FakePermissions
from tests.table.document import roles_of
from tests.table.row import Row, Then
from tests.table.stage import Directory
from tests.unit.world.dying import die_out
from tests.unit.world.world import ASKED_BY, World

# Looks at a mailbox and for a seat take some dozens of runs; more than this is going in circles.
MOST_RUNS = 300
_OF_RESTORES = ("ledger", "joins", "unfinished", "days", "locks", "outbox", "observations")
_MESSAGE_ID = "7d9a0f7e-0000-4000-8000-000000000001"


@dataclass
class Played:
    """How a run went: every version of the record, and why it waited."""

    record: Record
    history: list[Record]
    waits: tuple[str, ...]
    published: list[object] = field(default_factory=list)

    @property
    def decided(self) -> Record:
        """The restore as its first decision left it, or as it ended without one."""
        return next(item for item in self.history if item.plan or item.status.is_final)


@dataclass(frozen=True)
class Told:
    """What a preflight told (None: Graph could not be asked), and what it asked of the ledger."""

    preflight: Preflight | None
    ledger_calls: frozenset[str]


async def preflight(row: Row, directory: Directory) -> Told:
    """The preflight of the row's request."""
    world = world_of(row, directory)
    told = None
    with suppress(DirectoryUnavailableError):
        told = await check(parse_http(row.bytes, header_key=None), world.deps, ASKED_BY)
    ports = {name: getattr(world.storage, name) for name in _OF_RESTORES}
    return Told(told, frozenset(f"{name}.{call}" for name, p in ports.items() for call in p.calls))


async def run(row: Row, directory: Directory) -> Played:
    """Take the row's request in at its door and see it to its end, while time and the rest pass."""
    world = world_of(row, directory)
    restore_id = await _take_in(row, world)
    await _Story(row, world, directory, restore_id).tell()
    if row.undo is not None:
        restore_id = await _undo(row, row.undo, world, directory, restore_id)
    history = world.storage.ledger.history[restore_id]
    waits = tuple(item.waiting.reason for item in history if item.waiting is not None)
    return Played(
        history[-1],
        history,
        tuple(reason.value for reason, _ in groupby(waits)),
        [one for one in world.storage.outbox.results if one["subject"] == restore_id],
    )


async def _undo(
    row: Row, since: tuple[Then, ...], world: World, directory: Directory, restore_id: str
) -> str:
    """Take the restore back after what has happened since; the id of the undo."""
    for event in since:
        world.clock.advance(event.after)
        await directory.set_clock(world.clock.now())
        await directory.happen(event)
    undo = await start_undo(restore_id, None, ASKED_BY, world.deps, is_allowed=row.policy.undo)
    await _Story(row, world, directory, undo.id).tell()
    return undo.id


@dataclass
class _Story:
    """One restore on its way, and what happens meanwhile."""

    row: Row
    world: World
    directory: Directory
    restore_id: str

    async def tell(self) -> None:
        """Run, let the time pass that it waits for, run again, to the end."""
        waiting = sorted(self.row.then, key=lambda event: event.after)
        for _ in range(MOST_RUNS):
            now = self.world.clock.now()
            while waiting and self.row.now + waiting[0].after <= now:
                await self._happen(waiting.pop(0))
            record = await self.world.run(self.restore_id)
            if record.status.is_final:
                return
            wake_at = record.waiting.until if record.waiting else now
            if waiting:
                wake_at = min(wake_at, self.row.now + waiting[0].after)
            await self._pass_time(wake_at)
        raise AssertionError(f"{self.row.name!r} has not ended after {MOST_RUNS} runs")

    async def _pass_time(self, until: datetime) -> None:
        by = max(until - self.world.clock.now(), timedelta(0))
        self.world.clock.advance(by)
        await self.directory.set_clock(self.world.clock.now())

    async def _happen(self, event: Then) -> None:
        match event.what:
            case "cancel":
                await cancel_restore(self.restore_id, ASKED_BY, self.world.deps)
            case "deaths":
                await die_out(self.world, self.restore_id)
                await self._pass_time(self.world.clock.now())
            case _:
                await self.directory.happen(event)


async def _take_in(row: Row, world: World) -> str:
    match row.door:
        case "http":
            return (await world.accept(parse_http(row.bytes, header_key=None))).id
        case "queue":
            await take_in(row.bytes, _MESSAGE_ID, world.deps)
        case "poison":
            await drain_request(SetAside(row.bytes, _MESSAGE_ID), 1, world.deps)
    [restore_id] = world.storage.ledger.records
    return restore_id


class _TableWorld(World):
    """The use cases' world, with the Graph ports of a row in place of its own."""

    directory_of_row: Directory

    @property
    def deps(self) -> Deps:
        """The ports, those to Graph being the row's."""
        deps = super().deps
        to_graph = [x.name for x in fields(deps) if getattr(deps, x.name) is self.directory]
        return replace(deps, **{name: self.directory_of_row.port(name) for name in to_graph})


def world_of(row: Row, directory: Directory) -> World:
    """The use cases, with what the row has observed, over its directory."""
    world = _TableWorld(row.policy, clock=ManualClock(row.now))
    world.directory_of_row = directory
    world.grants = FakePermissions(*roles_of(row.state))
    for user in row.state.users:
        if user.observed is None:
            continue
        licenses = tuple(AssignedLicense(x.sku, x.disabled) for x in user.observed.licenses)
        world.storage.observations.kept[user.id] = an_observation(
            user.id,
            *licenses,
            seen_at=row.now - timedelta(hours=1),
            lost_at=user.observed.lost_at,
            groups={x.sku: x.group for x in user.observed.licenses if x.group},
            # What became a shared one did so after it was last looked at.
            purpose="user" if user.mailbox == "user" else None,
        )
    if any(user.observed is not None for user in row.state.users):
        # Who observes looks every hour.
        looks = RoundStretch(row.now - timedelta(days=60), row.now - timedelta(hours=1))
        seen = DeltaRound(log=RoundLog((looks,)))
        world.storage.rounds.stored = StoredDeltaRound(seen, None)
    return world
