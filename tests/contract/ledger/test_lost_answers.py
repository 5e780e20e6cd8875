"""Test the ledger when an answer is lost or another writer comes between."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest

from infra.local import landscape
from shared.errors import LeaseLostError, StorageUnavailableError
from shared.ledger.connections import StorageSettings
from shared.ledger.storage import Storage, open_storage
from shared.ports.ledger import LockedBy
from tests.builders import NOW
from tests.contract.ledger.proxies.lossy import Loss, LossyProxy, lossy_proxy
from tests.contract.ledger.storages import a_new_record, an_entry, an_id

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def proxy(azurite: landscape.Azurite) -> AsyncIterator[LossyProxy]:
    """Give a proxy before table storage that loses answers when told."""
    async with lossy_proxy(azurite) as running:
        yield running


@pytest.fixture
async def lossy(proxy: LossyProxy) -> AsyncIterator[Storage]:
    """Give the ports as seen through the proxy."""
    opened = open_storage(StorageSettings(proxy.connection_string))
    await opened.ensure()
    yield opened
    await opened.close()


@pytest.mark.parametrize("loss", Loss)
async def test_a_start_on_a_bad_network_makes_its_tables(proxy: LossyProxy, loss: Loss) -> None:
    """One answer in two dozen that is lost does not cost the whole start."""
    opened = open_storage(StorageSettings(proxy.connection_string))
    proxy.lose_next("POST", loss)

    await opened.ensure()
    await opened.close()

    assert not proxy.losses


@pytest.mark.parametrize("loss", Loss)
async def test_an_insert_whose_answer_was_lost_is_recognised(
    lossy: Storage, proxy: LossyProxy, loss: Loss
) -> None:
    """The SDK's second try collides with its first, and the caller is told the truth: True."""
    record = a_new_record()
    proxy.lose_next("POST", loss)

    assert await lossy.ledger.insert(record, an_entry())

    assert not proxy.losses
    assert (an_entry(),) == await lossy.ledger.journal(record.id)
    assert not await lossy.ledger.insert(record, an_entry())


@pytest.mark.parametrize("loss", Loss)
async def test_a_write_whose_answer_was_lost_is_recognised(
    lossy: Storage, proxy: LossyProxy, loss: Loss
) -> None:
    """It comes back with the ETag for the next write, and the journal has the entry once."""
    record = a_new_record()
    await lossy.ledger.insert(record, an_entry())
    stored = await lossy.ledger.read(record.id)
    assert stored is not None
    claimed = record.claim("worker-1", NOW, MINUTE)
    proxy.lose_next("POST", loss)

    written = await lossy.ledger.write(stored, claimed, an_entry("claimed"))

    assert not proxy.losses
    assert written == await lossy.ledger.read(record.id)
    await lossy.ledger.write(written, claimed, an_entry("went on"))
    events = [entry.event for entry in await lossy.ledger.journal(record.id)]
    assert events == ["accepted", "claimed", "went on"]


async def test_an_equal_write_by_another_is_not_taken_for_our_own(
    lossy: Storage, proxy: LossyProxy
) -> None:
    """The rival wrote the very same content; still only one of the two is the winner."""
    record = a_new_record()
    await lossy.ledger.insert(record, an_entry())
    stored = await lossy.ledger.read(record.id)
    assert stored is not None
    await lossy.ledger.write(stored, record, an_entry("the same"))
    proxy.lose_next("POST", Loss.SERVER_ERROR)

    with pytest.raises(LeaseLostError):
        await lossy.ledger.write(stored, record, an_entry("the same"))


async def test_a_write_that_may_have_arrived_says_so(lossy: Storage, proxy: LossyProxy) -> None:
    """The connection breaks after each try: not called a lost lease, and there once."""
    record = a_new_record()
    await lossy.ledger.insert(record, an_entry())
    stored = await lossy.ledger.read(record.id)
    assert stored is not None
    for _ in range(3):
        proxy.lose_next("POST", Loss.DISCONNECT)

    with pytest.raises(StorageUnavailableError):
        await lossy.ledger.write(stored, record, an_entry("arrived"))

    assert not proxy.losses

    assert len(await lossy.ledger.journal(record.id)) == 2


@pytest.mark.parametrize("loss", Loss)
async def test_a_join_whose_answer_was_lost_is_recognised(
    lossy: Storage, proxy: LossyProxy, loss: Loss
) -> None:
    """The second try finds the first one's pointer, and knows it for its own."""
    mark = an_id()
    await lossy.joins.point(mark, "first", replacing=None)
    first = await lossy.joins.find(mark)
    proxy.lose_next("PUT", loss)

    assert await lossy.joins.point(mark, "second", replacing=first)

    assert not proxy.losses
    assert not await lossy.joins.point(mark, "second", replacing=first)


