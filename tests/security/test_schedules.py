"""A request for a later time is no guard in disguise, and ends like any other."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.http.batches import start_batch_
from functions.http.checks import check_restore
from functions.http.restores.start_and_read import start_restore
from functions.queues.requests import take_in
from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import WaitingFor
from tests.builders import NOW, UPN, a_deleted_person, a_person, a_request
from tests.reading import said
from tests.unit.functions.doors import content, opened, principal, request
from tests.unit.world.world import World, code_of

ASKER = principal("Restore.Request", "Restore.Override")
LATEST = NOW + timedelta(days=30)
SECOND = timedelta(seconds=1)


def a_schedule(**fields: Any) -> dict[str, Any]:
    """A request for a day later than anybody could be brought back."""
    return {"kind": "mailbox", "user": UPN, "notBefore": (LATEST + SECOND).isoformat()} | fields


@pytest.mark.parametrize("door", [start_restore, check_restore])
async def test_nothing_is_taken_in_for_a_day_on_which_nothing_can_come_back(door: Any) -> None:
    """Over HTTP it is a fault of the field, with the latest day; that day itself is none."""
    with opened(World()) as world:
        refused = await door(request("POST", "/x", a_schedule(), headers=ASKER))
        last_day = a_schedule(notBefore=LATEST.isoformat())
        taken = await door(request("POST", "/x", last_day, headers=ASKER))

    problem = content(refused)
    assert (refused.status_code, problem["code"]) == (400, "invalid-request")
    assert isinstance(problem["errors"], list)
    (error,) = problem["errors"]
    assert error["pointer"] == "/notBefore"
    assert f"{LATEST:%Y-%m-%d}" in error["message"]
    assert taken.status_code in {200, 202}
    assert len(world.storage.ledger.records) <= 1


async def test_an_item_of_a_batch_may_not_either() -> None:
    """It is invalid, and the others go on."""
    body = {"restores": [a_schedule(), {"kind": "mailbox", "user": UPN}]}
    with opened(World()):
        answer = await start_batch_(request("POST", "/batches", body, headers=ASKER))

    items = content(answer)["items"]
    assert isinstance(items, list)
    assert [item["status"] for item in items] == ["invalid", "pending"]
    assert items[0]["errors"][0]["pointer"] == "/restores/0/notBefore"


async def test_nor_may_a_message() -> None:
    """It is kept as a refused restore that says so."""
    world = World()

    await take_in(json.dumps(a_schedule(version=1)).encode(), "m-1", world.deps)

    (stored,) = world.storage.ledger.records.values()
    assert code_of(stored.record) is Code.INVALID_REQUEST
    assert "/notBefore lies after" in said(stored.record.outcome).message


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ((), Code.USER_NOT_FOUND),
        ((a_deleted_person(id="1" * 32), a_deleted_person(id="2" * 32)), Code.AMBIGUOUS_USER),
        ((a_person(),), Code.ALREADY_ACTIVE),
    ],
    ids=["nobody", "several", "active"],
)
async def test_a_schedule_about_nobody_or_nothing_ends_at_once(
    people: tuple[Any, ...], code: Code
) -> None:
    """Whoever is not lost yet cannot be brought back in advance: that is what guards are for."""
    world = World()
    world.put(*people)
    record = await world.accept(a_request(user=UPN, not_before=NOW + timedelta(days=1)))

    ended = await world.finish(record.id, until=NOW + timedelta(minutes=5))

    assert (ended.status.is_final, code_of(ended)) == (True, code)
    world.clock.advance(timedelta(days=2))
    assert await world.sweep() == 0
    assert world.effects() == []


async def test_a_schedule_about_somebody_who_is_lost_waits() -> None:
    """And is carried out when its time has come."""
    world = World()
    world.put(a_deleted_person())
    record = await world.accept(a_request(user=UPN, not_before=NOW + timedelta(days=1)))

    waiting = await world.run(record.id)

    assert waiting.status is Status.WAITING
    assert waiting.waiting is not None
    assert waiting.waiting.reason is WaitingFor.SCHEDULE
