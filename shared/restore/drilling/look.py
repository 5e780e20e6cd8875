"""Look at the account of a drill before it is deleted, and ask all that a restore would ask."""

import asyncio
from dataclasses import replace
from http import HTTPStatus

from shared.domain.decide import decide
from shared.domain.decision import Decision
from shared.domain.drills.drill import DRILL_PATIENCE, DRILLS_APART
from shared.domain.drills.refusals import DrillLook, untouched, why_not
from shared.domain.outcomes import Code, outcome
from shared.domain.permissions import Feature, needed_for
from shared.domain.person import Person
from shared.domain.requests.request import RestoreKind
from shared.domain.text import text
from shared.errors import AnsweredError
from shared.ports.deps import Deps
from shared.restore.deadlines import not_begun
from shared.restore.drilling.guarded import is_guarded
from shared.restore.locking import READS_LAG, changed_at, last_change
from shared.restore.reading.imagined_loss import imagined_loss
from shared.restore.reading.look import look_around
from shared.restore.run import Run
from shared.restore.run_results import CONTINUE, Park, Settle, StepResult, wait_for_directory

# An account that shows in neither list may be on the move between them: reads lag. Looks so often
# before it is said to be gone.
_SETTLING_LOOKS = 3


async def may_begin(run: Run) -> StepResult:
    """Go on, or the end of a drill that is off, too late, or could not bring the account back.

    Raises:
        DirectoryError: the service's own permissions could not be read.
    """
    record, named = run.record, run.deps.policy.drill_user
    asked = run.request.user
    if named is None or named.lower() != asked.lower():
        return Settle(untouched(outcome(Code.CANCELLED, "drill-off", asked=asked)))
    if run.now() >= record.created_at + DRILL_PATIENCE:
        return Settle(not_begun())
    needed = {*needed_for(Feature.RESTORE), *needed_for(Feature.DRILL)}
    missing = tuple(sorted(needed - await run.deps.grants.held()))
    if missing:
        refused = outcome(Code.PERMISSION_MISSING, "drill", permissions=missing)
        return Settle(untouched(refused))
    return CONTINUE


async def look(run: Run) -> Person | Park | Settle:
    """The account, if it may be deleted; under the lock.

    Raises:
        DirectoryError: something could not be read.
        StorageUnavailableError: what is remembered could not be read.
    """
    unsettled = await _changed_lately(run)
    if unsettled is not None:
        return unsettled
    user_id = run.request.user.lower()
    person = await run.deps.people.active(user_id)
    if person is None or person.is_blank or person.id.lower() != user_id:
        return await _not_active(run, user_id)
    refusal = why_not(await _seen(run, person))
    return Settle(refusal) if refusal is not None else person


async def _changed_lately(run: Run) -> Park | Settle | None:
    """A wait, or the end, where another restore has changed the account just before."""
    before = await last_change(run)
    at = changed_at(before) if before is not None else None
    if before is None or at is None:
        return None
    if before.kind is RestoreKind.DRILL and run.now() < at + DRILLS_APART:
        again = outcome(Code.CANCELLED, "drill-again", restore_id=before.id)
        return Settle(untouched(again))
    if run.now() < at + READS_LAG:
        wait = at + READS_LAG - run.now()
        return wait_for_directory(run, text("wait", "unsettled"), at_least=wait)
    return None


async def _not_active(run: Run, user_id: str) -> Park | Settle:
    if run.record.waits < _SETTLING_LOOKS:
        return wait_for_directory(run, text("wait", "not-shown"))
    deleted = await run.deps.people.deleted(user_id)
    asked = run.request.user
    if deleted is not None:
        return Settle(untouched(outcome(Code.USER_IS_DELETED, "drill", user=asked)))
    return Settle(untouched(outcome(Code.USER_NOT_FOUND, asked=asked)))


async def _seen(run: Run, person: Person) -> DrillLook:
    deps = run.deps
    observation = await deps.observations.last(person.id)
    roles, skus, if_lost, purpose, sign_in, guarded = await asyncio.gather(
        deps.tenant.roles_held(person.id, is_deleted=False),
        deps.tenant.skus(),
        _if_lost(run, person),
        _purpose(person, deps),
        deps.people.last_sign_in(person.id),
        is_guarded(person, deps),
    )
    return DrillLook(
        person,
        run.now(),
        roles,
        skus,
        if_lost,
        purpose=purpose,
        seen_purpose=observation.purpose if observation is not None else None,
        signed_in_at=sign_in.at,
        is_guarded=guarded,
    )


async def _if_lost(run: Run, person: Person) -> Decision:
    """What would be decided about a restore if the account were deleted now."""
    deps, now = run.deps, run.now()
    lost = replace(person, deleted_at=now)
    snapshot = await look_around(lost, run.request, await imagined_loss(person, now, deps), None)
    return decide(snapshot, run.request, deps.policy, now=now, by=run.record.requested_by)


async def _purpose(person: Person, deps: Deps) -> str | None:
    """What its mailbox is, None where none answers or the service is kept from looking."""
    try:
        mailbox = await deps.tenant.mailbox(person.id)
    except AnsweredError as error:
        if error.status != HTTPStatus.FORBIDDEN:
            raise
        return None
    return mailbox.purpose if mailbox.is_there else None
