"""Have a restore wait for somebody else's word, where a rule of the deployment wants it.

    plan made ── no rule met ────────────────────────────────▶ goes on
              └─ met: written down ── told ── user let go ── waits
    looked at hourly, and once approved: the plan made anew
              ├─ the one approved ───────────────────────────▶ goes on
              └─ another one: waits for a decision about that

Why the user is let go: nothing is changed yet, and another restore of the same user must not wait
for days. Once approved, the user is locked and the plan made anew, before anything is changed.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from shared.documents.restore import restore_document
from shared.domain.approval_rules import ApprovalRule
from shared.domain.approvals.approval import Approval
from shared.domain.approvals.told import foretold, plan_in_words, reasons_of
from shared.domain.approvals.wanted import Plan, wanted_for
from shared.domain.decision import Decision
from shared.domain.outcomes import Code, outcome
from shared.domain.records.progress import Waiting, WaitingFor
from shared.domain.records.record import Record
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.ports.deps import Telling
from shared.restore.locking import let_go_of_user
from shared.restore.run import Run
from shared.restore.run_results import Park, Settle
from shared.texts.reader import Reader

# Between looks at the person while nobody decides, so that whoever comes to decide sees a plan of
# today. A look is a dozen requests to Graph.
LOOK_AGAIN = timedelta(hours=1)


async def wait_for_approval(run: Run, decision: Decision) -> Park | Settle | None:
    """What the restore does in place of its plan; None: nobody's word is wanted, or it was given.

    Raises:
        LeaseLostError: another worker holds the restore; nothing was written.
        StorageUnavailableError: it may be written and told that somebody has to decide.
    """
    plan = Plan(run.person.id, run.request, decision, run.record.batch_size)
    wanted = wanted_for(plan, run.deps.policy.approvals, run.now())
    asked = run.record.approval
    if asked is not None and asked.is_approved and asked.plan_hash == plan.hash:
        run.note_approval(replace(asked, is_confirmed=True))
        return None
    if not wanted:
        run.forget_approval()
        return None
    approval = _asked_anew(run, plan.hash, wanted)
    if run.now() >= approval.until:
        run.note_approval(approval)
        return Settle(outcome(Code.NOT_APPROVED, "too-late", until=instant(approval.until)))
    return await _wait(run, approval, plan)


def foretell_approval(run: Run, decision: Decision) -> None:
    """Warn of the approval that the restore would want if it went on; the next write says so."""
    person = run.record.person
    if person is None:
        return
    plan = Plan(person.id, run.request, decision, run.record.batch_size)
    finding = foretold(plan, run.deps.policy.approvals, run.now())
    if finding is not None:
        run.warn_of(finding)


def _asked_anew(run: Run, plan_hash: str, wanted: tuple[ApprovalRule, ...]) -> Approval:
    """What is wanted now: as before, or of another plan, about which nobody was told yet."""
    asked, now = run.record.approval, run.now()
    if asked is not None and asked.is_open and asked.plan_hash == plan_hash:
        return replace(asked, wanted_for=wanted)
    if asked is not None:
        return Approval(wanted, plan_hash, now, asked.until)
    return Approval(wanted, plan_hash, now, run.record.deadline or now + run.deps.retention)


async def _wait(run: Run, approval: Approval, plan: Plan) -> Park:
    park = Park(
        WaitingFor.APPROVAL,
        min(run.now() + LOOK_AGAIN, approval.until),
        text(
            "wait",
            "approval",
            rules=(*reasons_of(plan, approval.wanted_for), *plan_in_words(plan)),
        ),
        gives_up_at=approval.until,
    )
    run.note_approval(approval)
    # In writing, before anybody is told, and while the hold is surely ours.
    await run.save_notes()
    if not approval.is_told:
        await _tell(run, park)
        run.note_approval(replace(approval, is_told=True))
    if run.locked_user_id is not None:
        await let_go_of_user(run.locked_user_id, run)
    return park


async def _tell(run: Run, park: Park) -> None:
    deps, record = run.deps, run.record
    waiting = Waiting(park.reason, park.until, park.text, gives_up_at=park.gives_up_at)
    shown = record.park(waiting, run.now())
    telling = Telling(
        to_all=_event(shown, deps.audience.everybody()),
        to_owner=_event(shown, deps.audience.owner(record.requested_by)),
    )
    await deps.outbox.publish_alert(telling.to_all)
    await deps.publisher.publish(telling, deps, callback_url=None)


def _event(record: Record, reader: Reader) -> Mapping[str, object]:
    """The CloudEvents 1.0 event of an approval that is wanted; the same id each time it is sent."""
    asked_at = instant(record.approval.asked_at) if record.approval is not None else None
    return {
        "specversion": "1.0",
        "id": f"approval-wanted-{record.id}-{asked_at}",
        "source": "/reprieve",
        "type": "restore.approval-wanted.v1",
        "subject": record.id,
        "time": asked_at,
        "datacontenttype": "application/json",
        "data": restore_document(record, reader),
    }
