"""The tables are out of reach in the middle of a run: the restore comes back with its message."""

from infra.local.host.emulator import emulator_connection
from tests.doubles.storage_doors import StorageDoors
from tests.e2e.stage.caller import Caller
from tests.e2e.stage.people import a_deleted_user
from tests.e2e.stage.stage import Stage
from tests.e2e.stage.storage import Storage
from tests.e2e.stage.world import World
from tests.waiting import eventually

# In place of the half minute of host.json.
_COMES_BACK = {"AzureFunctionsJobHost__extensions__queues__visibilityTimeout": "00:00:02"}
_FAILED = "Executed 'Functions.AdvanceRestore' (Failed"

# While the run waits for Graph the doors are closed.
_SLOW = {"latencySeconds": 20, "times": 1, "method": "POST", "path": "/restore$"}


async def test_restore_goes_on_when_storage_is_back(
    caller: Caller, world: World, storage: Storage, stage: Stage
) -> None:
    """One change; the run that failed could not let go of it, and no sweep comes round."""
    blob, queue, table = stage.landscape.azurite.ports
    user = await world.add(a_deleted_user())
    await world.fault(**_SLOW)
    async with StorageDoors([table]) as doors:
        await doors.open()
        stage.host.terminate()
        # The failure waited for is to be that of the one restore of this test.
        await storage.forget_work()
        text = emulator_connection(blob, queue, *doors.ports)
        stage.host = stage.start_another_host(AzureWebJobsStorage=text, **_COMES_BACK)
        # The one host that is to fail.
        stage.hosts.remove(stage.host)
        restore_id = await caller.start(kind="user", user=user["userPrincipalName"])
        await eventually(world.faults_made)

        await doors.close()
        await world.clear_faults()
        await eventually(lambda: _has_failed(stage))
        await doors.open()
        ended = await caller.end_of(restore_id)
        event = await storage.result_for(user)
        stage.host.kill()

    assert ended["outcome"]["code"] == "user-restored"
    assert await world.effects(user) == {"restore": 1}
    events = [event for event, _ in await storage.journal(restore_id)]
    assert events.count("let-go") == 1
    assert (events.count("settled"), events[-1]) == (1, "settled")
    assert event["subject"] == restore_id


async def _has_failed(stage: Stage) -> bool:
    return any(_FAILED in line for line in stage.host.output())