@pytest.mark.parametrize("loss", Loss)
async def test_a_lock_whose_answer_was_lost_is_held(
    lossy: Storage, proxy: LossyProxy, loss: Loss
) -> None:
    """Taking and taking over both end with the truth about who holds it."""
    user = an_id()
    proxy.lose_next("POST", loss)
    assert await lossy.locks.take(user, LockedBy("first", 1)) == LockedBy("first", 1)

    proxy.lose_next("PUT", loss)
    assert await lossy.locks.take_over(user, holder=LockedBy("first", 1), by=LockedBy("second", 1))

    proxy.lose_next("DELETE", loss)
    await lossy.locks.release(user, LockedBy("second", 1))
    assert not proxy.losses
    assert await lossy.locks.take(user, LockedBy("third", 1)) == LockedBy("third", 1)


async def test_a_passing_fault_goes_unnoticed(lossy: Storage, proxy: LossyProxy) -> None:
    """Two lost answers in a row are bridged for a read."""
    proxy.lose_next("GET", Loss.SERVER_ERROR)
    proxy.lose_next("GET", Loss.DISCONNECT)

    assert await lossy.ledger.read(an_id()) is None

    assert not proxy.losses


async def test_a_record_that_changes_while_it_is_removed_stays(
    lossy: Storage, proxy: LossyProxy
) -> None:
    """A restore retried at the very moment of its cleanup keeps its record and its journal."""
    record = a_new_record()
    await lossy.ledger.insert(record, an_entry())
    stored = await lossy.ledger.read(record.id)
    assert stored is not None
    proxy.interrupt_next("POST", lambda: lossy.ledger.write(stored, record, an_entry("retried")))

    with pytest.raises(LeaseLostError):
        await lossy.ledger.remove(record.id)

    events = [entry.event for entry in await lossy.ledger.journal(record.id)]
    assert events == ["accepted", "retried"]
    assert await lossy.ledger.read(record.id) is not None


async def test_a_lock_or_join_that_changes_hands_is_not_deleted(
    lossy: Storage, proxy: LossyProxy
) -> None:
    """Between our look and our delete another took it over: it stays theirs."""
    user, mark = an_id(), an_id()
    await lossy.locks.take(user, LockedBy("old", 1))
    await lossy.joins.point(mark, "old", replacing=None)
    join = await lossy.joins.find(mark)

    proxy.interrupt_next(
        "DELETE",
        lambda: lossy.locks.take_over(user, holder=LockedBy("old", 1), by=LockedBy("new", 1)),
    )
    await lossy.locks.release(user, LockedBy("old", 1))
    proxy.interrupt_next("DELETE", lambda: lossy.joins.point(mark, "new", replacing=join))
    await lossy.joins.forget(mark, "old")

    assert not proxy.interruptions
    assert await lossy.locks.take(user, LockedBy("late", 1)) == LockedBy("new", 1)
    found = await lossy.joins.find(mark)
    assert found is not None
    assert found.restore_id == "new"


async def test_a_lock_that_a_retry_takes_anew_is_not_deleted(
    lossy: Storage, proxy: LossyProxy
) -> None:
    """The row names the same restore before and after; what is deleted is only what was read."""
    user, first, second = an_id(), LockedBy("mine", 1), LockedBy("mine", 2)
    await lossy.locks.take(user, first)

    proxy.interrupt_next("DELETE", lambda: lossy.locks.take(user, second))
    await lossy.locks.release(user, first)

    assert not proxy.interruptions
    assert await lossy.locks.take(user, LockedBy("late", 1)) == second


@pytest.mark.parametrize("call", ["insert", "read", "write", "remove", "find", "point", "take"])
async def test_round_trips_are_few(lossy: Storage, proxy: LossyProxy, call: str) -> None:
    """One for every call that claims, and a removal takes two."""
    record = a_new_record()
    await lossy.ledger.insert(record, an_entry())
    stored = await lossy.ledger.read(record.id)
    assert stored is not None
    ledger, joins, locks = lossy.ledger, lossy.joins, lossy.locks
    calls: dict[str, Callable[[], Awaitable[object]]] = {
        "insert": lambda: ledger.insert(a_new_record(), an_entry()),
        "read": lambda: ledger.read(record.id),
        "write": lambda: ledger.write(stored, record, an_entry(), an_entry()),
        "remove": lambda: ledger.remove(record.id),
        "find": lambda: joins.find(an_id()),
        "point": lambda: joins.point(an_id(), "restore", replacing=None),
        "take": lambda: locks.take(an_id(), LockedBy("restore", 1)),
    }
    before = proxy.seen

    await calls[call]()

    assert proxy.seen - before == (2 if call == "remove" else 1)
