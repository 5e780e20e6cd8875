"""Approval: nothing is changed before somebody else's word, and then what that word was about."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.approvals.decide import Verdict, decide
from shared.domain.approvals.approval import ApprovalDecision
from shared.domain.guards.guard import GuardLoss, open_guard, restore_order
from shared.domain.outcomes import Status
from shared.domain.requests.keys import order_of
from shared.domain.requests.request import Door, RequestedBy
from shared.domain.window import Evidence
from shared.errors import (
    NotWaitingForApprovalError,
    OwnRequestError,
    PlanChangedError,
    RestoreNotFoundError,
    ToldError,
)
from shared.restore.accept import accept
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_restore
from tests.builders import NOW, USER_ID, a_deleted_person, a_person
from tests.unit.approvals.asking import (
    ALL_KINDS,
    BOSS,
    OTHER_BOSS,
    REQUEST,
    a_world,
    asked,
    no,
    waiting,
    yes,
)
from tests.unit.world.crashing import Death, DiedError
from tests.unit.world.guarded import an_order
from tests.unit.world.world import ASKED_BY, World, code_of

HOLDER_ID = "5e0f6b1c-0000-4000-8000-0000000000ff"


async def test_nothing_is_changed_before_the_word() -> None:
    """It waits with its plan and hash, told of once, and holds up nobody else."""
    world = a_world()

    record = await waiting(world)

    assert (record.status, asked(record).wanted_for) == (Status.WAITING, ("kind",))
    assert [*map(str, record.plan)] == ["restore-user", "verify-user", "verify-mailbox"]
    assert world.effects() == []
    (event,) = world.storage.outbox.alerts
    assert (event["type"], event["subject"]) == ("restore.approval-wanted.v1", record.id)
    assert event["data"]["waiting"]["for"] == "approval"  # type: ignore[index]
    assert event["data"]["approval"]["planHash"] == asked(record).plan_hash  # type: ignore[index]
    assert await world.storage.locks.holder(USER_ID) is None


async def test_looks_while_nobody_decides_say_nothing_twice() -> None:
    """Hour after hour the plan is made anew; warnings and events stay what they were."""
    world = a_world()
    holder = a_person(id=HOLDER_ID, user_principal_name="x@contoso.com")
    world.put(holder)
    request = replace(REQUEST, on_address_conflict="drop")
    first = await world.run((await world.accept(request)).id)
    assert len(first.warnings) == 1

    for _ in range(3):
        world.clock.advance(timedelta(hours=1))
        again = await world.run(first.id)

    assert (again.approval, again.warnings) == (first.approval, first.warnings)
    assert len(world.storage.outbox.alerts) == 1
    assert (await world.events(first.id)).count("parked") == 1


async def test_an_approved_restore_goes_on() -> None:
    """Once, with who decided, when and why."""
    world = a_world()
    record = await waiting(world)

    going = await decide(record.id, yes(record, reason="known"), world.deps)
    ended = await world.finish(record.id)

    assert (going.status, going.waiting) == (Status.RUNNING, None)
    assert code_of(ended) == "user-restored"
    assert len(world.effects()) == 1
    told = asked(ended)
    assert (told.decision, told.decided_by, told.reason) == ("approved", BOSS, "known")
    entries = await world.storage.ledger.journal(record.id)
    assert [entry.by for entry in entries if entry.event == "approved"] == [BOSS]


@pytest.mark.parametrize(("reason", "variant"), [("no such person", ""), (None, "no-reason")])
async def test_a_rejected_restore_has_ended(reason: str | None, variant: str) -> None:
    """Without any change, told to the world, with the reason given."""
    world = a_world()
    record = await waiting(world)

    ended = await decide(record.id, no(record, reason=reason), world.deps)

    assert ended.outcome is not None
    assert (code_of(ended), ended.outcome.text.variant) == ("not-approved", variant)
    assert ended.status is Status.REFUSED
    assert ended.outcome.text.param("reason") == reason
    assert len(world.storage.outbox.results) == 1
    await world.run(record.id)
    assert world.effects() == []


async def test_nobody_decides_about_their_own() -> None:
    """Nor whoever made the guard behind it; a queue message is nobody's own."""
    world = a_world()
    record = await waiting(world)
    with pytest.raises(OwnRequestError):
        await decide(record.id, yes(record, replace(BOSS, id=ASKED_BY.id)), world.deps)

    guard = open_guard(an_order(user=USER_ID), BOSS, NOW)
    guarded = await accept(restore_order(guard, GuardLoss(NOW, Evidence.NONE)), world.deps)
    of_guard = await world.run(guarded.record.id)
    with pytest.raises(OwnRequestError):
        await decide(of_guard.id, no(of_guard), world.deps)
    assert (await decide(of_guard.id, no(of_guard, OTHER_BOSS), world.deps)).status.is_final

    by_queue = RequestedBy(Door.QUEUE, "app", BOSS.id)
    queued = await accept(order_of(replace(REQUEST, idempotency_key="q"), by_queue), world.deps)
    of_queue = await world.run(queued.record.id)
    assert (await decide(of_queue.id, no(of_queue), world.deps)).status.is_final
    assert not (await world.record(record.id)).status.is_final


