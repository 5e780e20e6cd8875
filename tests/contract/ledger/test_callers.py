"""Test the counts of each caller's work and checks: in memory and in Azure Tables."""

from dataclasses import replace

from shared.domain.limits import Open
from shared.ports.callers import CheckCount
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id


async def test_what_is_under_way_is_counted_by_caller_and_kind(storage: Ports) -> None:
    """Filed twice it is there once; what others have, and other kinds, are not."""
    me, other = an_id(), an_id()
    for name in ("1", "2", "2", "3"):
        await storage.callers.open(me, Open.RESTORE, name)
    await storage.callers.open(me, Open.SCHEDULE, "4")
    await storage.callers.open(me, Open.BATCH, "5")
    await storage.callers.open(other, Open.RESTORE, "6")

    assert sorted(await storage.callers.names(me, Open.RESTORE, 10)) == ["1", "2", "3"]
    assert await storage.callers.names(me, Open.SCHEDULE, 10) == ("4",)
    assert await storage.callers.names(me, Open.BATCH, 10) == ("5",)
    assert await storage.callers.names(other, Open.RESTORE, 10) == ("6",)


async def test_no_more_than_asked_for_is_read(storage: Ports) -> None:
    """Whoever counts up to a limit reads no further."""
    me = an_id()
    for number in range(5):
        await storage.callers.open(me, Open.RESTORE, str(number))

    assert len(await storage.callers.names(me, Open.RESTORE, 3)) == 3


async def test_what_has_ended_is_counted_no_more(storage: Ports) -> None:
    """Once or twice is the same."""
    me = an_id()
    await storage.callers.open(me, Open.RESTORE, "1")
    await storage.callers.open(me, Open.RESTORE, "2")

    await storage.callers.close(me, Open.RESTORE, "1")
    await storage.callers.close(me, Open.RESTORE, "1")

    assert await storage.callers.names(me, Open.RESTORE, 10) == ("2",)


async def test_callers_with_hostile_names_are_told_apart(storage: Ports) -> None:
    """A name is no key of storage before it is escaped."""
    stem = an_id()
    names = [f"{stem}{end}" for end in ("/", "\\", "#?", "", "'", "-", "\n", "ø" * 600)]
    for name in names:
        await storage.callers.open(name, Open.RESTORE, name)

    for name in names:
        assert await storage.callers.names(name, Open.RESTORE, 10) == (name,)


async def test_checks_are_counted_by_one_at_a_time(storage: Ports) -> None:
    """Who counts on from what is not there any more has lost, and counts once more."""
    me = an_id()
    once = CheckCount(NOW, 1, 10)
    assert await storage.callers.checked(me) is None

    assert await storage.callers.count(me, None, once)
    assert not await storage.callers.count(me, None, once)

    first = await storage.callers.checked(me)
    assert first is not None
    assert first.checked == once
    twice = replace(once, calls=2, checks=20)
    assert await storage.callers.count(me, first, twice)
    assert not await storage.callers.count(me, first, twice)
    second = await storage.callers.checked(me)
    assert second is not None
    assert second.checked == twice
