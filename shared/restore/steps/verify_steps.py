"""Run the two steps that verify a restore: the user is active, the mailbox is back."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from shared.domain import graph_errors
from shared.domain.decision import StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.unseen_mailbox import MAILBOX_PERMISSION
from shared.domain.licensing.groups import Group, GroupStanding
from shared.domain.licensing.held import HeldLicense, Origin, held_licenses
from shared.domain.licensing.skus import (
    deleted_with_mailbox,
    has_mailbox_plan,
    is_as_wanted,
    unpaid_with_mailbox,
)
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.progress import Step, StepStatus, WaitingFor
from shared.domain.requests.request import RestoreKind
from shared.domain.text import Text, text
from shared.errors import AnsweredError
from shared.restore.deadlines import is_overdue
from shared.restore.mailbox_looks import MAILBOX_WAITS
from shared.restore.run import Run
from shared.restore.run_results import (
    CONTINUE,
    Continue,
    Park,
    RunResult,
    Settle,
    StepResult,
    back_off,
)
from shared.restore.steps.after_the_restore import (
    are_addresses_back,
    compare_addresses,
    look_at_roles,
    note_new_name,
    note_sign_in,
)
from shared.restore.steps.lost_again import deleted_again, lost_again
from shared.restore.steps.missing_user import NOT_SHOWN
from shared.restore.steps.restore_refused import is_granted

# A restored user's licences show within minutes. After five, one that is still missing is taken
# for not coming back by itself. Source: CIPP tells its users 2-5 minutes.
LICENSE_PATIENCE = timedelta(minutes=5)

# What Exchange says that a mailbox is, as its administrators call it; any other stays as said.
_PURPOSES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "user": text("step", "purpose-user"),
        "shared": text("step", "purpose-shared"),
        "room": text("step", "purpose-room"),
        "equipment": text("step", "purpose-equipment"),
    }
)

# A restored user shows within a minute or so; one that does not is looked for ever more seldom.
_USER_WAITS = tuple(timedelta(seconds=s) for s in (10, 20, 30, 60, 120, 300, 900, 1800))

# A deleted user without a licence may or may not have had a (shared) mailbox. If it was the user
# that was asked for, an hour is enough to wait for something that perhaps never was.
UNSURE_MAILBOX_DEADLINE = timedelta(hours=1)


async def verify_user(run: Run, step: Step) -> StepResult:
    """Verify that the user is active and has its licences; after that the lock is not needed."""
    step = _begun(run, step)
    person = await run.deps.people.active(run.person.id)
    if person is None or person.is_blank:
        lost = await deleted_again(run, step) if person is None else None
        return lost if lost is not None else _not_seen(run, step)
    if not _has_what_it_should(run, person):
        return await _license_missing(run, step, person)
    return await _user_verified(run, step, person)


def _begun(run: Run, step: Step) -> Step:
    """The step with its start noted before anything can fail: its patience is counted from then."""
    begun = step if step.started_at is not None else replace(step, started_at=run.now())
    run.note_step(begun)
    return begun


async def _user_verified(run: Run, step: Step, person: Person) -> Continue:
    await look_at_roles(run)
    run.note_ended(step, StepStatus.DONE, _sign_in(person))
    note_new_name(run, person)
    if _gets_addresses_with_the_mailbox(run):
        run.has_addresses_back = await are_addresses_back(run, person)
    else:
        await compare_addresses(run, person)
    if run.record.step(StepName.VERIFY_MAILBOX) is None:
        note_sign_in(run, None)
    run.only_looks = True
    return CONTINUE


def _gets_addresses_with_the_mailbox(run: Run) -> bool:
    """Whether addresses may come later than the licence, and are looked at with the mailbox."""
    is_given = run.record.step(StepName.ASSIGN_LICENSE) is not None
    return is_given and run.record.step(StepName.VERIFY_MAILBOX) is not None


def _has_what_it_should(run: Run, person: Person) -> bool:
    assignment = run.record.step(StepName.ASSIGN_LICENSE)
    if assignment is not None:
        is_off = assignment.status is StepStatus.SKIPPED
        return is_off or is_as_wanted(person, run.record.licenses)
    expected = run.record.expected
    return not expected or any(is_as_wanted(person, (item,)) for item in expected)


async def _license_missing(run: Run, step: Step, person: Person) -> StepResult:
    """Wait for the licence; if it does not come back by itself, put it back or say so."""
    now = run.now()
    if now - (step.started_at or now) < LICENSE_PATIENCE:
        return _keep_waiting(run, text("wait", "licenses"))
    direct, group_id = await _missing_direct(run, person)
    may_assign = direct and run.record.step(StepName.ASSIGN_LICENSE) is None
    if may_assign and not has_mailbox_plan(person, await run.deps.tenant.skus()):
        # The patience begins anew with the licence that is assigned now.
        unhurried = run.record.with_step(replace(step, started_at=None), now)
        again = unhurried.with_assignment(direct, now + run.deps.policy.retention)
        why = text("journal", "licence-stayed-away")
        await run.save(again, "planned", why, StepName.ASSIGN_LICENSE)
        return CONTINUE
    _warn_of_missing(run, await run.deps.tenant.group(group_id, person.id) if group_id else None)
    return await _user_verified(run, step, person)


def _warn_of_missing(run: Run, group: Group | None) -> None:
    """Say that the licence did not come back with the user, and from which group it comes."""
    if group is None:
        run.warn(FindingCode.LICENSE_LEFT_OUT, "not-seen")
    elif group.standing in {GroupStanding.ACTIVE, GroupStanding.UNKNOWN}:
        run.warn(FindingCode.LICENSE_LEFT_OUT, "group", group=group.text)
    elif group.standing is GroupStanding.DELETED:
        run.warn(FindingCode.LICENSE_LEFT_OUT, "group-deleted", group=group.text)
    else:
        run.warn(FindingCode.LICENSE_LEFT_OUT, "group-gone", group=group.text)


async def _missing_direct(
    run: Run, person: Person
) -> tuple[tuple[AssignedLicense, ...], str | None]:
    """The expected licences that were surely direct ones, and the group of one that was not.

    The user says how each came, else what was seen before the deletion. Where nothing does, it is
    not assumed to have been direct: a direct licence in place of a group's would hide that the
    group is gone.
    """
    states = (*run.person.license_states, *person.license_states)
    seen = await run.deps.observations.last(person.id)
    before = () if seen is None else seen.known.held
    shown = held_licenses(run.record.expected, states)
    known = [_as_seen(one, before) if one.origin is Origin.UNKNOWN else one for one in shown]
    direct_ids = {one.sku_id for one in known if one.origin is Origin.DIRECT}
    direct = tuple(item for item in run.record.expected if item.sku_id in direct_ids)
    return direct, next((group_id for one in known for group_id in one.group_ids), None)


def _as_seen(license_: HeldLicense, before: Iterable[HeldLicense]) -> HeldLicense:
    return next((one for one in before if one.sku_id == license_.sku_id), license_)


def _keep_waiting(run: Run, why: Text) -> Park:
    wait = back_off(_USER_WAITS, run.waits_for(WaitingFor.DIRECTORY))
    return Park(WaitingFor.DIRECTORY, run.now() + wait, why)


def _not_seen(run: Run, step: Step) -> RunResult:
    if not is_overdue(run, step):
        return _keep_waiting(run, NOT_SHOWN)
    return Settle(outcome(Code.DIRECTORY_ERROR, "not-shown", user_id=run.person.id))


def _sign_in(person: Person) -> Text | None:
    if person.account_enabled is None:
        return None
    return text("step", "sign-in-open") if person.account_enabled else text("step", "sign-in-off")


async def verify_mailbox(run: Run, step: Step) -> StepResult:
    """Verify that the mailbox answers; nothing is claimed about its content."""
    step = _begun(run, step)
    try:
        mailbox = await run.deps.tenant.mailbox(run.person.id)
    except AnsweredError as error:
        if graph_errors.is_unreadable(error):
            raise
        return await _mailbox_not_shown(run, step, error)
    if mailbox.is_there:
        run.note_purpose(mailbox.purpose)
        await _see_what_came_with_it(run)
        note_sign_in(run, mailbox.purpose)
        run.note_ended(step, StepStatus.DONE, _answers(mailbox.purpose))
        return CONTINUE
    lost = await lost_again(run, step)
    if lost is not None:
        return lost
    return await _mailbox_not_yet(run, run.record.step(step.name) or step, run.now())


async def _see_what_came_with_it(run: Run) -> None:
    if run.has_addresses_back or not _gets_addresses_with_the_mailbox(run):
        return
    person = await run.deps.people.active(run.person.id)
    if person is not None:
        await compare_addresses(run, person)


def _answers(purpose: str | None) -> Text:
    if not purpose:
        return text("step", "mailbox-answers")
    return text("step", "mailbox-answers-as", purpose=_PURPOSES.get(purpose, purpose))


async def _mailbox_not_shown(run: Run, step: Step, error: AnsweredError) -> Continue:
    said, needed = error.why, MAILBOX_PERMISSION
    if error.status == HTTPStatus.FORBIDDEN and await is_granted(run, error, needed):
        run.warn(FindingCode.MAILBOX_NOT_VERIFIED, "policy", permission=needed, said=said)
    elif error.status == HTTPStatus.FORBIDDEN:
        run.warn(FindingCode.MAILBOX_NOT_VERIFIED, permission=needed, said=said)
    else:
        run.warn(FindingCode.MAILBOX_NOT_VERIFIED, "refused", said=said)
    note_sign_in(run, None)
    run.note_ended(step, StepStatus.SKIPPED, text("step", "not-permitted"))
    return CONTINUE


async def _mailbox_not_yet(run: Run, step: Step, now: datetime) -> StepResult:
    is_sure = run.record.licenses or run.record.expected or run.request.kind is not RestoreKind.USER
    deadline = run.deps.policy.mailbox_deadline if is_sure else UNSURE_MAILBOX_DEADLINE
    ends_at = (step.started_at or now) + deadline
    if now < ends_at:
        wait = back_off(MAILBOX_WAITS, run.waits_for(WaitingFor.MAILBOX))
        looks_at, why = min(now + wait, ends_at), text("wait", "mailbox")
        return Park(WaitingFor.MAILBOX, looks_at, why, gives_up_at=ends_at)
    hours = deadline / timedelta(hours=1)
    if not is_sure:
        run.warn(FindingCode.MAILBOX_NOT_VERIFIED, "silent", hours=hours)
        run.note_ended(step, StepStatus.SKIPPED, text("step", "no-mailbox"))
        return CONTINUE
    ending = await _never_answered(run, hours)
    await run.fail_step(step, ending, None)
    return Settle(ending)


async def _never_answered(run: Run, hours: float) -> Outcome:
    """The ending, with its cause where the subscription that the mailbox hangs on is not paid."""
    given = (*run.person.licenses, *run.record.licenses)
    by_now, skus = replace(run.person, licenses=given), await run.deps.tenant.skus()
    gone = deleted_with_mailbox(by_now, skus)
    if gone:
        return outcome(
            Code.MAILBOX_NOT_SEEN, "came-without-subscription", hours=hours, licenses=gone
        )
    unpaid = unpaid_with_mailbox(by_now, skus)
    if unpaid:
        return outcome(Code.MAILBOX_NOT_SEEN, "came-unpaid", hours=hours, licenses=unpaid)
    return outcome(Code.MAILBOX_NOT_SEEN, hours=hours)
