"""A drill on the real host: the account is deleted and comes back, and that is told."""

from shared.domain.drills.drill import drill_id
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import DRILL_USER_ID, a_user
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World


async def test_the_account_of_drills_is_deleted_and_comes_back(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """Begun by the timer, by the way of every restore; the timer that comes again begins none."""
    user = await world.add(a_user(id=DRILL_USER_ID))
    before = await world.user(user)
    await world.zero_counts()

    restore_id = drill_id(stage.clock.now())
    await world.begin_drill()
    await world.begin_drill()
    (restore,) = await caller.come_through(restore_id)
    after = await world.user(user)

    assert restore["kind"] == "drill"
    assert restore["outcome"]["code"] == "mailbox-restored"
    assert [step["status"] for step in restore["steps"]] == ["done"] * 4
    assert await world.effects(user) == {"delete": 1, "restore": 1}
    assert after["deletedDateTime"] is None
    assert after["assignedLicenses"] == before["assignedLicenses"]
    (event,) = [one for one in await storage.alerts() if one["subject"] == restore_id]
    assert event["type"] == "restore.drill-finished.v1"
    assert event["data"]["status"] == "succeeded"
    assert [step["name"] for step in event["data"]["steps"]] == restore["plan"]
