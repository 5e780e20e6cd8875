"""Test that of many people those alone are asked for whom the log names, and none is missed."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord
from shared.domain.lists.loss_cursor import AuditSign
from shared.domain.lists.losses import LossQuery
from shared.domain.window import Evidence
from shared.lists.losses import list_losses
from shared.lists.named_in_log import NamedInLog
from tests.builders import NOW
from tests.fakes.audit_cursor import InMemoryAuditCursors
from tests.unit.lists.test_losses import deleted
from tests.unit.world.watched import DAY, somebody, unlicensed
from tests.unit.world.world import World

_GENERATION = "1"
ADA = somebody(1)


async def asked_for_many(cursors: InMemoryAuditCursors) -> NamedInLog:
    """What is known once so many were asked for that the names were read."""
    named = NamedInLog(cursors, _GENERATION)
    for number in range(60):
        await named.may_name(f"somebody-{number}")
    return named


async def add(cursors: InMemoryAuditCursors, *user_ids: str) -> None:
    """Keep a record of each."""
    records = [AuditRecord(one, NOW, Activity.UPDATE_USER) for one in user_ids]
    await cursors.add(_GENERATION, records)


async def test_many_deleted_people_are_listed_with_few_reads_of_the_log() -> None:
    """Whom the log names is still listed by it, the first, the last and all between."""
    world = World()
    people = [unlicensed(somebody(number)) for number in range(1, 201)]
    named = {people[at].id for at in (0, 1, 70, 120, 199)}
    for person in people:
        world.put(deleted(person, days_ago=2))
        if person.id in named:
            world.directory.license_changes[person.id] = [NOW - 4 * DAY]

    page = await list_losses(LossQuery(top=999), world.deps)

    by_log = {row.id for row in page.rows if row.window.evidence is Evidence.AUDIT}
    assert by_log == named
    assert len(page.rows) == 200
    # The named are read again, as signs that nobody has looked into.
    assert world.storage.audit_cursors.calls["of_user"] < 3 * len(named)


class LateRecord(InMemoryAuditCursors):
    """Another worker keeps a record of Ada, right after the names were read."""

    async def signs(self, generation: str) -> AsyncIterator[Sequence[AuditSign]]:
        """Give what is there, and keep the record."""
        async for page in super().signs(generation):
            yield page
        at = NOW - 4 * DAY
        self.entries.setdefault(generation, set()).add(
            AuditRecord(ADA.id, at, Activity.UPDATE_USER)
        )


async def test_a_record_that_came_meanwhile_is_not_taken_for_looked_into() -> None:
    """The call that reads its sign reads the person again, and with it."""
    world = World()
    world.put(*(deleted(unlicensed(somebody(number)), days_ago=2) for number in range(1, 101)))

    deps = replace(world.deps, audit_cursors=LateRecord())

    for _ in range(2):
        page = await list_losses(LossQuery(top=999), deps)

    [row] = [row for row in page.rows if row.id == ADA.id]
    assert row.window.evidence is Evidence.AUDIT


async def test_a_few_people_are_asked_for_one_by_one() -> None:
    """The names cost more than they would save."""
    cursors = InMemoryAuditCursors()
    named = NamedInLog(cursors, _GENERATION)

    assert all([await named.may_name(f"somebody-{number}") for number in range(40)])
    assert cursors.calls["signs"] == 0


async def test_of_many_who_are_expected_the_names_are_read_before_anybody_is_asked_for() -> None:
    """Once, however many are expected then."""
    cursors = InMemoryAuditCursors()
    await add(cursors, "ada")
    named = NamedInLog(cursors, _GENERATION)
    await named.expect(60)

    assert [await named.may_name(one) for one in ("ben", "ada")] == [False, True]
    await named.expect(60)
    assert not await named.may_name("cleo")
    assert cursors.calls["signs"] == 1


async def test_of_many_only_the_named_are_asked_for() -> None:
    """The names are read once; others' records are of another generation."""
    cursors = InMemoryAuditCursors()
    await add(cursors, "ada")
    await cursors.add("2", [AuditRecord("ben", NOW, Activity.UPDATE_USER)])
    named = await asked_for_many(cursors)

    assert [await named.may_name(one) for one in ("ada", "ben")] == [True, False]
    assert cursors.calls["signs"] == 1


async def test_whose_record_came_later_is_asked_for() -> None:
    """Once its sign is read, whoever is looked at for it is looked at with it."""
    named = await asked_for_many(InMemoryAuditCursors())

    named.learn([AuditSign("ada", NOW)])

    assert [await named.may_name(one) for one in ("ada", "ben")] == [True, False]


@pytest.mark.parametrize("count", [4_999, 5_001])
async def test_a_long_log_is_not_read_for_its_names(count: int) -> None:
    """Then everybody is asked for."""
    cursors = InMemoryAuditCursors()
    at = NOW - timedelta(seconds=1)
    records = [AuditRecord(f"{n}", at, Activity.UPDATE_USER) for n in range(1, count + 1)]
    await cursors.add(_GENERATION, records)
    named = await asked_for_many(cursors)

    assert await named.may_name("nobody") is (count > 5_000)


@pytest.mark.parametrize("odd", ["a/b", "a b", "ægir", "a%2f"])
async def test_a_name_that_a_key_writes_otherwise_is_asked_for(odd: str) -> None:
    """It would not be found among the names."""
    named = await asked_for_many(InMemoryAuditCursors())

    assert await named.may_name(odd)
