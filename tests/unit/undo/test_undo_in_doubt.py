"""An undo whose answer was lost: looked at, sent once more soon, and never over somebody's head."""

from dataclasses import replace
from datetime import timedelta

from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.records.progress import StepStatus
from shared.domain.records.record import Record
from shared.domain.requests.request import LicenseChoice
from shared.domain.requests.roles import Role
from shared.domain.undos.sign_ins import SignInLook
from shared.errors import NotSentError, OutcomeUnknownError
from shared.lists.judged_loss import judged_loss
from shared.lists.loss_reads import LossReads
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_restore
from shared.texts.reader import Reader
from tests.builders import ENTERPRISEPACK_ID, USER_ID, a_request, because
from tests.reading import said
from tests.unit.undo.test_undo import ask, restored, with_deleted
from tests.unit.world.world import ASKED_BY, World

MINUTE = timedelta(minutes=1)
LOST = OutcomeUnknownError(because("lost"))
DELETE = f"delete_user {USER_ID}"


def sent(world: World) -> int:
    """How often a deletion was sent."""
    return world.directory.calls.count(DELETE)


async def in_doubt(world: World, *, arrives: bool) -> Record:
    """An undo whose deletion was sent, and whose answer was lost."""
    original = await restored(world)
    world.directory.fail_next("delete_user", LOST, after_effect=arrives)
    record = await ask(world, original)
    return await world.run(record.id)


async def test_what_no_look_has_shown_is_sent_once_more_within_minutes() -> None:
    """The deletion never arrived, and all is as it was."""
    world = with_deleted()
    record = await in_doubt(world, arrives=False)

    ended = await world.finish(record.id)

    assert ended.outcome is not None
    assert ended.outcome.code is Code.UNDONE
    assert (sent(world), world.directory.deleted_again[USER_ID]) == (2, 1)


async def test_whoever_works_again_is_not_deleted_over_their_head() -> None:
    """The deletion never arrived, and the person signed in meanwhile."""
    world = with_deleted()
    record = await in_doubt(world, arrives=False)
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now() + MINUTE)

    ended = await world.finish(record.id)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == (Code.UNDO_REFUSED, "")
    assert sent(world) == 1
    assert world.storage.taken.rows == set()


async def test_whoever_was_put_back_by_hand_stays() -> None:
    """The deletion arrived; while Graph was down for hours, an administrator put the user back."""
    world = with_deleted()
    record = await in_doubt(world, arrives=True)
    world.put(restored_by_hand(world))
    world.clock.advance(timedelta(hours=3))

    ended = await world.finish(record.id)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == (Code.UNDO_REFUSED, "doubt")
    assert "retry this undo" in said(ended.outcome, Reader(roles=frozenset({Role.ADMIN}))).fix
    assert sent(world) == 1
    assert not world.directory.person(USER_ID).is_deleted


def restored_by_hand(world: World) -> Person:
    """The person as an administrator has brought it back."""
    return replace(world.directory.person(USER_ID), deleted_at=None)


async def test_a_retry_looks_at_everything_anew() -> None:
    """Ten days later somebody has signed in: refused, and nothing is sent."""
    world = with_deleted()
    record = await in_doubt(world, arrives=False)
    world.clock.advance(timedelta(hours=3))
    await world.finish(record.id)
    world.clock.advance(timedelta(days=10))
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now() - MINUTE)

    again = await retry_restore(record.id, ASKED_BY, world.deps)
    ended = await world.finish(again.id)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == (Code.UNDO_REFUSED, "")
    assert sent(world) == 1


async def test_a_retry_where_nothing_has_changed_takes_back() -> None:
    """The fix, done as told, leads on."""
    world = with_deleted()
    record = await in_doubt(world, arrives=False)
    world.clock.advance(timedelta(hours=3))
    await world.finish(record.id)

    ended = await world.finish((await retry_restore(record.id, ASKED_BY, world.deps)).id)

    assert ended.outcome is not None
    assert ended.outcome.code is Code.UNDONE
    assert world.directory.deleted_again[USER_ID] == 1


async def test_what_was_not_sent_hides_no_real_deletion() -> None:
    """Throttled, cancelled, and minutes later somebody deletes the user: that is a loss."""
    world = with_deleted()
    original = await restored(world)
    world.directory.fail_next("delete_user", NotSentError(because("429")))
    record = await ask(world, original)
    step = (await world.run(record.id)).steps[0]
    await cancel_restore(record.id, ASKED_BY, world.deps)

    assert (step.status, world.storage.taken.rows) == (StepStatus.PENDING, set())
    gone = replace(world.directory.person(USER_ID), deleted_at=world.clock.now() + 4 * MINUTE)
    world.put(gone)
    assert await judged_loss(gone, None, await LossReads.of(world.deps)) is not None


async def test_half_an_undo_says_which_half() -> None:
    """The licence is off; before the user is deleted, somebody signs in: the user stays."""
    world = with_deleted(licenses=(), license_states=(), plans=())
    chosen = LicenseChoice(sku_ids=(ENTERPRISEPACK_ID,))
    original = await world.restore(a_request(license=chosen, accept_unknown_window=True))
    world.clock.advance(60 * MINUTE)
    world.directory.fail_next("delete_user", NotSentError(because("429")))
    record = await world.run((await ask(world, original)).id)
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now())

    ended = await world.finish(record.id)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == (Code.UNDO_REFUSED, "half")
    assert not world.directory.person(USER_ID).is_deleted
    assert world.directory.person(USER_ID).licenses == ()
