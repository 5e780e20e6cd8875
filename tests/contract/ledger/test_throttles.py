"""The Throttles port: in memory and on Azure Tables."""

from datetime import timedelta

from shared.errors import Quota
from tests.builders import NOW
from tests.contract.ledger.storages import Ports

# All tests share one table, so each of them is later than those before it.
_LATER = NOW + timedelta(days=1)
_LATEST = NOW + timedelta(days=2)


async def test_the_latest_instant_stays(storage: Ports) -> None:
    """An earlier instant does not replace a later one, and a later one does."""
    await storage.throttles.note(Quota.REQUESTS, NOW)
    assert (await storage.throttles.read())[Quota.REQUESTS] == NOW

    await storage.throttles.note(Quota.REQUESTS, _LATER)
    await storage.throttles.note(Quota.REQUESTS, NOW)

    assert (await storage.throttles.read())[Quota.REQUESTS] == _LATER


async def test_each_quota_has_an_instant_of_its_own(storage: Ports) -> None:
    """What is said of writes does not hold up those who only read."""
    await storage.throttles.note(Quota.WRITES, _LATEST)

    found = await storage.throttles.read()

    assert found[Quota.WRITES] == _LATEST
    assert found.get(Quota.REQUESTS) != _LATEST
