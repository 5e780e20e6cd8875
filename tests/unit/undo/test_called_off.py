"""An undo or a drill that is called off says so in its own words, not in those of a restore."""

from shared.domain.outcomes import Code
from shared.restore.cancel import cancel_restore
from tests.builders import UPN
from tests.reading import said
from tests.unit.drill.drilled import Drilled
from tests.unit.undo.test_undo import ask, restored, with_deleted
from tests.unit.world.world import ASKED_BY, code_of


async def test_an_undo() -> None:
    """What the restore brought back stays, and nothing is to be asked for again."""
    world = with_deleted()
    original = await restored(world)
    undo = await ask(world, original)

    ended = await cancel_restore(undo.id, ASKED_BY, world.deps)

    assert code_of(ended) is Code.CANCELLED
    assert original.id in said(ended.outcome).message
    assert "nothing was taken back" in said(ended.outcome).message
    assert "send the request again" not in str(said(ended.outcome).fix)
    assert not world.directory.person(original.person.id if original.person else UPN).is_deleted


async def test_a_drill() -> None:
    """It has deleted nothing, so nobody is to be brought back."""
    world = Drilled()
    drill = await world.begin()

    ended = await cancel_restore(drill.id, ASKED_BY, world.deps)

    assert code_of(ended) is Code.CANCELLED
    assert "next drill" in str(said(ended.outcome).fix)
    assert world.changes() == []
