"""The AuditTrail port: in memory and on Azure Tables."""

from datetime import timedelta

import pytest

from shared.domain.watch.audit_cursor import AuditCursor, LicenseChange, generation_name
from shared.errors import LeaseLostError
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id

DAY = timedelta(days=1)
SINCE = NOW - 31 * DAY


async def test_the_trail_comes_back_as_it_was_saved(storage: Ports) -> None:
    """With the read under way, to the microsecond."""
    before = await storage.audit_cursors.load()
    cursor = (
        AuditCursor("g", SINCE, NOW, NOW, pages=2).taken("w", SINCE, NOW).sending(NOW).advanced("l")
    )

    saved = await storage.audit_cursors.save(before, cursor)

    assert await storage.audit_cursors.load() == saved
    assert saved.cursor == cursor


async def test_of_two_writers_one_wins(storage: Ports) -> None:
    """The other is told, and nothing of its own is kept."""
    before = await storage.audit_cursors.load()
    won = await storage.audit_cursors.save(before, AuditCursor("first"))

    with pytest.raises(LeaseLostError):
        await storage.audit_cursors.save(before, AuditCursor("second"))
    assert await storage.audit_cursors.load() == won


async def test_the_earliest_entry_of_a_user_since_then(storage: Ports) -> None:
    """Of this user and this generation alone; adding an entry again changes nothing."""
    cursor, generation, user = storage.audit_cursors, _a_generation(), an_id()
    changes = [LicenseChange(user, NOW - days * DAY) for days in (1, 5, 9)]
    await cursor.add(generation, changes)
    await cursor.add(generation, [changes[1], LicenseChange(f"{user}0", NOW - 7 * DAY)])
    await cursor.add(_a_generation(), [LicenseChange(user, NOW - 8 * DAY)])

    assert await cursor.earliest(generation, user, SINCE) == NOW - 9 * DAY
    assert await cursor.earliest(generation, user, NOW - 9 * DAY) == NOW - 9 * DAY
    assert await cursor.earliest(generation, user, NOW - 8 * DAY) == NOW - 5 * DAY
    assert await cursor.earliest(generation, user, NOW) is None
    assert await cursor.earliest(generation, an_id(), SINCE) is None


async def test_nothing_to_add(storage: Ports) -> None:
    """An empty page is no fault."""
    generation = _a_generation()
    await storage.audit_cursors.add(generation, [])

    assert await storage.audit_cursors.earliest(generation, an_id(), SINCE) is None


async def test_old_generations_go_and_nothing_else(storage: Ports) -> None:
    """However many entries they have; the cursor itself stays, and a second removal finds none."""
    old, kept, user = _a_generation(-DAY), _a_generation(), an_id()
    saved = await storage.audit_cursors.save(await storage.audit_cursors.load(), AuditCursor(kept))
    many = [LicenseChange(user, NOW - number * timedelta(seconds=1)) for number in range(250)]
    await storage.audit_cursors.add(old, many)
    await storage.audit_cursors.add(kept, many[:1])

    removed = await storage.audit_cursors.remove_before(kept)

    # Other tests have left entries of theirs.
    assert removed >= len(many)
    assert await storage.audit_cursors.remove_before(kept) == 0
    assert await storage.audit_cursors.earliest(old, user, SINCE) is None
    assert await storage.audit_cursors.earliest(kept, user, SINCE) == NOW
    assert await storage.audit_cursors.load() == saved


def _a_generation(later: timedelta = timedelta(0)) -> str:
    return generation_name(NOW + later, an_id())
