"""Look at the account of a drill before it is deleted, and ask all that a restore would ask."""

import asyncio
from collections.abc import AsyncIterator
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
from shared.domain.values.ids import is_guid
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
    person = await _account(run)
    if person is None:
        return await _not_active(run)
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


async def account_id(run: Run) -> str | None:
    """The id of the active account that the setting names; None: no single one has this name.

    Raises:
        DirectoryError: the directory could not be searched.
    """
    named = run.request.user
    if is_guid(named):
        return named.lower()
    called = [one async for one in _called(named, run.deps)]
    return called[0].id if len(called) == 1 else None


async def _account(run: Run) -> Person | None:
    """The account by its id, and only while it is the one that the setting names."""
    planned = run.record.person
    user_id = planned.id if planned is not None else run.locked_user_id
    person = await run.deps.people.active(user_id) if user_id is not None else None
    named = run.request.user.lower()
    if person is None or person.is_blank:
        return None
    return person if named in {person.id.lower(), person.user_principal_name.lower()} else None


async def _called(name: str, deps: Deps) -> AsyncIterator[Person]:
    """Whoever is active and has just this user principal name: an alias is no name of a drill's."""
    for user_id in (await deps.people.ids(name)).active:
        person = await deps.people.active(user_id)
        if person is not None and person.user_principal_name.lower() == name.lower():
            yield person


async def _not_active(run: Run) -> Park | Settle:
    if run.record.waits < _SETTLING_LOOKS:
        return wait_for_directory(run, text("wait", "not-shown"))
    asked = run.request.user
    if await _is_among_the_deleted(asked, run.deps):
        return Settle(untouched(outcome(Code.USER_IS_DELETED, "drill", user=asked)))
    return Settle(untouched(outcome(Code.USER_NOT_FOUND, "drill", user=asked)))


async def _is_among_the_deleted(named: str, deps: Deps) -> bool:
    if is_guid(named):
        return await deps.people.deleted(named.lower()) is not None
    return bool((await deps.people.ids(named)).deleted)


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