async def test_what_does_not_wait_cannot_be_decided() -> None:
    """Unknown, not wanted, ended, or decided by somebody else."""
    world = World()
    world.put(a_deleted_person())
    free = await world.restore(REQUEST)
    verdict = Verdict(ApprovalDecision.APPROVED, "any", BOSS)
    with pytest.raises(NotWaitingForApprovalError):
        await decide(free.id, verdict, world.deps)
    with pytest.raises(RestoreNotFoundError):
        await decide("0" * 32, verdict, world.deps)

    world = a_world()
    record = await waiting(world)
    await decide(record.id, yes(record), world.deps)
    with pytest.raises(NotWaitingForApprovalError):
        await decide(record.id, yes(record, OTHER_BOSS), world.deps)
    # The same word of the same person, sent once more, is answered as before.
    assert asked(await decide(record.id, yes(record), world.deps)).is_approved
    with pytest.raises(NotWaitingForApprovalError):
        await decide(record.id, no(record), world.deps)


@pytest.mark.parametrize("decision", list(ApprovalDecision))
async def test_only_the_plan_that_was_seen_is_decided_about(decision: ApprovalDecision) -> None:
    """Another hash changes nothing."""
    world = a_world()
    record = await waiting(world)

    with pytest.raises(PlanChangedError):
        await decide(record.id, Verdict(decision, "another", BOSS), world.deps)

    assert await world.record(record.id) == record


async def test_two_deciders_at_once_one_wins() -> None:
    """The other is told that it is decided; the restore does what the winner said."""
    world = a_world()
    record = await waiting(world)

    answers = await asyncio.gather(
        decide(record.id, yes(record), world.deps),
        decide(record.id, no(record, OTHER_BOSS), world.deps),
        return_exceptions=True,
    )

    losers = [one for one in answers if isinstance(one, ToldError)]
    assert [type(one) for one in losers] == [NotWaitingForApprovalError]
    ended = await world.finish(record.id)
    is_approved = asked(ended).is_approved
    assert code_of(ended) == ("user-restored" if is_approved else "not-approved")
    assert len(world.effects()) == int(is_approved)


async def test_an_approval_is_of_no_other_plan() -> None:
    """Where the plan is another when it comes to it, somebody decides anew."""
    world = a_world()
    request = replace(
        REQUEST,
        on_upn_conflict="rename",
        new_user_principal_name="megan2@contoso.com",
        on_address_conflict="drop",
    )
    record = await world.run((await world.accept(request)).id)
    world.put(a_person(id=HOLDER_ID, mail=None, proxy_addresses=()))
    await decide(record.id, yes(record), world.deps)

    again = await world.finish(record.id, until=NOW + timedelta(minutes=59))

    assert again.waits_for_approval, (again.outcome, again.plan, again.approval)
    assert asked(again).is_open
    assert asked(again).plan_hash != asked(record).plan_hash
    assert world.effects() == []
    assert len(world.storage.outbox.alerts) == 2
    await decide(record.id, yes(again), world.deps)
    assert code_of(await world.finish(record.id)) == "user-restored"


async def test_nobody_decides_in_time() -> None:
    """The end of the window is a no, and nothing was changed."""
    world = a_world()
    record = await waiting(world)

    world.clock.advance(asked(record).until - NOW - timedelta(minutes=1))
    ended = await world.finish(record.id)

    assert ended.outcome is not None
    assert (code_of(ended), ended.outcome.text.variant) == ("not-approved", "too-late")
    assert ended.finished_at == asked(record).until == NOW + timedelta(days=28)
    assert world.effects() == []


async def test_it_can_be_cancelled_and_asked_for_again() -> None:
    """A rejected one in its next attempt wants its approval anew."""
    world = a_world()
    record = await waiting(world)
    assert (await cancel_restore(record.id, ASKED_BY, world.deps)).status is Status.CANCELLED

    world = a_world()
    record = await waiting(world)
    await decide(record.id, no(record), world.deps)
    await retry_restore(record.id, BOSS, world.deps)
    again = await world.run(record.id)
    assert again.waits_for_approval
    assert asked(again).is_open


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_worker_or_decider_may_die_anywhere(*, after: bool) -> None:
    """At any port call: the restore is approved once, changed once, and told of."""
    nth, died = 0, True
    while died:
        nth += 1
        world = a_world()
        death = Death(world, nth, after=after)
        died = await _through(world, death)
        death.revive()
        await _resumed(world)
        record = await world.accept(REQUEST)
        assert code_of(record) == "user-restored", nth
        assert len(world.effects()) == 1, nth
        assert {event["type"] for event in world.storage.outbox.alerts} == {
            "restore.approval-wanted.v1"
        }
    assert nth > 20


async def _through(world: World, death: Death) -> bool:
    try:
        record = await world.run((await world.accept(REQUEST)).id)
        await decide(record.id, yes(record), world.deps)
        await world.finish(record.id)
    except DiedError:
        return True
    return death.is_over


async def _resumed(world: World) -> None:
    """As the platform would: the caller asks again, workers come, somebody decides."""
    restore_id = (await world.accept(REQUEST)).id
    for _ in range(20):
        world.clock.advance(timedelta(minutes=2))
        record = await world.run(restore_id)
        if record.status.is_final:
            return
        if record.waits_for_approval and asked(record).is_open:
            await decide(restore_id, yes(record), world.deps)


def test_the_rules_are_off_by_default() -> None:
    """A deployment that sets nothing asks nobody."""
    assert ALL_KINDS.is_any
    assert not World().policy.approvals.is_any
