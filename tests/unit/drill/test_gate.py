"""A drill that may not begin, or not any more, deletes nothing, whatever happened before."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.admin_roles import RoleSource
from shared.domain.decision import StepName
from shared.domain.marks.do_not_restore import MarkRule
from shared.domain.outcomes import Code
from shared.domain.records.progress import StepStatus
from shared.domain.undos.sign_ins import SignInLook
from shared.drill.start import last_drill, start_drill
from shared.errors import (
    NotCancellableError,
    NotRetryableError,
    NotSentError,
    OutcomeUnknownError,
    Quota,
    ThrottledError,
)
from shared.restore.cancel import cancel_restore
from shared.restore.retry import retry_restore
from tests.builders import UPN, USER_ID, a_person, an_observation, because
from tests.fakes import refusals
from tests.unit.drill.drilled import Drilled, admin
from tests.unit.world.guarded import guard
from tests.unit.world.world import ASKED_BY, code_of

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MARKED = MarkRule("0a0a0a0a-0000-4000-8000-000000000000", "department", "left")


def used(world: Drilled) -> None:
    """Somebody signed in a minute ago."""
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now() - MINUTE)


def used_last_month(world: Drilled) -> None:
    """Somebody signed in 29 days ago."""
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now() - 29 * DAY)


def may_hold_more(world: Drilled) -> None:
    """Roles that may be activated do not show."""
    world.directory.hidden_roles = frozenset({RoleSource.ELIGIBLE})


def may_hold_by_group(world: Drilled) -> None:
    """Roles by groups do not show."""
    world.directory.hidden_roles = frozenset({RoleSource.GROUPS})


def mark_hidden(world: Drilled) -> None:
    """Nobody tells whether the account is marked."""
    world.policy = replace(world.policy, do_not_restore=replace(MARKED, group_id=None))
    world.directory.marks.are_told = False


def group_hidden(world: Drilled) -> None:
    """Nobody tells whether the account is in the group of the marked."""
    world.policy = replace(world.policy, do_not_restore=replace(MARKED, attribute=None, value=None))
    world.directory.marks.tells_groups = False


def holders_hidden(world: Drilled) -> None:
    """Nobody tells who has the names of the account."""
    world.directory.tells_conflicts = False


def shared(world: Drilled) -> None:
    """A shared mailbox, and settings that let mailboxes be."""
    world.policy = replace(world.policy, verify_mailbox=False)
    world.directory.purposes[USER_ID] = "shared"


def unseen(world: Drilled) -> None:
    """A mailbox that the service may not look at, and settings that let mailboxes be."""
    world.policy = replace(world.policy, verify_mailbox=False)
    world.directory.fail_next("mailbox", refusals.denied())


def no_mailbox_rights(world: Drilled) -> None:
    """No permission to look at mailboxes, and settings that let them be."""
    world.policy = replace(world.policy, verify_mailbox=False)
    world.grants.permissions -= {"MailboxSettings.Read"}


def named_otherwise(world: Drilled) -> None:
    """A setting that is a name: it may pass to somebody else."""
    world.policy = replace(world.policy, drill_user=UPN)


@pytest.mark.parametrize(
    ("prepare", "code", "variant"),
    [
        (used, Code.REHIRE_BLOCKED, "drill-used"),
        (used_last_month, Code.REHIRE_BLOCKED, "drill-used"),
        (may_hold_more, Code.PRIVILEGED_USER, "drill-unseen"),
        (may_hold_by_group, Code.PRIVILEGED_USER, "drill-unseen"),
        (mark_hidden, Code.DIRECTORY_ERROR, "drill-unseen"),
        (group_hidden, Code.DIRECTORY_ERROR, "drill-unseen"),
        (holders_hidden, Code.DIRECTORY_ERROR, "drill-unseen"),
        (shared, Code.MAILBOX_NOT_SEEN, "drill"),
        (unseen, Code.MAILBOX_NOT_SEEN, "drill"),
        (no_mailbox_rights, Code.PERMISSION_MISSING, "drill"),
        (named_otherwise, Code.CANCELLED, "drill-off"),
    ],
)
async def test_a_sign_of_a_person_and_what_was_not_looked_at_stop_it(
    prepare: Callable[[Drilled], None], code: Code, variant: str
) -> None:
    """Nothing is deleted on what was not seen."""
    world = Drilled()
    prepare(world)

    record = await world.drill()

    assert record.outcome is not None
    assert (record.outcome.code, record.outcome.text.variant) == (code, variant)
    assert record.outcome.before is not None
    assert record.outcome.before.variant == "drill-untouched"
    assert world.changes() == []


async def test_a_purged_account_is_not_found() -> None:
    """Whoever has its address by now is left alone."""
    world = Drilled()
    other = "22222222-2222-4222-8222-222222222222"
    world.put(a_person(id=other))
    world.policy = replace(world.policy, drill_user="33333333-3333-4333-8333-333333333333")
    record = await start_drill(world.policy.drill_user, world.deps)
    assert record is not None

    assert code_of(await world.finish(record.id)) is Code.USER_NOT_FOUND
    assert world.changes() == []


async def test_a_guarded_person_is_spared() -> None:
    """Whoever ordered the guard wants that person kept."""
    world = Drilled()
    await guard(world)

    record = await world.drill()

    assert record.outcome is not None
    assert record.outcome.text.variant == "drill-guarded"
    assert world.changes() == []


async def test_a_mailbox_that_was_seen_to_be_shared_is_spared() -> None:
    """Although it answers as a person's today."""
    world = Drilled()
    await world.storage.observations.note(
        an_observation(seen_at=world.clock.now() - HOUR, purpose="shared")
    )

    assert code_of(await world.drill()) is Code.MAILBOX_NOT_SEEN
    assert world.changes() == []


