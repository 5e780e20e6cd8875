"""What belongs to somebody else is not there: the same answer as for what never was."""

from collections.abc import Awaitable, Callable, Iterator, Mapping

import azure.functions as func
import pytest

from functions.http.batches import get_batch, start_batch_
from functions.http.restores.cancel_and_retry import cancel_restore_, retry_restore_
from functions.http.restores.list_restores import list_restores_
from functions.http.restores.start_and_read import get_restore, start_restore
from functions.http.subscriptions import list_subscriptions_, subscribe_, unsubscribe_
from tests.builders import UPN, a_deleted_person
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World

ANN = principal("Restore.Request", oid="a11")
BOB = principal("Restore.Request", oid="b0b")
ABOUT = {"kind": "mailbox", "user": UPN}
SUBSCRIPTION = {
    "notificationUrl": "https://x.logic.azure.com/workflows/1",
    "event": "restore.finished.v1",
}
ABSENT = "0" * 32

type Door = Callable[[func.HttpRequest], Awaitable[func.HttpResponse]]


@pytest.fixture(name="world")
def a_world() -> Iterator[World]:
    """A deployment with one deleted person."""
    world = World()
    world.put(a_deleted_person())
    with opened(world):
        yield world


async def of_ann(door: Door, body: object) -> str:
    """The id of something that Ann has begun."""
    answer = await door(request("POST", "/x", body, headers=ANN))
    assert answer.status_code in {201, 202}
    return str(content(answer)["id"])


async def ends_of_ann() -> Mapping[str, tuple[Door, str, str]]:
    """Each way to get at one thing of Ann's: the door, how it names the id, and the id."""
    restore = await of_ann(start_restore, ABOUT)
    batch = await of_ann(start_batch_, {"restores": [ABOUT]})
    subscription = await of_ann(subscribe_, SUBSCRIPTION)
    return {
        "read a restore": (get_restore, "restoreId", restore),
        "cancel a restore": (cancel_restore_, "restoreId", restore),
        "retry a restore": (retry_restore_, "restoreId", restore),
        "read a batch": (get_batch, "batchId", batch),
        "end a subscription": (unsubscribe_, "subscriptionId", subscription),
    }


async def test_anothers_thing_and_one_that_never_was_are_answered_alike(world: World) -> None:
    """To the byte, so that nobody finds out which ids there are; and it is left as it was."""
    before = None
    for what, (door, name, theirs) in (await ends_of_ann()).items():
        before = before or dict(world.storage.ledger.records)
        answers = []
        for one in (theirs, ABSENT):
            answer = await door(request("POST", "/x", headers=BOB, **{name: one}))
            answers.append((answer.status_code, answer.get_body(), dict(answer.headers)))

        assert answers[0] == answers[1], what
        assert answers[0][0] in {403, 404}, what
        assert theirs.encode() not in answers[0][1], what

    assert world.storage.ledger.records == before
    assert len(world.storage.subscriptions.kept) == 1


async def test_who_may_read_restores_may_end_none_of_them(world: World) -> None:
    """Neither role gives the other: who reads is told why not."""
    reader = principal("Restore.Read", oid="b0b")
    restore = await of_ann(start_restore, ABOUT)
    subscription = await of_ann(subscribe_, SUBSCRIPTION)

    answers = [
        await cancel_restore_(request("POST", "/x", headers=reader, restoreId=restore)),
        await retry_restore_(request("POST", "/x", headers=reader, restoreId=restore)),
        await unsubscribe_(request("DELETE", "/x", headers=reader, subscriptionId=subscription)),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 404]
    assert not world.storage.ledger.records[restore].record.status.is_final


@pytest.mark.usefixtures("world")
async def test_lists_show_nothing_of_others() -> None:
    """The list of restores is for who may read all; that of subscriptions shows one's own."""
    await ends_of_ann()

    restores = await list_restores_(request("GET", "/restores", headers=BOB))
    subscriptions = await list_subscriptions_(request("GET", "/subscriptions", headers=BOB))

    assert restores.status_code == 403 or content(restores)["value"] == []
    assert (subscriptions.status_code, content(subscriptions)["value"]) == (200, [])


@pytest.mark.usefixtures("world")
async def test_who_asks_for_the_same_joins_nothing_of_others() -> None:
    """A restore of one's own, with an id of its own, with a key or without."""
    keyed = ABOUT | {"idempotencyKey": "leavers"}
    theirs = {await of_ann(start_restore, ABOUT), await of_ann(start_restore, keyed)}

    for body in (ABOUT, keyed):
        answer = await start_restore(request("POST", "/x", body, headers=BOB))

        assert answer.status_code == 202
        assert content(answer)["id"] not in theirs
        requested_by = content(answer)["requestedBy"]
        assert isinstance(requested_by, dict)
        assert requested_by["id"] == "b0b"
