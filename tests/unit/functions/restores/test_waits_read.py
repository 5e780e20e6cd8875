"""What a restore is said to wait for, while nobody has looked at it again."""

import csv
import io

import azure.functions as func
import pytest

from functions.http.batches import get_batch, start_batch_
from functions.http.restores.list_restores import list_restores_
from functions.http.restores.start_and_read import get_restore
from functions.queues.work import work_on
from shared.domain.records.progress import WaitingFor
from shared.errors import NotSentError
from shared.restore.cancel import cancel_restore
from shared.restore.message_again import WorkMessage
from tests.builders import USER_ID, a_deleted_person, a_request, because
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import ASKED_BY, World

READER = principal("Restore.Read", "Restore.Request")


async def asked(path: str, accept: str = "*/*", **route: str) -> func.HttpResponse:
    """The answer to a look at this path."""
    trigger = get_batch if "batchId" in route else get_restore if route else list_restores_
    headers = READER | {"Accept": accept}
    answer: func.HttpResponse = await trigger(request("GET", path, headers=headers, **route))
    return answer


@pytest.mark.parametrize("ended", [False, True])
async def test_a_wait_speaks_of_the_other_restore_as_it_stands_now(*, ended: bool) -> None:
    """In each answer and format: nobody is sent to one that was cancelled a moment ago."""
    world = World()
    world.put(a_deleted_person())
    world.directory.fail_next("restore_user", NotSentError(because("no way to Graph")))
    first = await world.accept(a_request(user=USER_ID, idempotency_key="first"))
    await world.run(first.id)
    with opened(world):
        body = {"restores": [{"kind": "user", "user": USER_ID}]}
        batch = content(await start_batch_(request("POST", "/batches", body, headers=READER)))
        await work_on(f"b-{batch['id']}", world.deps, WorkMessage("message", 1))
        items = content(await asked("/batches/x", batchId=str(batch["id"])))["items"]
        assert isinstance(items, list)
        second = await world.run(items[0]["restoreId"])
        assert second.waiting is not None
        assert second.waiting.reason is WaitingFor.USER_LOCK
        if ended:
            await cancel_restore(first.id, ASKED_BY, world.deps)

        one = content(await asked("/restores/x", restoreId=second.id))
        rows = content(await asked("/restores"))["value"]
        assert isinstance(rows, list)
        [listed] = [row for row in rows if row["id"] == second.id]
        answer = await asked("/batches/x", "text/csv", batchId=str(batch["id"]))

    [line] = csv.DictReader(io.StringIO(answer.get_body().decode("utf-8-sig"), newline=""))
    assert isinstance(one["waiting"], dict)
    for waiting in (one["waiting"], listed["waiting"]):
        assert (waiting["restoreId"] is None) == ended
        assert ("does not hold this one up any more" in waiting["message"]) == ended
    assert ("does not hold this one up any more" in line["message"]) == ended
    assert (first.id in line["fix"]) != ended
