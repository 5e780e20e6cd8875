"""Look at a guarded person as the run of a restore would, and remember what was seen.

A guard's own look is an observation: whoever was seen well has licences to be given back, and a
loss that follows has its bound.
"""

from dataclasses import dataclass, replace

from shared.domain.decide import decide
from shared.domain.decision import Decision
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding
from shared.domain.findings.guard_names import unresolved
from shared.domain.guards.guard import Guard, GuardAct, asker_of
from shared.domain.guards.guard_state import GuardLook, PersonState, guard_look_of
from shared.domain.licensing.held import mailbox_plan
from shared.domain.observations import extend
from shared.domain.observations.observation import Observation
from shared.domain.person import Person
from shared.domain.requests.request import RestoreKind, RestoreRequest
from shared.domain.snapshot import Found, Nobody, Snapshot
from shared.errors import AnsweredError
from shared.guards.cached_reads import CachedReads
from shared.ports.deps import Deps
from shared.ports.watch import ObservationWrite
from shared.restore.reading.look import by_id, find, identify, is_blurred, search
from shared.restore.reading.namesakes import with_near_names
from shared.watch.taken_away import taken_away

_MEANT = frozenset({FindingCode.MAILBOX_MAY_BE_ON_PREMISES, FindingCode.MOVED_TO_ANOTHER_TENANT})


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Nobody, or more than one, answers to the name; `findings` say which."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The look, the person if there is one, and what a restore begun now would be refused with."""

    look: GuardLook
    found: Found
    findings: tuple[Finding, ...] = ()


async def look_at(guard: Guard, reads: CachedReads) -> Seen | Unresolved | None:
    """What the run of a restore would see now; None if nothing can be told at the moment.

    The audit log is asked for the instant of a loss, and no more once that is pinned. Who waits
    for the closing of the window must know when it closes, and is looked at again if the log is
    busy. Of somebody whose reading is in doubt nothing is told, until the order is given again.
    """
    deps = reads.deps
    found = await _person(guard, deps)
    if isinstance(found, Unresolved):
        return found
    user_id = guard.user_id or found.id if isinstance(found, Person) else guard.user_id or ""
    request = RestoreRequest(guard.order.kind, user_id)
    if isinstance(found, Person) and found.is_blank:
        return None
    if await is_blurred(found, by_id(user_id), request, deps) or await _in_doubt(
        guard, found, deps
    ):
        return None
    snapshot = await reads.look_around(
        found,
        request,
        asks_log=guard.loss is None,
        needs_log=guard.order.act is GuardAct.WHEN_CLOSING,
    )
    if snapshot is None:
        return None
    now = deps.clock.now()
    decision = decide(snapshot, request, deps.policy, now=now, by=asker_of(guard))
    await _remember(snapshot, deps)
    look = guard_look_of(decision, snapshot, user_id, now)
    if await _is_taken(look, found, deps):
        # As if well: nobody brings back what was taken back.
        return Seen(replace(look, condition=PersonState.WELL), Nobody())
    return Seen(look, found, _findings(user_id, found, decision))


def _findings(user_id: str, found: Found, decision: Decision) -> tuple[Finding, ...]:
    """What stands in the way of the guard, whose person may be gone for good."""
    if isinstance(found, Person):
        return blocks_of(decision)
    return (unresolved(user_id, found),)


def blocks_of(decision: Decision) -> tuple[Finding, ...]:
    """What the restore would be refused with, and why, where the removal may have been meant."""
    blocks = [one for one in decision.findings if one.severity == "block"]
    meant = [one for one in decision.findings if blocks and one.code in _MEANT]
    return (*blocks, *(replace(one, severity="block") for one in meant))


async def _is_taken(look: GuardLook, found: Found, deps: Deps) -> bool:
    """Whether the person is lost only because the service itself has taken the mailbox away."""
    if look.condition is not PersonState.LOST or not isinstance(found, Person):
        return False
    taken = await taken_away(deps)
    if found.id not in taken.at:
        return False
    # An answer of the mailbox moves the loss: whose deed it was, the licence's own clock tells.
    seen = await deps.observations.last(found.id)
    went_at = seen.license_lost_at if seen is not None else None
    return taken.explains(found, went_at or look.window.started_at)


async def _person(guard: Guard, deps: Deps) -> Found | Unresolved:
    """Whom the guard is about: the pinned id, else whoever the name stands for now.

    A guard is about somebody who is there, so an active user is looked for first, as for a
    licence; a run of kind `mailbox` or `user` would take the deleted one of the same name.
    """
    if guard.user_id is not None:
        return await find(by_id(guard.user_id), guard.order.kind, deps)
    name = guard.order.user
    user_id = await identify(await search(name, deps), RestoreKind.LICENSE, deps)
    if isinstance(user_id, str):
        found = await find(by_id(user_id), guard.order.kind, deps)
        if isinstance(found, Person):
            return found
    else:
        found = user_id
    if isinstance(found, Nobody):
        found = await with_near_names(found, name, deps)
    return Unresolved((unresolved(name, found),))


async def _in_doubt(guard: Guard, found: Found, deps: Deps) -> bool:
    """Whether what Graph shows of many people at once is in doubt, of this one as well."""
    if not isinstance(found, Person) or found.is_deleted:
        return False
    since = (await deps.watch.rounds.read()).round.doubted_since
    if since is None or (guard.confirmed_at is not None and guard.confirmed_at >= since):
        return False
    seen = await deps.observations.last(found.id)
    return seen is not None and seen.is_doubted


async def _remember(snapshot: Snapshot, deps: Deps) -> None:
    """Keep the look as an observation; if others wrote at the same time, theirs is as good."""
    person = snapshot.found
    if not isinstance(person, Person) or person.is_deleted:
        return
    skus = snapshot.skus or await deps.tenant.skus()
    has_plan = mailbox_plan(person, skus).is_there
    if has_plan is None:
        return
    before = (await deps.watch.observations.many([person.id])).get(person.id)
    if before is None and not has_plan:
        return
    look = extend.look_at(person, deps.clock.now(), has_plan=has_plan)
    was = before.observation if before is not None else Observation(person.id)
    rounds = (await deps.watch.rounds.read()).round.log
    after = extend.with_look(was, look, rounds)
    if person.synced and has_plan and after.purpose is None:
        after = replace(after, purpose=await _purpose(person, deps))
    await deps.watch.observations.keep([ObservationWrite(after, before)])


async def _purpose(person: Person, deps: Deps) -> str | None:
    """What the mailbox says it is, if it answers: somebody synced may have it on-premises."""
    try:
        return (await deps.tenant.mailbox(person.id)).purpose
    except AnsweredError:
        return None
