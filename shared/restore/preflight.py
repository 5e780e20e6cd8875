"""Check a request: find out what a restore would do now, and change nothing.

The same search, reads and decision as advance, without its claim, its lock and its ledger.
"""

from dataclasses import replace
from datetime import timedelta

from shared.domain import graph_errors
from shared.domain.approvals.told import foretold
from shared.domain.approvals.wanted import Plan
from shared.domain.decide import decide
from shared.domain.decision import Decision
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, warn
from shared.domain.person import Person
from shared.domain.preflight import Preflight, preflight_of, unseen_preflight
from shared.domain.requests.request import ANYBODY, RequestedBy, RestoreRequest
from shared.domain.schedule import decide_for_later, too_late_at
from shared.domain.snapshot import Found, Snapshot
from shared.errors import AnsweredError, DirectoryError, LogInUseError
from shared.ports.deps import Deps
from shared.ports.directory import SearchHits
from shared.restore.locking import at_work_on
from shared.restore.reading.license_evidence import EvidenceQuestion
from shared.restore.reading.look import by_id, find, identify, is_blurred, look_around, search
from shared.restore.reading.read_errors import unavailable, why_not_read
from shared.restore.reading.unsettled import blank_read

# A caller over HTTP waits for a check: so long for the log, then 503 says when to come back.
LOG_PATIENCE = timedelta(seconds=10)
_LEAST_WAIT = timedelta(milliseconds=200)


async def check(request: RestoreRequest, deps: Deps, by: RequestedBy = ANYBODY) -> Preflight:
    """The preflight of this request: every finding at once, and nothing is changed.

    `dryRun` and the key make no difference. A request for later (`notBefore`) is judged as of
    then, window included, unless it would be refused at once. A refusal of Graph's to be read is a
    finding that blocks, as it would end the run. `by` is who asks, with the roles that count.

    Raises:
        DirectoryUnavailableError: Graph could not be asked at the moment.
        StorageUnavailableError: what was observed of the user could not be read.
    """
    try:
        return await _check_patiently(request, deps, by)
    except AnsweredError as error:
        if not graph_errors.is_unreadable(error):
            return unseen_preflight(await why_not_read(error, deps))
        raise unavailable(error) from error
    except DirectoryError as error:
        raise unavailable(error) from error


async def _check_patiently(request: RestoreRequest, deps: Deps, by: RequestedBy) -> Preflight:
    """Look again while the audit log is busy for a moment: it has five requests in ten seconds.

    Raises:
        DirectoryError: Graph could not be asked, or the log is busy for longer.
    """
    question = EvidenceQuestion(deps.clock.now(), memory=deps.log_memory)
    patience_ends_at = question.asked_at + LOG_PATIENCE
    while True:
        try:
            return await _check(request, deps, by, question)
        except LogInUseError as error:
            wait = max(error.retry_after or _LEAST_WAIT, _LEAST_WAIT)
            if deps.clock.now() + wait > patience_ends_at:
                raise
            await deps.clock.pause(wait)


async def _check(
    request: RestoreRequest, deps: Deps, by: RequestedBy, question: EvidenceQuestion
) -> Preflight:
    hits = await search(request.user, deps)
    found = await _find(hits, request, deps, question)
    if isinstance(found, Person) and found.is_blank:
        return unseen_preflight(blank_read(found))
    is_unclear = await is_blurred(found, hits, request, deps)
    snapshot = await look_around(found, request, deps, question, by)
    decision = _decide(snapshot, request, deps, by)
    if isinstance(found, Person):
        plan = Plan(found.id, request, decision)
        approval = foretold(plan, deps.policy.approvals, deps.clock.now())
        if approval is not None:
            decision = replace(decision, findings=(*decision.findings, approval))
    if is_unclear:
        # A run looks again before it believes such a read; a check has no later look.
        unsettled = warn(FindingCode.DIRECTORY_UNSETTLED)
        decision = replace(decision, findings=(*decision.findings, unsettled))
    if isinstance(found, Person) and (at_work := await _at_work(found.id, by, deps)) is not None:
        decision = replace(decision, findings=(*decision.findings, at_work))
    return preflight_of(decision, snapshot)


async def _at_work(user_id: str, by: RequestedBy, deps: Deps) -> Finding | None:
    """That a restore of this person is under way, which may change all that was seen."""
    holder = await at_work_on(user_id, deps)
    if holder is None:
        return None
    if by.id is not None and holder.owner_id == by.id:
        return warn(FindingCode.DIRECTORY_UNSETTLED, "own-restore", restore_id=holder.restore_id)
    return warn(
        FindingCode.DIRECTORY_UNSETTLED, "restore-at-work", other_restore_id=holder.restore_id
    )


async def _find(
    hits: SearchHits, request: RestoreRequest, deps: Deps, question: EvidenceQuestion
) -> Found:
    user_id = await identify(hits, request.kind, deps, question)
    if not isinstance(user_id, str):
        return user_id
    return await find(by_id(user_id), request.kind, deps)


def _decide(snapshot: Snapshot, request: RestoreRequest, deps: Deps, by: RequestedBy) -> Decision:
    at = deps.clock.now()
    now = decide(snapshot, request, deps.policy, now=at, by=by)
    not_before = request.not_before
    if not_before is None or not_before <= at:
        return now
    then = decide_for_later(snapshot, request, deps.policy, now=at, not_before=not_before, by=by)
    return too_late_at(now, then, not_before) or then
