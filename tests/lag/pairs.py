"""Draw two requests for one user, and have them worked on while reads lag and replicas disagree."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from functions.queues.requests import take_in
from shared.domain.records.record import Record
from shared.domain.snapshot import Policy
from shared.intake.requests import parse_http
from tests.builders import NOW
from tests.table.on_wire import OnWire, Wire
from tests.table.play import world_of
from tests.table.row import Expected, Json, Row
from tests.table.tenant import BOTH, DAY, DELETED, E3, EXO, MEGAN, Fault, State, User
from tests.unit.world.world import World

# More runs than any pair takes: one that needs more is going in circles.
_MOST_RUNS = 400
_UNLICENSED = User(licenses=(), lost_at=NOW - 3 * DAY, audited=(NOW - 3 * DAY,))
_TENANT = {"deleted": DELETED, "unlicensed": _UNLICENSED, "both": BOTH}
_KINDS = {
    "deleted": ("mailbox", "user"),
    "unlicensed": ("mailbox", "license"),
    "both": ("mailbox",),
}


@dataclass(frozen=True)
class Asked:
    """One of the two requests: its body, its door, and when it comes."""

    body: Json
    door: str
    after: timedelta


@dataclass(frozen=True)
class Pair:
    """Two requests for one user of a tenant whose replicas lag."""

    seed: int
    state: str
    lag: Json
    first: Asked
    second: Asked
    fault: str | None = None
    """The change whose first answer is lost."""

    @property
    def row(self) -> Row:
        """The tenant that both come to."""
        tenant = State(
            (_TENANT[self.state],),
            skus=(E3, EXO),
            switches={"replication": self.lag},
            faults=(Fault(self.fault, 503, after=True),) if self.fault else (),
        )
        anybody_may_name = Policy(allowed_sku_ids=(E3.id, EXO.id))
        return Row(f"pair {self.seed}", tenant, {}, Expected(""), anybody_may_name)


@dataclass(frozen=True)
class Ended:
    """What came of a pair."""

    codes: tuple[str, ...]
    restored: int
    assigned: int
    """How often each change was sent, whatever came of it."""
    licenses: tuple[str, ...]
    is_deleted: bool


def a_pair(seed: int) -> Pair:
    """The pair of this seed."""
    chance = Random(seed)  # noqa: S311 - a seed is to be replayed, not to be secret
    state = chance.choice(tuple(_TENANT))
    lag = {
        "lagSeconds": chance.choice((20, 60, 120)),
        "freshShare": chance.choice((0, 0.3, 0.6, 0.9)),
        "seed": seed,
    }
    first = _body(state, chance)
    second = dict(first) if chance.random() < 0.3 else _body(state, chance)
    if "license" in {first["kind"], second["kind"]}:
        # It gives whatever is named, so two licences are wrong only where one was asked for.
        first, second = ({**one, "license": {"skuIds": [E3.id]}} for one in (first, second))
    key = chance.choice(("same", "other", "none"))
    if key == "same" and first == second:
        first, second = ({**one, "idempotencyKey": "k"} for one in (first, second))
    elif key != "none":
        first, second = {**first, "idempotencyKey": "k1"}, {**second, "idempotencyKey": "k2"}
    spacing = chance.choice((0.0, chance.uniform(0, 5), chance.uniform(5, 200)))
    fault = chance.choice((None, None, None, "restore_user", "assign_licenses"))
    return Pair(
        seed,
        state,
        lag,
        Asked(first, chance.choice(("http", "queue")), timedelta(0)),
        Asked(second, chance.choice(("http", "queue")), timedelta(seconds=spacing)),
        fault,
    )


def _body(state: str, chance: Random) -> Json:
    kind = chance.choice(_KINDS[state])
    body: Json = {"kind": kind, "user": chance.choice((MEGAN, DELETED.upn))}
    if kind == "user":
        return body
    return {**body, "license": {"skuIds": [chance.choice((E3.id, EXO.id))]}}


async def play(pair: Pair, wire: Wire) -> Ended:
    """Take both in and see them to their ends, with time passing between the runs."""
    directory = OnWire(pair.row, wire)
    await directory.load()
    world = world_of(pair.row, directory)
    ids = await _Run(pair, world, directory, Random(pair.seed)).ids()  # noqa: S311 - as above
    records = [await world.record(restore_id) for restore_id in ids]
    sent = await wire.control("GET", "/counters")
    user = await directory.user(MEGAN)
    assert user is not None
    return Ended(
        tuple(one.outcome.code.value for one in records if one.outcome is not None),
        sum(sent["effectAttempts"]["restore"].values()),
        sum(sent["effectAttempts"]["assignLicense"].values()),
        tuple(user["licenses"]),
        user["deleted"],
    )


@dataclass
class _Run:
    pair: Pair
    world: World
    directory: OnWire
    chance: Random

    async def ids(self) -> tuple[str, ...]:
        """Work on both until they have ended."""
        to_come = [self.pair.first, self.pair.second]
        for _ in range(_MOST_RUNS):
            while to_come and NOW + to_come[0].after <= self.world.clock.now():
                await self._take_in(to_come.pop(0))
            records = self._records()
            if not to_come and all(record.status.is_final for record in records):
                return tuple(record.id for record in records)
            due = [one for one in records if self._is_due(one)]
            if due:
                await self._work(due)
            else:
                await self._pass_until(min(self._wakes(records, to_come)))
        raise AssertionError(f"{self.pair} has not ended")

    async def _work(self, due: list[Record]) -> None:
        """Two workers at once, if two restores are due; then a moment passes."""
        await asyncio.gather(*(self.world.run(record.id) for record in due))
        moment = timedelta(seconds=self.chance.uniform(0.05, 3))
        await self._pass_until(self.world.clock.now() + moment)

    async def _take_in(self, asked: Asked) -> None:
        body = json.dumps(asked.body | ({"version": 1} if asked.door == "queue" else {}))
        if asked.door == "http":
            await self.world.accept(parse_http(body.encode(), header_key=None))
            return
        message = {**json.loads(body), "requestedBy": "an app"}
        name = f"7d9a0f7e-0000-4000-8000-{self.chance.randrange(10**12):012d}"
        await take_in(json.dumps(message).encode(), name, self.world.deps)

    def _records(self) -> list[Record]:
        return [kept.record for kept in self.world.storage.ledger.records.values()]

    def _is_due(self, record: Record) -> bool:
        waits = record.waiting is not None and record.waiting.until > self.world.clock.now()
        return not record.status.is_final and not waits

    def _wakes(self, records: list[Record], to_come: list[Asked]) -> Iterator[datetime]:
        yield from (one.waiting.until for one in records if one.waiting is not None)
        yield from (NOW + asked.after for asked in to_come)

    async def _pass_until(self, at: datetime) -> None:
        self.world.clock.advance(max(at - self.world.clock.now(), timedelta(0)))
        await self.directory.set_clock(self.world.clock.now())


def what_is_wrong(ended: Ended) -> list[str]:
    """What must not come of any pair, and did."""
    found: list[tuple[bool, Any]] = [
        (ended.restored > 1, f"restored {ended.restored} times"),
        (ended.assigned > 1, f"licences sent {ended.assigned} times"),
        (len(ended.licenses) > 1, f"{len(ended.licenses)} licences"),
        (len(ended.licenses) < 1, "no licence"),
        (ended.is_deleted, "still deleted"),
    ]
    well = {"mailbox-restored", "user-restored", "license-restored", "already-active"}
    found += [(code not in well, code) for code in ended.codes]
    return [what for is_wrong, what in found if is_wrong]
