"""A drill deletes its account and brings it back by the way of everybody, or touches nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.domain.admin_roles import RoleSource
from shared.domain.approval_rules import ApprovalRules
from shared.domain.decision import StepName
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.outcomes import Code, Status
from shared.domain.person import LicenseState
from shared.domain.records.progress import StepStatus
from shared.domain.requests.request import RestoreKind
from shared.domain.requests.roles import Role
from shared.domain.window import Evidence
from shared.drill.start import last_drill, start_drill
from shared.errors import NotCancellableError, NotSentError, OutcomeUnknownError
from shared.lists.judged_loss import judged_loss
from shared.lists.loss_reads import LossReads
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_restore
from shared.restore.run import LEASE
from shared.texts.reader import Reader
from tests.builders import ENTERPRISEPACK_ID, UPN, USER_ID, a_person, a_request, because
from tests.fakes import refusals
from tests.reading import said
from tests.unit.drill.drilled import NEEDED, Drilled, until_it_dies
from tests.unit.world.crashing import Death
from tests.unit.world.world import ASKED_BY, code_of

HOUR = timedelta(hours=1)
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
    assert await start_drill(UPN, world.deps) is None
    await world.finish(first.id)
    assert await start_drill(UPN, world.deps) is None

    world.clock.advance(timedelta(days=1))
    second = await world.begin()
    world.clock.advance(timedelta(days=1))
    assert await start_drill(UPN, world.deps) is None

    assert second.id != first.id
    assert world.changes() == BOTH


def no_plan(world: Drilled) -> None:
    """The account without a licence."""
    world.put(a_person(licenses=(), license_states=(), plans=()))


def by_group(world: Drilled) -> None:
    """A licence that a group gives."""
    world.put(a_person(license_states=(LicenseState(ENTERPRISEPACK_ID, "a-group", "Active"),)))


def of_nobody_knows(world: Drilled) -> None:
    """A licence of which nothing says how it came."""
    world.put(a_person(license_states=()))


def synced(world: Drilled) -> None:
    """An account of Active Directory."""
    world.put(a_person(synced=True))


def numbered(world: Drilled) -> None:
    """Somebody whom the employer knows by a number."""
    world.put(a_person(employee_id="4711"))


def admin(world: Drilled) -> None:
    """An administrator."""
    world.directory.roles[USER_ID] = ("User Administrator",)


def gone(world: Drilled) -> None:
    """An account that somebody has deleted."""
    world.put(a_person(deleted_at=world.clock.now() - HOUR))


def nobody(world: Drilled) -> None:
    """Nobody of that name."""
    world.put(a_person(user_principal_name="other@contoso.com", mail=None, proxy_addresses=()))


def two(world: Drilled) -> None:
    """Two of that address."""
    other = "22222222-2222-4222-8222-222222222222"
    name = {"user_principal_name": "a@contoso.com", "mail": UPN}
    world.put(a_person(**name), a_person(id=other, **name | {"user_principal_name": "b@x.com"}))


def shared(world: Drilled) -> None:
    """A mailbox of many."""
    world.directory.purposes[USER_ID] = "shared"


def unseen(world: Drilled) -> None:
    """A mailbox that the service may not look at."""
    world.directory.fail_next("mailbox", refusals.denied())


def hidden(world: Drilled) -> None:
    """Nobody tells whether it is an administrator."""
    world.directory.hidden_roles = frozenset({RoleSource.ACTIVE})


def few_rights(world: Drilled) -> None:
    """A service that could not bring it back."""
    world.grants.permissions = NEEDED - {"User.DeleteRestore.All"}


def another(world: Drilled) -> None:
    """A setting that names another account by now."""
    world.policy = replace(world.policy, drill_user="another@contoso.com")


@pytest.mark.parametrize(
    ("prepare", "code", "variant"),
    [
        (no_plan, Code.LICENSE_WITHOUT_MAILBOX, "drill"),
        (by_group, Code.LICENSE_FROM_GROUP, "drill"),
        (of_nobody_knows, Code.LICENSE_FROM_GROUP, "drill"),
        (synced, Code.SYNCED, ""),
        (numbered, Code.REHIRE_BLOCKED, "drill"),
        (admin, Code.PRIVILEGED_USER, "drill"),
        (gone, Code.USER_IS_DELETED, "drill"),
        (nobody, Code.USER_NOT_FOUND, ""),
        (two, Code.AMBIGUOUS_USER, ""),
        (shared, Code.MAILBOX_NOT_SEEN, "drill"),
        (unseen, Code.MAILBOX_NOT_SEEN, "drill"),
        (hidden, Code.PERMISSION_MISSING, "drill"),
        (few_rights, Code.PERMISSION_MISSING, "drill"),
        (another, Code.CANCELLED, "drill-off"),
    ],
)
async def test_nothing_is_deleted_that_is_not_plainly_the_account_of_drills(
    prepare: Callable[[Drilled], None], code: Code, variant: str
) -> None:
    """Whatever speaks for a person, or against the way back, ends the drill before it changes."""
    world = Drilled()
    prepare(world)
    before = world.directory.person(USER_ID)

    record = await world.drill()

    assert record.outcome is not None
    assert (record.outcome.code, record.outcome.text.variant) == (code, variant)
    assert world.changes() == []
    assert world.directory.person(USER_ID) == before
    assert record.outcome.before is not None
    assert record.outcome.before.variant in {"drill-untouched", "drill-would"}


async def test_an_admin_is_spared_whatever_the_settings_say() -> None:
    """PROTECT_PRIVILEGED is about restoring: nobody with a role is ever deleted."""
    world = Drilled(protect_privileged=False)
    admin(world)

    assert code_of(await world.drill()) is Code.PRIVILEGED_USER
    assert world.changes() == []


async def test_a_marked_account_is_spared() -> None:
    """Nobody may bring it back, so nobody deletes it."""
    rule = MarkRule(None, "department", "left")
    world = Drilled(do_not_restore=rule)
    world.directory.marks.values[USER_ID] = "left"

    record = await world.drill()

    assert code_of(record) is Code.REHIRE_BLOCKED
    assert world.changes() == []


async def test_a_lost_answer_is_looked_at_and_not_repeated() -> None:
    """The account is gone: it is seen, and brought back."""
    world = Drilled()
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)

    record = await world.drill()

    assert code_of(record) is Code.MAILBOX_RESTORED
    assert world.changes() == BOTH


async def test_reads_that_lag_for_long_do_not_lose_the_account() -> None:
    """Still shown as active after the doubt: asked again, gone already, and brought back."""
    world = Drilled()
    record = await world.begin()
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)
    world.directory.replication_delay = timedelta(minutes=4)

    record = await world.finish(record.id)

    assert code_of(record) in {Code.MAILBOX_RESTORED, Code.ALREADY_ACTIVE}
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
        world.directory.fail_next("ids", NotSentError(because("down")))

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


async def test_a_drill_is_no_loss() -> None:
    """Neither while the account is away nor after it."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("restore_user", refusals.denied())
    await world.finish(record.id)
    person = world.directory.person(USER_ID)
    assert person.is_deleted

    assert await judged_loss(person, None, await LossReads.of(world.deps)) is None


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


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_killed_at_any_call_the_account_comes_back(after: bool) -> None:  # noqa: FBT001 - a case
    """Whenever the worker dies, the sweep leads on: one deletion, one restore, the account back."""
    nth = 0
    while True:
        nth += 1
        world = Drilled()
        record = await world.begin()
        death = Death(world, nth, after=after)
        await until_it_dies(world, record.id)
        death.revive()
        world.clock.advance(LEASE + MINUTE)
        await world.sweep()
        ended = await world.finish(record.id)
        await world.sweep()

        assert code_of(ended) is Code.MAILBOX_RESTORED, nth
        assert world.directory.deleted_again[USER_ID] == 1, nth
        assert world.directory.restored[USER_ID] == 1, nth
        assert not world.directory.person(USER_ID).is_deleted, nth
        assert await world.storage.unfinished.find(record.id) is None, nth
        if not death.is_over:
            break
    assert nth > 30
