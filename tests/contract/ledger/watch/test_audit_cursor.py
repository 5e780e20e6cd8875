"""The AuditCursors port: in memory and on Azure Tables."""

from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import Activity, AuditRecord, LicenseContent, LogRefusal
from shared.domain.person import AssignedLicense, UserPlan
from shared.domain.watch.audit_cursor import AuditCursor, generation_name
from shared.errors import LeaseLostError
from tests.builders import NOW
from tests.contract.ledger.storages import Ports, an_id

DAY = timedelta(days=1)
SINCE = NOW - 31 * DAY


async def test_the_trail_comes_back_as_it_was_saved(storage: Ports) -> None:
    """With the read under way, to the microsecond."""
    before = await storage.audit_cursors.load()
    cursor = (
        AuditCursor("g", SINCE, NOW, NOW, pages=2, refusal=LogRefusal.LICENSE, oldest_at=SINCE)
        .taken("w", SINCE, NOW)
        .sending(NOW)
        .met([SINCE])
        .advanced("l")
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


async def test_the_records_of_a_user_since_then(storage: Ports) -> None:
    """Of this user and this generation alone, oldest first; adding one again changes nothing."""
    cursor, generation, user = storage.audit_cursors, _a_generation(), an_id()
    changes = [AuditRecord(user, NOW - days * DAY) for days in (1, 5, 9)]
    await cursor.add(generation, changes)
    await cursor.add(generation, [changes[1], AuditRecord(f"{user}0", NOW - 7 * DAY)])
    await cursor.add(_a_generation(), [AuditRecord(user, NOW - 8 * DAY)])

    oldest_first = tuple(changes[::-1])
    assert await cursor.of_user(generation, user, SINCE) == oldest_first
    assert await cursor.of_user(generation, user, NOW - 9 * DAY) == oldest_first
    assert await cursor.of_user(generation, user, NOW - 8 * DAY) == oldest_first[1:]
    assert await cursor.of_user(generation, user, NOW) == ()
    assert await cursor.of_user(generation, an_id(), SINCE) == ()


async def test_a_record_comes_back_whole(storage: Ports) -> None:
    """Two of one user and instant are two, by the log's own names of them."""
    cursor, generation, user = storage.audit_cursors, _a_generation(), an_id()
    content = LicenseContent(
        (AssignedLicense("sku", ("plan",)),), (UserPlan("plan"), UserPlan("other", "3"))
    )
    empty = LicenseContent()
    first = AuditRecord(user, NOW, Activity.UPDATE_USER, "c", content, empty, by_group=True, id="a")
    second = AuditRecord(user, NOW, id="b")
    await cursor.add(generation, [first, second])

    assert set(await cursor.of_user(generation, user, SINCE)) == {first, second}


async def test_adding_an_empty_page_is_fine(storage: Ports) -> None:
    """An empty page is no fault."""
    generation = _a_generation()
    await storage.audit_cursors.add(generation, [])

    assert await storage.audit_cursors.of_user(generation, an_id(), SINCE) == ()


async def test_old_generations_go_and_nothing_else(storage: Ports) -> None:
    """However many entries they have; the cursor itself stays, and a second removal finds none."""
    old, kept, user = _a_generation(-DAY), _a_generation(), an_id()
    saved = await storage.audit_cursors.save(await storage.audit_cursors.load(), AuditCursor(kept))
    many = [AuditRecord(user, NOW - number * timedelta(seconds=1)) for number in range(250)]
    await storage.audit_cursors.add(old, many)
    await storage.audit_cursors.add(kept, many[:1])

    removed = await storage.audit_cursors.remove_before(kept)

    # Other tests have left entries of theirs.
    assert removed >= len(many)
    assert await storage.audit_cursors.remove_before(kept) == 0
    assert await storage.audit_cursors.of_user(old, user, SINCE) == ()
    assert await storage.audit_cursors.of_user(kept, user, SINCE) == tuple(many[:1])
    assert await storage.audit_cursors.load() == saved


def _a_generation(later: timedelta = timedelta(0)) -> str:
    return generation_name(NOW + later, an_id())
