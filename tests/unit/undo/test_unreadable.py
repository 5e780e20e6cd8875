"""Undoing what this release cannot read: refused and said so, and no end goes untold for it."""

from shared.domain.outcomes import Code, Status
from shared.restore.retry import retry_restore
from tests.builders import NOW, USER_ID
from tests.reading import said
from tests.unit.undo.test_undo import ask, restored, undo, with_deleted
from tests.unit.world.world import ASKED_BY, code_of


async def test_what_cannot_be_read_is_not_taken_back() -> None:
    """Nobody can tell what it has done; once it can be read, another attempt takes it back."""
    world = with_deleted()
    original = await restored(world)
    asked = await ask(world, original)
    world.storage.ledger.reads = lambda restore_id: restore_id != original.id

    refused = await world.finish(asked.id)

    assert code_of(refused) is Code.UNDO_REFUSED
    assert original.id in said(refused.outcome).message
    assert not world.directory.person(USER_ID).is_deleted
    world.storage.ledger.reads = lambda _: True
    await retry_restore(refused.id, ASKED_BY, world.deps)
    assert code_of(await world.finish(refused.id)) is Code.UNDONE


async def test_an_undo_is_told_though_its_restore_cannot_be_read_any_more() -> None:
    """The note on that restore is left out: the event goes out once, and not by each sweep."""
    world = with_deleted()
    original = await restored(world)
    record = await undo(world, original)
    told = len(world.storage.outbox.results)
    await world.storage.unfinished.note(record.id, NOW)
    world.storage.ledger.reads = lambda restore_id: restore_id != original.id

    await world.sweep()

    assert record.status is Status.SUCCEEDED
    assert len(world.storage.outbox.results) == told + 1
    assert record.id not in world.storage.unfinished.rows
