"""What the service itself took away is no loss: no alert tells of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.undos.taken import TakenAway
from tests.builders import NOW
from tests.unit.world.watched import HOUR, Watched, somebody, unlicensed

ADA = somebody(1)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("how", ["deleted", "unlicensed"])
@pytest.mark.parametrize(("is_ours", "alerts"), [(True, 0), (False, 3)], ids=["ours", "others'"])
async def test_no_window_is_told_of_that_the_service_opened(
    how: str, *, is_ours: bool, alerts: int
) -> None:
    """For a month, whichever way it was taken away; somebody else's deed is told of as ever."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    at = world.clock.now() + MINUTE
    if is_ours:
        await world.storage.watch.taken.note(ADA.id, at)
    world.tell(replace(ADA, deleted_at=at) if how == "deleted" else unlicensed(ADA))

    for _ in range(31 * 12):
        await world.look(after=2 * HOUR)

    assert len(world.alerts("window-closing")) == alerts


@pytest.mark.parametrize("silent_after", [0, 20])
async def test_an_undo_whose_mailbox_answers_for_some_days_is_told_of_no_more(
    silent_after: int,
) -> None:
    """Each answer moves the loss away from the undo; the licence went with it all the same."""
    world = Watched()
    world.tell(ADA)
    await world.look()
    await world.storage.watch.taken.note(ADA.id, world.clock.now() + MINUTE)
    world.tell(unlicensed(ADA))
    world.directory.lingering.add(ADA.id)
    await world.look()
    await world.look(after=10 * MINUTE)
    for _ in range(silent_after * 4):
        await world.look(after=6 * HOUR)
    world.directory.lingering.remove(ADA.id)

    for _ in range(31 * 4):
        await world.look(after=6 * HOUR)

    assert world.seen(ADA).lost_at is not None
    assert world.alerts("window-closing") == []


@pytest.mark.parametrize(("ours", "alerts"), [(20, 0), (0, 1)])
async def test_many_undone_are_no_mass_deletion(ours: int, alerts: int) -> None:
    """Twenty within the hour, all by the service, or all by others."""
    world, crowd = Watched(), [somebody(number) for number in range(20)]
    world.tell(*crowd)
    await world.look()
    at = world.clock.now() + 5 * MINUTE
    for person in crowd[:ours]:
        await world.storage.watch.taken.note(person.id, at)
    world.tell(*(replace(person, deleted_at=at) for person in crowd))

    for _ in range(6):
        await world.look()

    assert len(world.alerts("mass-deletion")) == alerts


@pytest.mark.parametrize(
    ("deleted_after", "lost_after", "is_ours"),
    [
        (MINUTE, None, True),
        (HOUR, None, False),
        (-HOUR, None, False),
        (None, None, True),
        (None, -HOUR, True),
        (None, HOUR, False),
    ],
)
def test_which_losses_are_ours(
    deleted_after: timedelta | None, lost_after: timedelta | None, *, is_ours: bool
) -> None:
    """A deletion within minutes; a licence that nobody was seen with since."""
    deleted_at = None if deleted_after is None else NOW + deleted_after
    lost_at = None if lost_after is None else NOW + lost_after
    taken = TakenAway.of([(ADA.id, NOW), ("another", NOW + HOUR)])

    assert taken.explains(replace(ADA, deleted_at=deleted_at), lost_at) is is_ours
