"""Note what one run learns about its restore; the next write of its hold carries it along."""

from dataclasses import replace
from datetime import datetime, timedelta

from shared.domain.approvals.approval import Approval
from shared.domain.decision import Candidate, Decision
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.records.progress import JournalEntry, MailboxLook, Step, WaitingFor, Warning_
from shared.domain.records.record import Record
from shared.domain.requests.request import RestoreRequest, is_restore_id
from shared.domain.requests.roles import Role
from shared.domain.text import Param, Text, text
from shared.errors import LeaseLostError
from shared.ports.deps import Deps
from shared.ports.ledger import StoredRecord
from shared.restore.giving_up import is_lost_cause
from shared.restore.hold import LEASE, Hold

# A run that is not through by then goes on in a new invocation. The platform kills an invocation,
# and every other one of that worker, at `functionTimeout`: stay far away from it.
RUN_TIME = timedelta(seconds=45)


class Run(Hold):
    """One run of a restore: the hold on it, and what was learnt meanwhile."""

    def __init__(self, stored: StoredRecord, deps: Deps) -> None:
        super().__init__(stored, deps)
        self._started_at = stored.record.updated_at
        self.fresh_person: Person | None = None
        """The person as read in this very run, under the lock; used once, then looked at anew."""
        self.locked_user_id: str | None = None
        """The user whose lock this run took or found in its hands."""
        self.has_addresses_back = False
        """Whether this very run saw that no address of the user is missing."""
        self.only_looks = False
        """Whether this very run came to where nothing is left to change, and so to lock."""
        self.is_reconsidered = False
        """Whether this very run has decided anew, and goes on as planned."""
        self.followed: Record | None = None
        """The restore that changed this user before, once it was read."""

    @property
    def request(self) -> RestoreRequest:
        """What was asked for, by the kind of its way back.

        A restore without a request is final from the start and never claimed.
        """
        request = self.record.request
        if request is None:
            msg = f"restore {self.record.id} has no request to run"
            raise LookupError(msg)
        return replace(request, kind=request.kind.way_back)

    @property
    def person(self) -> Person:
        """The person, once the decision was made."""
        person = self.record.person
        if person is None:
            msg = f"restore {self.record.id} has not found its person"
            raise LookupError(msg)
        return person

    @property
    def is_out_of_time(self) -> bool:
        """Whether the rest should go to a new invocation."""
        return self.deps.clock.now() - self._started_at > RUN_TIME

    def note_step(self, step: Step) -> None:
        """Remember this step as it is now; the next write carries it along."""
        self._record = self._record.with_step(step, self.now())

    def note_rename(self, new_name: str) -> None:
        """Remember that the new name is needed; the next write carries it along."""
        unused = FindingCode.NEW_NAME_NOT_USED.value
        kept = tuple(one for one in self._record.warnings if one.text.code != unused)
        self._record = replace(self._record, new_name=new_name, warnings=kept)

    def note_approval(self, approval: Approval) -> None:
        """Remember the approval that is wanted, or was given; the next write carries it along."""
        self._record = replace(self._record, approval=approval)

    def forget_approval(self) -> None:
        """Remember that nobody's word is wanted any more; the next write says so."""
        self._record = replace(self._record, approval=None)

    def note_follows(self, before: Record) -> None:
        """Remember which restore changed this user before; the next write carries it along."""
        self.followed = before
        self._record = replace(self._record, follows=before.id)

    def note_roles(self, roles: tuple[Role, ...]) -> None:
        """Remember the roles that the caller still has; the next write carries them along."""
        by = replace(self._record.requested_by, roles=roles)
        self._record = replace(self._record, requested_by=by)

    def note_person(self, person: Person) -> None:
        """Remember whom the restore is about; the next write carries it along."""
        self._record = replace(self._record, person=person)

    def note_purpose(self, purpose: str | None) -> None:
        """Remember what the mailbox says that it is; the next write carries it along."""
        self._record = replace(self._record, purpose=purpose)

    def note_mailbox_look(self, look: MailboxLook) -> None:
        """Remember what the mailbox said; the next write carries it along."""
        self._record = replace(self._record, mailbox_look=look)

    def note_seat_queues(self, sku_ids: tuple[str, ...]) -> None:
        """Note the queues for seats in which the restore waits; the next write carries it along."""
        self._record = replace(self._record, seat_queues=sku_ids)

    def note_left_out(self, sku_ids: tuple[str, ...]) -> None:
        """Remember that these licences are not given; the next write carries it along."""
        self._record = self._record.without_licenses(sku_ids)

    def note_decision(self, decision: Decision) -> None:
        """Remember the decision and its person; the next write carries it along."""
        decided = self._record.decided(decision, self.fresh_person, self.now())
        self._record = replace(decided, deadline=decided.deadline or self.longest_wait_ends_at)

    def note_near_names(self, near: tuple[Candidate, ...]) -> None:
        """Remember who is nearly called as asked; the next write carries it along."""
        self._record = replace(self._record, candidates=near)

    def note_judged_anew(self, decision: Decision) -> None:
        """Remember another window than the plan was made by; the next write carries it along."""
        ends_at = decision.deadline or self.longest_wait_ends_at
        self._record = self._record.judged_anew(decision, ends_at)

    @property
    def longest_wait_ends_at(self) -> datetime:
        """Until when it may wait where nobody knows the end of the window."""
        asked_at = self.record.retried_at or self.record.created_at
        begins_at = max(asked_at, self.request.not_before or asked_at)
        return begins_at + self.deps.policy.retention

    def note_undo(self, decision: Decision, by_hand: tuple[Text, ...]) -> None:
        """Remember how a restore is taken back; the next write carries it along."""
        warnings = self._record.warnings
        self._record = replace(
            self._record.decided(decision, self.fresh_person, self.now()),
            window=None,
            by_hand=by_hand,
            warnings=warnings,
        )

    def warn(self, code: FindingCode | Code, variant: str = "", /, **params: Param) -> None:
        """Remember a warning; the next write carries it along."""
        self._record = self._record.warned(Warning_(text(code, variant, **params)))

    def warn_of(self, finding: Finding) -> None:
        """Remember a finding as a warning; the next write carries it along."""
        self._record = self._record.warned(Warning_(finding.text))

    def waits_for(self, reason: WaitingFor) -> int:
        """How many times in a row the restore has waited for this reason."""
        return self.record.waits if self.record.waited_for is reason else 0


async def claim(restore_id: str, deps: Deps) -> Run | None:
    """The hold on a restore that has something to do now, or None when there is nothing to do.

    None: unknown, ended, not due yet, held by another worker, or given up after too many deaths.
    """
    stored = await deps.ledger.read(restore_id) if is_restore_id(restore_id) else None
    now = deps.clock.now()
    if stored is None or stored.record.status.is_final or stored.record.is_leased(now):
        return None
    if _is_early(stored.record, now) or is_lost_cause(stored.record):
        return None
    held = stored.record.claim(deps.names.fresh(), now, LEASE)
    worker = held.lease.owner if held.lease else ""
    entry = JournalEntry(now, "claimed", text("journal", "claimed", worker=worker))
    # A restore that wakes again and again from the same wait is counted in its record; a journal
    # line for each look of a month would bury what happened.
    entries = () if stored.record.waits > 1 else (entry,)
    try:
        return Run(await deps.ledger.write(stored, held, *entries), deps)
    except LeaseLostError:
        return None


def _is_early(record: Record, now: datetime) -> bool:
    waits = record.waiting is not None and now < record.waiting.until
    return waits or (record.put_off_until is not None and now < record.put_off_until)
