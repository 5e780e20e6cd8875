"""A report that could not be sent is owed: it comes when Microsoft Graph can be asked again."""

from datetime import timedelta

import pytest

from functions.queues.work import work_on
from shared.domain.alerts.report import REPORT_ID
from shared.errors import DirectoryError, NotSentError, StorageUnavailableError
from shared.restore.message_again import WorkMessage
from shared.upkeep.owed_report import send_report
from shared.upkeep.sweep import sweep
from tests.builders import because
from tests.unit.world.watched import Watched

_MINUTE = timedelta(minutes=1)
_DOWN = NotSentError(because("Graph is down"))


def fail(world: Watched, error: DirectoryError, times: int) -> None:
    """Let so many reports fail at their first call."""
    for _ in range(times):
        world.feed.fail_next("deleted_between", error)


async def test_a_report_that_is_sent_is_owed_no_more() -> None:
    """The timer runs, one report goes out, and nothing is left for the sweep."""
    world = Watched()

    await send_report(world.deps)

    assert len(world.alerts("weekly-report")) == 1
    assert await world.storage.unfinished.find(REPORT_ID) is None


async def test_a_report_that_graph_cost_is_sent_by_a_worker() -> None:
    """An outage at the time of the schedule costs no report; a message too many sends none."""
    world = Watched()
    fail(world, _DOWN, 3)

    await send_report(world.deps)
    before = world.alerts("weekly-report")
    for _ in range(4):
        world.clock.advance(16 * _MINUTE)
        await sweep(world.deps)
        await work_on(world.storage.outbox.work[-1][0], world.deps, WorkMessage("m", 1))

    assert before == []
    assert len(world.alerts("weekly-report")) == 1
    assert await world.storage.unfinished.find(REPORT_ID) is None


async def test_a_report_that_storage_cost_is_still_owed() -> None:
    """Nothing says that it was sent: it is sent again, under the same id."""
    world = Watched()
    world.storage.outbox.fail_next("publish_alert", StorageUnavailableError("down"))

    with pytest.raises(StorageUnavailableError):
        await send_report(world.deps)

    row = await world.storage.unfinished.find(REPORT_ID)
    assert row is not None
    assert row.due_at > world.clock.now()