async def test_old_sign_ins_and_groups_that_are_not_told_stop_nothing() -> None:
    """No group can have an address that the account has."""
    world = Drilled()
    world.directory.sign_ins[USER_ID] = SignInLook(world.clock.now() - 31 * DAY)

    assert code_of(await world.drill()) is Code.MAILBOX_RESTORED


def drills_off(world: Drilled) -> None:
    """No account is named any more."""
    world.policy = replace(world.policy, drill_user=None)


def numbered(world: Drilled) -> None:
    """A person's by now."""
    world.put(a_person(employee_id="4711"))


@pytest.mark.parametrize("change", [admin, drills_off, numbered, used])
@pytest.mark.parametrize("is_sent", [True, False], ids=["not sent", "throttled before"])
async def test_all_is_asked_anew_before_every_send(
    change: Callable[[Drilled], None], *, is_sent: bool
) -> None:
    """A deletion that had to wait is looked at like the first."""
    world = Drilled()
    record = await world.begin()
    if is_sent:
        world.directory.fail_next("delete_user", NotSentError(because("down")))
    else:
        await world.storage.throttles.note(Quota.WRITES, world.clock.now() + 5 * MINUTE)
    planned = await world.run(record.id)
    assert planned.plan == (StepName.DELETE_USER,)
    sent = len(world.changes())
    change(world)

    ended = await world.finish(record.id)

    assert len(world.changes()) == sent
    assert not world.directory.person(USER_ID).is_deleted
    assert ended.outcome is not None
    assert ended.outcome.before is not None
    assert ended.outcome.before.variant == "drill-untouched"


async def test_a_deletion_that_was_not_sent_is_filed_as_nothing() -> None:
    """A real deletion some minutes later is a loss."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("delete_user", NotSentError(because("down")))

    await world.run(record.id)

    assert world.storage.taken.rows == set()


async def test_a_deletion_of_somebody_else_is_not_taken_for_its_own() -> None:
    """The drill had sent nothing: whoever deleted the account meant it."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("delete_user", NotSentError(because("down")))
    await world.run(record.id)
    world.put(replace(a_person(), deleted_at=world.clock.now()))

    ended = await world.finish(record.id)

    assert code_of(ended) is Code.USER_IS_DELETED
    assert world.directory.restored[USER_ID] == 0
    assert not ended.is_away


async def test_its_hour_counts_from_its_beginning() -> None:
    """However it was spent: nothing is sent after it."""
    world = Drilled()
    record = await world.begin()
    world.clock.advance(50 * MINUTE)
    world.directory.fail_next("delete_user", ThrottledError(because("429"), retry_after=HOUR))
    await world.run(record.id)
    world.clock.advance(11 * MINUTE)

    ended = await world.finish(record.id)

    assert ended.outcome is not None
    assert (ended.outcome.code, ended.outcome.text.variant) == (Code.GAVE_UP, "drill")
    assert world.directory.deleted_again[USER_ID] == 0


async def test_a_drill_that_changed_nothing_is_not_retried() -> None:
    """A retry would delete at any time of the day."""
    world = Drilled()
    admin(world)
    refused = await world.drill()
    world.directory.roles.clear()

    with pytest.raises(NotRetryableError):
        await retry_restore(refused.id, ASKED_BY, world.deps)


