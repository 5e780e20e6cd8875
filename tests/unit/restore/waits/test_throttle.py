"""One throttled worker warns the others: they wait without asking Graph, and come back spread."""

from datetime import timedelta

from shared.domain.outcomes import Code
from shared.domain.records.progress import StepStatus, WaitingFor
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreKind
from shared.errors import Quota, ThrottledError
from shared.restore.stagger import SPREAD
from tests.builders import NOW, a_deleted_person, a_request, because
from tests.unit.world.world import World, code_of

WAIT = timedelta(seconds=90)


def an_id(number: int) -> str:
    """The object id of one of many users."""
    return f"8d1f6f0e-4c5b-4a37-9f0a-{number:012x}"


async def many(world: World, count: int) -> list[Record]:
    """As many deleted users, and a restore accepted for each."""
    world.put(
        *(
            a_deleted_person(
                id=an_id(n), user_principal_name=f"u{n}@c.example", mail=None, proxy_addresses=()
            )
            for n in range(count)
        )
    )
    requests = [
        a_request(kind=RestoreKind.USER, user=an_id(n), idempotency_key=f"k{n}")
        for n in range(count)
    ]
    return [await world.accept(request) for request in requests]


async def test_others_wait_without_asking() -> None:
    """After one 429 no other restore sends anything to Graph before the instant it named."""
    world = World()
    first, *others = await many(world, 20)
    world.directory.fail_next("skus", ThrottledError(because("429"), WAIT, Quota.REQUESTS))
    await world.run(first.id)
    world.directory.calls.clear()

    parked = [await world.run(record.id) for record in others]

    assert world.directory.calls == []
    for record in parked:
        assert record.waiting is not None
        assert record.waiting.reason is WaitingFor.THROTTLE
        assert NOW + WAIT <= record.waiting.until < NOW + WAIT + SPREAD
    assert len({record.waiting.until for record in parked if record.waiting}) > len(parked) / 2


async def test_those_who_were_refused_together_do_not_come_back_together() -> None:
    """Twenty were on their way when the quota was used up: there is room for one at first."""
    world = World()
    records = await many(world, 20)
    for _ in records:
        world.directory.fail_next(
            "restore_user", ThrottledError(because("429"), WAIT, Quota.WRITES)
        )
    for record in records:
        world.storage.throttles.rows.clear()
        await world.run(record.id)

    waits = [(await world.record(record.id)).waiting for record in records]
    free_at = await world.storage.throttles.read()

    comes = sorted(wait.until for wait in waits if wait is not None)
    assert len(set(comes)) > len(records) / 2
    assert NOW + WAIT < comes[0] < comes[-1] < NOW + WAIT + timedelta(seconds=8)
    assert free_at == {Quota.WRITES: NOW + WAIT}


async def test_nobody_gives_up_its_last_chance_to_a_queue() -> None:
    """Whose window closes soon after the quota is free tries as soon as it is."""
    world = World()
    seconds_left = WAIT + timedelta(milliseconds=1)
    deleted_at = NOW - timedelta(days=30) + seconds_left
    world.put(a_deleted_person(deleted_at=deleted_at))
    request = a_request(kind=RestoreKind.USER, user=a_deleted_person().id, idempotency_key="k")
    record = await world.accept(request)
    world.directory.fail_next("restore_user", ThrottledError(because("429"), WAIT, Quota.WRITES))

    parked = await world.run(record.id)

    assert parked.waiting is not None
    assert parked.waiting.until == NOW + WAIT
    assert code_of(await world.finish(record.id)) is Code.USER_RESTORED


async def test_all_come_through_afterwards() -> None:
    """Nobody who was held back fails, and each effect is sent once."""
    world = World()
    records = await many(world, 5)
    world.directory.fail_next("skus", ThrottledError(because("429"), WAIT, Quota.REQUESTS))

    ended = [await world.run(record.id) for record in records]
    ended = [await world.finish(record.id) for record in ended]

    assert {code_of(record) for record in ended} == {Code.USER_RESTORED}
    assert len(world.effects()) == len(records)


async def test_a_used_up_quota_of_writes_holds_back_only_writes() -> None:
    """The look goes on and the plan is made; the effect is neither noted nor sent."""
    world = World()
    first, second = await many(world, 2)
    world.directory.fail_next("restore_user", ThrottledError(because("429"), WAIT, Quota.WRITES))
    await world.run(first.id)
    sent = world.effects()

    parked = await world.run(second.id)

    assert world.effects() == sent
    assert parked.plan
    assert parked.steps[0].status is StepStatus.PENDING
    assert parked.steps[0].attempts == 0
    assert parked.waiting is not None
    assert parked.waiting.reason is WaitingFor.THROTTLE
    assert parked.waiting.until >= NOW + WAIT
    assert code_of(await world.finish(second.id)) is Code.USER_RESTORED


async def test_a_quota_of_one_call_holds_back_nobody_else() -> None:
    """The audit log and each mailbox are counted apart from users and licences."""
    world = World()
    first, second = await many(world, 2)
    world.directory.fail_next("skus", ThrottledError(because("429"), WAIT))
    await world.run(first.id)

    assert code_of(await world.finish(second.id, until=NOW)) is Code.USER_RESTORED


async def test_nobody_waits_past_its_deadline_for_a_quota() -> None:
    """A restore whose window closes while writes are held back wakes to say so."""
    world = World()
    world.put(a_deleted_person(deleted_at=NOW - timedelta(days=30) + timedelta(seconds=60)))
    request = a_request(kind=RestoreKind.USER, user=a_deleted_person().id, idempotency_key="k")
    record = await world.accept(request)
    await world.storage.throttles.note(Quota.WRITES, NOW + WAIT)

    parked = await world.run(record.id)
    ended = await world.finish(record.id)

    assert parked.waiting is not None
    assert parked.waiting.until == NOW + timedelta(seconds=60)
    assert code_of(ended) is Code.WINDOW_CLOSED_WHILE_WAITING
    assert world.effects() == []
