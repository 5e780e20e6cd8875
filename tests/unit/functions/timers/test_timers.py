"""What nobody calls does all its parts, also when one of them fails."""

from dataclasses import replace
from typing import cast

import pytest
from azure.functions.timer import TimerRequest

from functions.queues.poison import drain_request
from functions.timers.cleanup import clean_up_ledger
from functions.timers.drill import begin_drill
from functions.timers.sweep import sweep_restores
from shared.domain.permissions import OPTIONAL, compare
from shared.domain.requests.keys import restore_id_for_message
from shared.domain.snapshot import Policy
from shared.errors import StorageUnavailableError
from shared.intake.poison_message import SetAside
from shared.upkeep.watch_tenant import watch_tenant
from tests.builders import USER_ID
from tests.unit.world.world import World


async def test_the_cleanup_goes_through_everything_that_is_kept(rooted: World) -> None:
    """Restores, observations and batches."""
    await clean_up_ledger(cast("TimerRequest", None))

    storage = rooted.storage
    assert storage.days.calls["before"] == 1
    assert storage.losses.calls["between"] == 1
    assert storage.batches.calls["before"] == 1


@pytest.mark.parametrize("is_late", [True, False])
async def test_a_drill_is_not_begun_late(rooted: World, *, is_late: bool) -> None:
    """The host was down at its time: nobody expects a deletion at noon."""
    rooted.policy = replace(rooted.policy, drill_user=USER_ID)

    await begin_drill(TimerRequest(past_due=is_late))

    assert bool(rooted.storage.outbox.work) is not is_late


async def test_guards_are_kept_although_observing_fails() -> None:
    """Each guard is somebody's mailbox; the fault is raised all the same."""
    world = World()
    world.storage.rounds.fail_next("read", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await watch_tenant(world.deps)

    assert world.storage.guards.calls["page"] > 0


async def test_a_drill_s_account_is_looked_for_although_the_sweep_fails(rooted: World) -> None:
    """Nobody else brings it back; the fault is raised all the same."""
    rooted.storage.outbox.fail_next("work_next", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await sweep_restores(TimerRequest(past_due=False))

    assert rooted.storage.health_signals.calls["last_beat"] > 0


async def test_a_poisoned_message_keeps_its_sender() -> None:
    """As a message that was refused at once does."""
    world = World()

    await drain_request(SetAside(b'{"requestedBy": "HR system"}', "m-1"), 1, world.deps)

    record = await world.record(restore_id_for_message("m-1"))
    assert record.requested_by.name == "HR system"


def test_a_permission_that_is_of_use_is_not_too_wide() -> None:
    """Whoever granted an optional feature is not told to take it back."""
    assert compare(OPTIONAL, Policy()).too_wide == ()
    assert compare({"User.ReadWrite.All"}, Policy()).too_wide == ("User.ReadWrite.All",)
