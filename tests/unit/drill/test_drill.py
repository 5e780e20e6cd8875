"""A drill deletes its account and brings it back by the way of everybody, or touches nothing."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.approval_rules import ApprovalRules
from shared.domain.decision import StepName
from shared.domain.outcomes import Code, Status
from shared.domain.records.progress import StepStatus
from shared.domain.requests.request import RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.window import Evidence
from shared.drill.start import last_drill, start_drill
from shared.errors import NotCancellableError, NotSentError, OutcomeUnknownError, Quota
from shared.lists.judged_loss import judged_loss
from shared.lists.loss_reads import LossReads
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_restore
from shared.texts.reader import Reader
from tests.builders import USER_ID, a_person, a_request, because
from tests.fakes import refusals
from tests.reading import said
from tests.unit.drill.drilled import Drilled, admin
from tests.unit.world.world import ASKED_BY, code_of

MINUTE = timedelta(minutes=1)
BOTH = ["delete_user", "restore_user"]


async def test_the_account_is_deleted_and_comes_back() -> None:
    """By one record: each step written down, the end told as of kind mailbox."""
    world = Drilled()

    record = await world.drill()

    assert (record.kind, record.status) == (RestoreKind.DRILL, Status.SUCCEEDED)
    assert code_of(record) is Code.MAILBOX_RESTORED
    assert record.plan == (
        StepName.DELETE_USER,
        StepName.RESTORE_USER,
        StepName.VERIFY_USER,
        StepName.VERIFY_MAILBOX,
    )
    assert {step.status for step in record.steps} == {StepStatus.DONE}
    assert record.window is not None
    assert record.window.evidence is Evidence.DELETED
    assert world.changes() == BOTH
    assert world.directory.person(USER_ID) == a_person()


async def test_without_an_account_there_are_no_drills() -> None:
    """Off by default: the timer begins nothing."""
    world = Drilled()

    assert await start_drill(None, world.deps) is None
    assert world.storage.outbox.work == []
    assert await last_drill(world.deps) is None


async def test_one_a_day_and_one_at_a_time() -> None:
    """Whatever the schedule says: again on the same day, or before the last one has ended."""
    world = Drilled()
    first = await world.begin()
    assert await start_drill(USER_ID, world.deps) is None
    await world.finish(first.id)
    assert await start_drill(USER_ID, world.deps) is None

    world.clock.advance(timedelta(days=1))
    second = await world.begin()
    world.clock.advance(timedelta(days=1))
    assert await start_drill(USER_ID, world.deps) is None

    assert second.id != first.id
    assert world.changes() == BOTH


async def test_a_lost_answer_is_looked_at_and_not_repeated() -> None:
    """The account is gone: it is seen, and brought back."""
    world = Drilled()
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)

    record = await world.drill()

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert world.changes() == BOTH


@pytest.mark.parametrize("minutes", [4, 30])
async def test_reads_that_lag_for_long_do_not_lose_the_account(minutes: int) -> None:
    """Still shown as active after the doubt: asked again, gone already, and brought back."""
    world = Drilled()
    record = await world.begin()
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)
    world.directory.replication_delay = timedelta(minutes=minutes)

    record = await world.finish(record.id)

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert world.directory.deleted_again[USER_ID] == 1
    assert world.directory.restored[USER_ID] == 1
    assert not world.directory.person(USER_ID).is_deleted


@pytest.mark.parametrize("minutes", [0, 1, 3, 6])
async def test_the_way_back_waits_until_the_deletion_shows(minutes: int) -> None:
    """Reads that still show the account active are not taken for one that is back."""
    world = Drilled()
    record = await world.begin()
    world.directory.replication_delay = timedelta(minutes=minutes)

    record = await world.finish(record.id)

    assert world.changes() == BOTH
    assert not world.directory.person(USER_ID).is_deleted
    assert code_of(record) is Code.MAILBOX_RESTORED


async def test_all_is_asked_once_more_before_a_deletion_that_had_to_wait() -> None:
    """Planned, throttled, and an administrator by then: nothing is deleted."""
    world = Drilled()
    record = await world.begin()
    await world.storage.throttles.note(Quota.WRITES, world.clock.now() + 5 * MINUTE)
    planned = await world.run(record.id)
    assert planned.plan == (StepName.DELETE_USER,)
    admin(world)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.PRIVILEGED_USER
    assert world.changes() == []


async def test_a_late_read_just_before_the_restore_is_not_believed() -> None:
    """Seen deleted, then shown as active once more by a server that lags behind."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("restore_user", NotSentError(because("down")))
    away = await world.run(record.id)
    assert away.waiting is not None
    deleted = world.directory.person(USER_ID)
    world.clock.advance(away.waiting.until - world.clock.now())
    world.put(replace(deleted, deleted_at=None))
    await world.run(record.id)
    world.put(deleted)

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.MAILBOX_RESTORED
    assert world.directory.restored[USER_ID] == 1


async def test_a_refused_deletion_ends_it() -> None:
    """Nothing was deleted, nothing is filed as taken away."""
    world = Drilled()
    world.directory.fail_next("delete_user", refusals.denied())

    record = await world.drill()

    assert record.status is Status.FAILED
    assert world.storage.taken.rows == set()
    assert not world.directory.person(USER_ID).is_deleted