async def test_a_retry_never_deletes() -> None:
    """In doubt whether it was deleted, and active: it is watched, and nothing is sent."""
    world = Drilled()
    record = await world.begin()
    world.directory.fail_next("delete_user", OutcomeUnknownError(because("lost")))
    await world.run(record.id)
    failed = await world.finish(record.id)
    assert failed.outcome is not None
    assert failed.outcome.text.variant == "drill-active"
    step = failed.step(StepName.DELETE_USER)
    assert step is not None
    assert step.status is StepStatus.ATTEMPTING

    again = await world.finish((await retry_restore(failed.id, ASKED_BY, world.deps)).id)

    assert again.outcome == failed.outcome
    assert world.changes() == ["delete_user"]


async def test_nobody_cancels_a_drill_whose_account_is_away() -> None:
    """Whatever the step says of who deleted it."""
    world = Drilled()
    record = await world.begin()
    lost = OutcomeUnknownError(because("lost"))
    world.directory.fail_next("delete_user", lost, after_effect=True)
    away = await world.run(record.id)
    assert away.is_away

    with pytest.raises(NotCancellableError):
        await cancel_restore(record.id, ASKED_BY, world.deps)


async def test_two_that_begin_around_midnight_delete_once() -> None:
    """Two instances read that there was none: the second one sees the change of the first."""
    world = Drilled()
    now = world.clock.now()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    world.clock.advance(midnight - now - timedelta(seconds=1))
    first = await world.begin()
    world.storage.health_signals.beats.clear()
    world.clock.advance(timedelta(seconds=2))
    second = await world.begin()
    assert second.id != first.id

    await world.finish(first.id)
    ended = await world.finish(second.id)

    assert ended.outcome is not None
    assert ended.outcome.text.variant == "drill-again"
    assert world.directory.deleted_again[USER_ID] == 1


async def test_the_next_day_is_not_a_minute_after_midnight() -> None:
    """A schedule that changes gives no two drills in a night."""
    world = Drilled()
    await world.drill()
    world.clock.advance(19 * HOUR)

    assert await start_drill(USER_ID, world.deps) is None


async def test_a_beginning_that_died_hides_no_drill() -> None:
    """Storage fails while it is begun: the last one is still told of."""
    world = Drilled()
    first = await world.drill()
    world.clock.advance(DAY)
    world.storage.ledger.fail_next("insert", ConnectionError())
    with pytest.raises(ConnectionError):
        await world.begin()

    last = await last_drill(world.deps)

    assert last is not None
    assert last.id == first.id


def by_name(**person: object) -> Drilled:
    """A tenant whose setting names the account by its user principal name."""
    return Drilled(a_person(**person), drill_user=UPN.lower())


async def begun_by_name(world: Drilled) -> str | None:
    """How a drill ends that the setting names so."""
    record = await start_drill(UPN.lower(), world.deps)
    assert record is not None
    return code_of(await world.finish(record.id))


async def test_a_user_principal_name_means_just_the_account_that_has_it() -> None:
    """It is deleted and comes back, like one that is named by its id."""
    world = by_name()

    assert await begun_by_name(world) == Code.MAILBOX_RESTORED
    assert world.changes() == ["delete_user", "restore_user"]


async def test_whoever_has_the_name_as_an_alias_is_not_meant() -> None:
    """The account was renamed, and somebody took its old name as an address."""
    world = by_name(
        user_principal_name="jane@contoso.com",
        mail=UPN,
        proxy_addresses=("SMTP:jane@contoso.com", f"smtp:{UPN}"),
    )

    assert await begun_by_name(world) == Code.USER_NOT_FOUND
    assert world.changes() == []


async def test_an_account_that_is_renamed_meanwhile_is_not_deleted() -> None:
    """Planned, and throttled before the deletion: by then somebody has given it another name."""
    world = by_name()
    world.directory.fail_next("delete_user", NotSentError(because("429")))
    record = await start_drill(UPN.lower(), world.deps)
    assert record is not None
    await world.run(record.id)
    world.put(replace(world.directory.person(USER_ID), user_principal_name="jane@contoso.com"))

    assert code_of(await world.finish(record.id)) == Code.USER_NOT_FOUND
    assert world.changes() == ["delete_user"]
    assert not world.directory.person(USER_ID).is_deleted


async def test_a_named_account_that_is_deleted_already_is_left() -> None:
    """Somebody else has deleted it."""
    world = by_name(deleted_at=None)
    world.put(replace(world.directory.person(USER_ID), deleted_at=world.clock.now() - DAY))

    assert await begun_by_name(world) == Code.USER_IS_DELETED
    assert world.changes() == []
