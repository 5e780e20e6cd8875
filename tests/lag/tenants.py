"""Make up people whose licence came and went, and what a service knows of it; the truth is known.

A licence stays, or stays away, for at least a day, as the rounds of Observe see it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent
from shared.domain.observations.extend import deleted, first_look, look_at, with_look
from shared.domain.observations.observation import Observation
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.record import Record
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, LicenseChoice, RequestedBy, RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.snapshot import Policy
from shared.ports.watch import DeltaRound, StoredDeltaRound
from shared.restore.accept import accept
from tests.builders import ENTERPRISEPACK_ID, NOW, USER_ID, a_person, a_request
from tests.unit.world.watched import unlicensed
from tests.unit.world.world import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WINDOW = 30 * DAY
BY = RequestedBy(Door.HTTP, "Helpdesk", "0ff1ce", (Role.REQUEST,))
_E3 = LicenseContent((AssignedLicense(ENTERPRISEPACK_ID),))
_NONE = LicenseContent(())


@dataclass(frozen=True)
class Change:
    """The licence comes or goes, or something else about licences changes (`is_other`).

    `told`: what the audit log says of it: its content, that something changed, or not yet anything.
    """

    at: datetime
    is_other: bool
    told: str


@dataclass(frozen=True)
class Tenant:
    """One person's history, what was observed and logged of it, and one request."""

    created_at: datetime
    changes: tuple[Change, ...]
    deleted_at: datetime | None
    looks: tuple[RoundStretch, ...]
    """When the service looked every hour."""
    log_reach: timedelta | None
    """How far back the audit log goes; None: it may not be read."""
    shows_deleted: bool
    shows_created: bool
    kind: RestoreKind
    is_named: bool
    is_default: bool

    def has_plan(self, at: datetime) -> bool:
        """Whether the person truly had the licence then."""
        return sum(not one.is_other and one.at <= at for one in self.changes) % 2 == 1

    @property
    def lost_at(self) -> datetime | None:
        """When the last mailbox was truly lost; None: there is one, or there never was one."""
        end = self.deleted_at or NOW
        if self.has_plan(end):
            return self.deleted_at
        gone = [one.at for one in self.changes if not one.is_other and one.at <= end]
        return gone[-1] if gone else None

    @property
    def lives(self) -> bool:
        """Whether the last mailbox still exists."""
        lost_at = self.lost_at
        if lost_at is None:
            return self.deleted_at is None and self.has_plan(NOW)
        return lost_at + WINDOW > NOW

    def world(self) -> World:
        """The use cases in this tenant."""
        allowed = (ENTERPRISEPACK_ID,)
        defaults = allowed if self.is_default else ()
        world = World(Policy(default_sku_ids=defaults, allowed_sku_ids=allowed))
        world.put(self._person(self.deleted_at or NOW, self.deleted_at))
        self._log(world)
        self._observe(world)
        return world

    async def restored(self) -> Record:
        """What comes of the request of a caller without any right beyond asking."""
        world = self.world()
        named = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,)) if self.is_named else None
        named = None if self.kind is RestoreKind.USER else named
        request = a_request(kind=self.kind, user=USER_ID, license=named)
        order = order_of(request, BY)
        return await world.finish((await accept(order, world.deps)).record.id)

    def _person(self, at: datetime, deleted_at: datetime | None = None) -> Person:
        created_at = self.created_at if self.shows_created else None
        person = a_person(created_at=created_at, deleted_at=deleted_at)
        is_hidden = deleted_at is not None and not self.shows_deleted
        return person if self.has_plan(at) and not is_hidden else unlicensed(person)

    def _log(self, world: World) -> None:
        reach = self.log_reach
        world.directory.shows_audit = reach is not None
        oldest = NOW - (reach or timedelta(0))
        for one in self.changes:
            if one.at < oldest or one.told == "nothing" or one.at > (self.deleted_at or NOW):
                continue
            before = self.has_plan(one.at - timedelta(microseconds=1))
            after = self.has_plan(one.at)
            is_told = one.told == "content"
            world.directory.audit_records.append(
                AuditRecord(
                    USER_ID,
                    one.at,
                    Activity.CHANGE_LICENSE,
                    before=(_E3 if before else _NONE) if is_told else None,
                    after=(_E3 if after else _NONE) if is_told else None,
                )
            )
        # Others' records show how far back the log goes.
        world.directory.audit_records.append(AuditRecord("somebody-else", oldest))

    def _observe(self, world: World) -> None:
        """What hourly rounds remember: each tells of the person only if something has changed."""
        seen, rounds, was = None, RoundLog(), None
        for stretch in self.looks:
            for at in self._telling(stretch):
                if self.deleted_at is not None and at >= self.deleted_at:
                    seen = self._deletion(seen, rounds)
                    break
                has_plan = self.has_plan(at)
                if has_plan is not was and (has_plan or seen is not None):
                    look = look_at(self._person(at), at, has_plan=has_plan)
                    seen = with_look(seen, look, rounds) if seen else first_look(USER_ID, look)
                was = has_plan
                rounds = rounds.completed(at) if _is_next(rounds, at) else _jumped(rounds, at)
            rounds = _jumped(rounds, stretch.last)
        if seen is not None:
            world.storage.observations.kept[USER_ID] = seen
        shown = DeltaRound(log=RoundLog(self.looks), shows_deleted_licenses=self.shows_deleted)
        world.storage.rounds.stored = StoredDeltaRound(shown, None)

    def _telling(self, stretch: RoundStretch) -> list[datetime]:
        """The rounds of a stretch that matter: the first, and the first after each change."""
        changes = [one.at for one in self.changes] + ([self.deleted_at] if self.deleted_at else [])
        found = {stretch.first}
        for at in changes:
            rounds = -((stretch.first - at) // HOUR)
            round_at = stretch.first + rounds * HOUR
            if stretch.first < round_at <= stretch.last:
                found |= {round_at - HOUR, round_at}
        return sorted(one for one in found if one >= stretch.first)

    def _deletion(self, seen: Observation | None, rounds: RoundLog) -> Observation | None:
        if seen is None or self.deleted_at is None or seen.deleted_at is not None:
            return seen
        at = self.deleted_at
        person = self._person(at, at)
        shown = look_at(person, at, has_plan=self.has_plan(at)) if self.shows_deleted else None
        return deleted(seen, at, rounds, shown)

    def closed_in_error(self, code: str | None) -> bool:
        """Whether somebody was told that it is too late while the mailbox lives."""
        return code == "window-closed" and self.lives

    def promised_in_error(self, record: Record) -> bool:
        """Whether a mailbox is said to be back that is empty, or never was."""
        if record.outcome is None or record.outcome.code.value != "mailbox-restored":
            return False
        lost_at = self.lost_at
        changed = [step.ended_at for step in record.steps if step.name.is_effect and step.ended_at]
        return lost_at is None or any(at >= lost_at + WINDOW for at in changed)


def _is_next(rounds: RoundLog, at: datetime) -> bool:
    return rounds.last is None or at - rounds.last <= DAY


def _jumped(rounds: RoundLog, at: datetime) -> RoundLog:
    """The log with the hourly rounds up to then, within the stretch that has begun."""
    *before, current = rounds.stretches or (RoundStretch(at, at),)
    if at - current.last <= DAY:
        return rounds.completed(at)
    return RoundLog((*before, RoundStretch(current.first, at)))


@st.composite
def tenants(draw: st.DrawFn) -> Tenant:
    """A tenant and a request."""
    age = _days(draw, 0.2, 400)
    changes: list[Change] = []
    at = NOW - age + timedelta(minutes=draw(st.integers(0, 60)))
    for _ in range(draw(st.integers(1, 6))):
        if at >= NOW - timedelta(minutes=30):
            break
        told = draw(st.sampled_from(("content", "bare")))
        is_late = NOW - at < HOUR and draw(st.booleans())
        is_other = draw(st.sampled_from((False, False, True)))
        changes.append(Change(at, is_other, "nothing" if is_late else told))
        at += DAY + _days(draw, 0, draw(st.sampled_from((3, 40, 200))))
    last = changes[-1].at if changes else NOW - age
    is_deleted = draw(st.integers(0, 2)) == 0
    deleted_at = min(last + _days(draw, 0.01, 45), NOW - HOUR) if is_deleted else None
    return Tenant(
        NOW - age,
        tuple(changes),
        deleted_at if deleted_at is None or deleted_at > last else None,
        _looks(draw, NOW - age),
        draw(st.sampled_from((30 * DAY, 7 * DAY, None))),
        draw(st.booleans()),
        draw(st.booleans()),
        _kind(draw, is_deleted=is_deleted),
        draw(st.booleans()),
        draw(st.booleans()),
    )


def _looks(draw: st.DrawFn, created_at: datetime) -> tuple[RoundStretch, ...]:
    """Hourly rounds with gaps between them, the last one within the last hours or long ago."""
    ages = sorted(
        draw(st.lists(st.floats(0.02, 80), max_size=3, unique=True).map(_even)), reverse=True
    )
    stretches = [
        RoundStretch(NOW - timedelta(days=first), NOW - timedelta(days=last))
        for first, last in zip(ages[::2], ages[1::2], strict=True)
    ]
    apart = [b.first - a.last > DAY for a, b in pairwise(stretches)]
    return tuple(stretches) if all(apart) and created_at < NOW else ()


def _kind(draw: st.DrawFn, *, is_deleted: bool) -> RestoreKind:
    other = RestoreKind.USER if is_deleted else RestoreKind.LICENSE
    return draw(st.sampled_from((RestoreKind.MAILBOX, RestoreKind.MAILBOX, other)))


def _even(ages: list[float]) -> list[float]:
    return ages if len(ages) % 2 == 0 else [*ages, 0.02]


def _days(draw: st.DrawFn, least: float, most: float) -> timedelta:
    return timedelta(days=draw(st.floats(least, max(least, most), allow_nan=False)))