async def test_a_way_back_that_is_refused_says_where_the_account_is() -> None:
    """And a retry brings it back without another deletion."""
    world = Drilled()
    world.directory.fail_next("restore_user", refusals.denied())
    failed = await world.drill()
    assert failed.outcome is not None
    assert failed.outcome.before is not None
    assert failed.outcome.before.variant == "drill-away"
    assert world.directory.person(USER_ID).is_deleted

    again = await world.finish((await retry_restore(failed.id, ASKED_BY, world.deps)).id)

    assert code_of(again) is Code.MAILBOX_RESTORED
    assert again.outcome is not None
    assert again.outcome.before is None
    assert world.changes() == [*BOTH, "restore_user"]


async def test_a_name_taken_meanwhile_is_told_and_the_retry_goes_on() -> None:
    """What would be said to anybody is said, with where the account is."""
    world = Drilled()
    record = await world.begin()
    other = a_person(id="22222222-2222-4222-8222-222222222222", mail=None, proxy_addresses=())
    world.directory.fail_next(
        "delete_user", OutcomeUnknownError(because("lost")), after_effect=True
    )
    await world.run(record.id)
    world.put(other)

    failed = await world.finish(record.id)
    assert code_of(failed) is Code.UPN_CONFLICT
    assert failed.outcome is not None
    assert failed.outcome.before is not None
    assert failed.outcome.before.variant == "drill-away"
    world.put(replace(other, user_principal_name="free@contoso.com"))
    again = await world.finish((await retry_restore(failed.id, ASKED_BY, world.deps)).id)

    assert code_of(again) is Code.MAILBOX_RESTORED
    assert world.changes() == BOTH


async def test_a_drill_that_cannot_begin_within_its_hour_is_not_made_up_for() -> None:
    """Graph was down in the morning: nobody is deleted at night."""
    world = Drilled()
    record = await world.begin()
    for _ in range(60):
        world.directory.fail_next("active", NotSentError(because("down")))

    record = await world.finish(record.id)

    assert record.outcome is not None
    assert (record.outcome.code, record.outcome.text.variant) == (Code.GAVE_UP, "drill")
    assert world.changes() == []


async def test_no_approval_is_waited_for_once_the_account_is_gone() -> None:
    """Whoever named the account has given it."""
    rules = ApprovalRules(kinds=tuple(RestoreKind))
    world = Drilled(approvals=rules)

    assert code_of(await world.drill()) is Code.MAILBOX_RESTORED


async def test_another_restore_of_the_account_is_not_disturbed() -> None:
    """Both want the account: the drill waits, or finds all in order."""
    world = Drilled()
    drill = await world.begin()
    await world.run(drill.id)
    request = await world.accept(a_request(idempotency_key="meanwhile"))
    other = await world.finish(request.id)
    await world.finish(drill.id)

    assert code_of(other) in {Code.ALREADY_ACTIVE, Code.USER_RESTORED, Code.MAILBOX_RESTORED}
    assert world.directory.restored[USER_ID] == 1


async def test_an_account_that_is_on_its_way_back_is_no_loss() -> None:
    """The drill brings it back; one that it has left deleted is a loss like any other."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("restore_user", NotSentError(because("down")))
    assert (await world.run(record.id)).is_away
    person = world.directory.person(USER_ID)
    assert person.is_deleted
    assert await judged_loss(person, None, await LossReads.of(world.deps)) is None

    world.directory.fail_next("restore_user", refusals.denied())
    await world.finish(record.id)

    assert await judged_loss(person, None, await LossReads.of(world.deps)) is not None


async def test_nobody_cancels_it_once_the_account_may_be_gone() -> None:
    """Then it has to come back first."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next(
        "delete_user", OutcomeUnknownError(because("lost")), after_effect=True
    )
    await world.run(record.id)

    with pytest.raises(NotCancellableError):
        await cancel_restore(record.id, ASKED_BY, world.deps)


async def test_the_end_is_told_with_the_seconds_of_each_step() -> None:
    """One event with the same id, however often it is published."""
    world = Drilled()
    world.directory.mailbox_delay = 5 * MINUTE

    record = await world.drill()

    events: list[Any] = [e for e in world.storage.outbox.alerts if "drill" in str(e["type"])]
    assert [event["id"] for event in events] == [f"drill-finished-{record.id}-1"]
    data = events[0]["data"]
    assert (data["status"], data["outcome"]["code"]) == ("succeeded", "mailbox-restored")
    assert [step["name"] for step in data["steps"]] == [name.value for name in record.plan]
    assert all(step["seconds"] is not None for step in data["steps"])


async def test_who_may_not_know_of_others_is_told_how_many_roles() -> None:
    """The names of the roles are for readers."""
    world = Drilled()
    admin(world)
    record = await world.drill()

    assert record.outcome is not None
    assert "User Administrator" not in said(record.outcome, Reader()).message
    reader = Reader(roles=frozenset({Role.READ}))
    assert "User Administrator" in said(record.outcome, reader).message
