"""Whose mailbox answers without a licence stands in the list, with when the licence went."""

from shared.domain.lists.losses import ListedLoss, LossQuery
from shared.domain.window import Evidence
from shared.lists.losses import list_losses
from shared.upkeep.weekly_report import send_weekly_report
from tests.unit.world.lingering import ADA, MINUTE, days, lingering
from tests.unit.world.watched import DAY, HOUR, Watched, the_data


async def listed(world: Watched) -> list[ListedLoss]:
    """The rows of the first page."""
    return list((await list_losses(LossQuery(), world.deps)).rows)


async def test_it_says_when_the_licence_went() -> None:
    """However often the mailbox has answered since; nothing says that its window ends."""
    world = await lingering()
    gone_at = world.seen(ADA).license_lost_at
    await days(world, 9)

    [row] = await listed(world)

    assert (row.window.evidence, row.window.ends_at) == (Evidence.MAILBOX, None)
    assert row.lost_at == gone_at


async def test_it_is_not_counted_as_lost() -> None:
    """In the weekly report: it is among the people who need a licence, and not lost."""
    world = await lingering()
    await days(world, 1)

    await send_weekly_report(world.deps)

    [alert] = world.alerts("weekly-report")
    assert (the_data(alert)["lost"], the_data(alert)["people"]) == (0, 1)


async def test_an_undo_is_no_loss_however_long_the_mailbox_answers() -> None:
    """Nor when it is silent at last, days after what the service did."""
    world = Watched()
    await world.storage.taken.note(ADA.id, world.clock.now() + HOUR + MINUTE)
    await lingering(world)
    await days(world, 3)
    while_it_answers = await listed(world)
    world.directory.lingering.clear()
    await days(world, 3)

    assert (while_it_answers, await listed(world)) == ([], [])


async def test_a_licence_that_others_took_after_an_undo_is_a_loss() -> None:
    """The person was licensed in between, so the undo explains nothing."""
    world = Watched()
    await world.storage.taken.note(ADA.id, world.clock.now() - 9 * DAY)
    await lingering(world)

    assert [row.id for row in await listed(world)] == [ADA.id]
