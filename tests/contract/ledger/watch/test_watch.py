"""Test what the watch stores: in memory and on Azure Tables."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from shared.domain.licensing.held import HeldLicense, Origin
from shared.domain.observations.observation import MailboxAnswers, Observation, RememberedNames
from shared.domain.observations.rounds import RoundLog, RoundStretch
from shared.domain.person import AssignedLicense
from shared.domain.records.progress import Lease
from shared.errors import LeaseLostError
from shared.ports.watch import DeltaRound, ObservationWrite
from tests.builders import ENTERPRISEPACK_ID, NOW, TEAMS_PLAN_ID, an_observation
from tests.contract.ledger.storages import Ports, an_id

DAY = timedelta(days=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)
TICK = timedelta(microseconds=1)


def a_full_observation(user_id: str) -> Observation:
    """Return one with something in every field."""
    e3 = AssignedLicense(ENTERPRISEPACK_ID, (TEAMS_PLAN_ID,))
    return an_observation(
        user_id,
        e3,
        seen_at=NOW + TICK,
        lost_at=NOW + 2 * TICK,
        groups={ENTERPRISEPACK_ID: "a-group"},
        held=(HeldLicense("sku", ("plan",), Origin.GROUP, ("group",)),),
        names=RememberedNames("a@b.c", "A", ("a@b.c",), ("a@b.c",), ("old@b.c",)),
        purpose="shared",
        answers=MailboxAnswers(NOW, NOW + TICK, is_over=True),
        created_at=NOW - DAY,
        deleted_at=NOW + 3 * TICK,
        purged_at=NOW + 4 * TICK,
        shared_at=NOW - TICK,
        is_doubted=True,
    )


async def test_many_are_kept_and_read_as_they_were(storage: Ports) -> None:
    """More than a transaction holds, over all partitions; who is not remembered is left out."""
    memory, ids = storage.watch.observations, [an_id() for _ in range(250)]
    written = [a_full_observation(user_id) for user_id in ids]

    assert await memory.keep([ObservationWrite(one, None) for one in written])

    found = await memory.many([*ids, an_id()])
    assert {user_id: kept.observation for user_id, kept in found.items()} == dict(
        zip(ids, written, strict=True)
    )
    assert await storage.observations.last(ids[0]) == written[0]


async def test_nothing_is_kept_of_nobody(storage: Ports) -> None:
    """A page without news asks storage for nothing."""
    assert await storage.watch.observations.keep([])
    assert await storage.watch.observations.many([]) == {}


async def test_an_observation_is_replaced_on_present_knowledge_only(storage: Ports) -> None:
    """Presumed absent, presumed the old one, presumed there: each is refused."""
    memory, user_id = storage.watch.observations, an_id()
    first = a_full_observation(user_id)
    await memory.keep([ObservationWrite(first, None)])
    old = (await memory.many([user_id]))[user_id]
    second = replace(first, lost=())
    assert await memory.keep([ObservationWrite(second, old)])

    third = replace(first, purpose=None)
    assert not await memory.keep([ObservationWrite(third, None)])
    assert not await memory.keep([ObservationWrite(third, old)])
    assert not await memory.keep([ObservationWrite(a_full_observation(an_id()), old)])

    assert (await memory.many([user_id]))[user_id].observation == second


async def test_of_rivals_one_keeps_its_observation(storage: Ports) -> None:
    """Two runs that read the same: the second to write is told to look again."""
    memory, user_id = storage.watch.observations, an_id()
    await storage.observations.note(a_full_observation(user_id))
    before = (await memory.many([user_id]))[user_id]
    rivals = [replace(before.observation, purpose=str(number)) for number in range(8)]

    won = await asyncio.gather(*(memory.keep([ObservationWrite(one, before)]) for one in rivals))

    assert won.count(True) == 1
    kept = (await memory.many([user_id]))[user_id].observation
    assert kept == rivals[won.index(True)]


async def test_who_is_removed_is_forgotten(storage: Ports) -> None:
    """Not one who was written since; removed again is fine, and so is a new beginning."""
    memory, user_id = storage.watch.observations, an_id()
    await storage.observations.note(a_full_observation(user_id))
    old = (await memory.many([user_id]))[user_id]
    await memory.keep([ObservationWrite(replace(old.observation, lost=()), old)])
    new = (await memory.many([user_id]))[user_id]

    await memory.remove(old)
    assert await storage.observations.last(user_id) == new.observation
    await memory.remove(new)
    await memory.remove(new)

    assert await storage.observations.last(user_id) is None
    assert await storage.watch.observations.keep(
        [ObservationWrite(a_full_observation(user_id), None)]
    )


async def test_names_are_found_by_their_instant(storage: Ports) -> None:
    """From the first microsecond on and before the last one, across days and years."""
    dated, name = storage.watch.losses, an_id()
    year_end = datetime(2026, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    moments = [NOW, NOW + TICK, NOW + DAY, year_end, year_end + TICK]
    for moment in moments:
        await dated.note(name, moment)
        await dated.note(name, moment)

    async def found(since: datetime, until: datetime) -> list[datetime]:
        return sorted([at async for one, at in dated.between(since, until) if one == name])

    assert await found(BEGINNING, year_end + DAY) == moments
    assert await found(NOW, NOW + DAY) == moments[:2]
    assert await found(NOW + TICK, NOW + DAY + TICK) == moments[1:3]
    assert await found(year_end, year_end + TICK) == [year_end]
    assert await found(NOW + 2 * TICK, NOW + 3 * TICK) == []


async def test_many_names_are_filed_at_once(storage: Ports) -> None:
    """Of several days, more than a transaction takes, and some of them twice."""
    since = NOW + timedelta(days=400)
    rows = {(an_id(), since + timedelta(hours=number)) for number in range(130)}

    await storage.watch.losses.note_all([*rows, *list(rows)[:7]])
    await storage.watch.losses.note_all([])

    found = storage.watch.losses.between(since, since + timedelta(days=10))
    assert sorted([one async for one in found]) == sorted(rows)


async def test_a_name_is_held_and_forgotten_under_its_instant(storage: Ports) -> None:
    """Another instant is another row; forgotten again is fine."""
    dated, name = storage.watch.marks, f"closing-{an_id()}-0.5"
    await dated.note(name, NOW)

    assert await dated.holds(name, NOW)
    assert not await dated.holds(name, NOW + TICK)
    await dated.forget(name, NOW + TICK)
    assert await dated.holds(name, NOW)
    await dated.forget(name, NOW)
    await dated.forget(name, NOW)
    assert not await dated.holds(name, NOW)


@pytest.mark.parametrize("kind", ["departures", "doubts", "marks"])
async def test_kinds_do_not_mix(storage: Ports, kind: str) -> None:
    """They may share a table, but not a row."""
    name = an_id()
    await storage.watch.losses.note(name, NOW)

    assert not await getattr(storage.watch, kind).holds(name, NOW)
    others = [one async for one, _ in getattr(storage.watch, kind).between(NOW, NOW + DAY)]
    assert name not in others


async def test_the_round_is_written_on_present_knowledge_only(storage: Ports) -> None:
    """Whoever read an older round than the present one is refused, and writes nothing."""
    rounds = storage.watch.rounds
    found = await rounds.read()
    full = DeltaRound(
        link="https://graph.microsoft.com/v1.0/users/delta?$deltatoken=" + "x" * 40_000,
        started_at=NOW,
        log=RoundLog((RoundStretch(NOW - 2 * DAY, NOW - DAY),)),
        shows_deleted_licenses=True,
        is_seeded=True,
        bursts_checked_at=NOW + TICK,
        bursts_told_until=NOW + DAY,
        deletions_told_until=NOW + DAY,
        removals_told_until=NOW + TICK,
        forgot_until=NOW - TICK,
        lease=Lease("worker", NOW + DAY),
    )

    written = await rounds.write(found, full)

    again = await rounds.read()
    assert again.round == full
    assert again.etag == written.etag
    with pytest.raises(LeaseLostError):
        await rounds.write(found, DeltaRound())
    assert (await rounds.read()).round == full
    await rounds.write(written, DeltaRound())


async def test_a_name_leads_to_all_who_had_it(storage: Ports) -> None:
    """In any case, filed twice or not, and to nobody whose name only begins so."""
    names, first, second = storage.watch.names, an_id(), an_id()
    name = f"{an_id()}@contoso.com"
    await names.note(first, (name.upper(), f"{name}.de", "o'brien@contoso.com/#x"))
    await names.note(first, (name,))
    await names.note(second, (name,))

    assert set(await names.find(name)) == {first, second}
    assert await names.find(f"{name}.DE") == (first,)
    assert first in await names.find("O'Brien@contoso.com/#x")
    assert await names.find(name[:-1]) == ()

    await names.forget(first, (name, "never had"))
    assert await names.find(name) == (second,)


async def test_the_names_of_a_mailbox_with_many_aliases_are_kept(storage: Ports) -> None:
    """More than one transaction holds; none at all asks storage for nothing."""
    names, user_id = storage.watch.names, an_id()
    many = [f"{number}-{user_id}@contoso.com" for number in range(301)]
    await names.note(user_id, many)
    await names.note(user_id, ())

    assert await names.find(many[0]) == await names.find(many[-1]) == (user_id,)
