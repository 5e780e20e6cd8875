"""Let a restore change in the only ways in which it may.

Every transition is a method that returns the next record; one that the life of a restore does not
allow raises IllegalTransitionError, so a bug shows up in a test and never in the ledger.

    queued ──claim──▶ running ──park──▶ waiting ──claim──▶ running ──settle──▶ final
       └──────────── cancel, while nothing was sent ─────────┘        retry ──▶ queued
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

from shared.domain.approvals.approval import Approval
from shared.domain.decision import Decision, StepName
from shared.domain.findings.codes import FindingCode
from shared.domain.outcomes import Outcome, Status
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.fields import RecordFields
from shared.domain.records.progress import Lease, Step, StepStatus, Waiting, Warning_
from shared.domain.text import text
from shared.domain.window import WindowVerdict

# How long an undo tries to make its changes. After a day, whoever wanted it looks again first.
UNDO_PATIENCE = timedelta(days=1)


class IllegalTransitionError(Exception):
    """A bug: the life of a restore does not allow this change."""


@dataclass(frozen=True, slots=True)
class Record(RecordFields):
    """One restore, and how it goes on."""

    def moved(self, at: datetime) -> Self:
        """The record after progress: only the present claim may still count as a death."""
        return replace(self, died_claims=min(self.died_claims, 1), put_backs=0, moved_at=at)

    def claim(self, owner: str, now: datetime, duration: timedelta) -> Self:
        """The record claimed by one worker for `duration`; each later write carries its ETag."""
        self._demand(not self.status.is_final and not self.is_leased(now), "claim")
        return replace(
            self,
            status=Status.RUNNING,
            waiting=None,
            lease=Lease(owner, now + duration),
            died_claims=self.died_claims + 1,
            updated_at=now,
        )

    def renew(self, now: datetime, duration: timedelta) -> Self:
        """The record with its lease renewed for `duration`; unchanged if it has none."""
        if self.lease is None:
            return self
        return replace(self, lease=Lease(self.lease.owner, now + duration))

    def hand_over(self, now: datetime) -> Self:
        """The record without its lease, for the next worker to continue."""
        self._demand(self.status is Status.RUNNING, "be handed over")
        return replace(self, lease=None, died_claims=self.died_before, updated_at=now)

    def bereaved(self, now: datetime) -> Self:
        """The record without the lease of a worker that did not release it; it counts as dead."""
        self._demand(self.status is Status.RUNNING, "be taken from its worker")
        return replace(self, lease=None, updated_at=now)

    def put_back(self, until: datetime, now: datetime) -> Self:
        """The record put off until then, since the platform set its message aside."""
        self._demand(not self.status.is_final and not self.is_leased(now), "be put back")
        return replace(self, put_backs=self.put_backs + 1, put_off_until=until, updated_at=now)

    def decided(self, decision: Decision, person: Person | None, now: datetime) -> Self:
        """The record with its plan, new or remade; only while the directory was not changed.

        What a drill has done stays before the plan of its way back.
        """
        done = self.steps if self.plans_way_back else ()
        is_free = not self.was_touched or self.plans_way_back
        self._demand(self.status is Status.RUNNING and is_free, "decide")
        return replace(
            self.moved(now),
            person=person or self.person,
            case=decision.case,
            window=decision.window,
            licenses=decision.licenses.licenses if decision.licenses else (),
            license_names=decision.license_names,
            group_seat=decision.group_seat,
            expected=decision.expected,
            new_name=decision.new_name,
            may_promise=decision.may_promise,
            is_outsider=decision.is_outsider,
            deadline=decision.deadline,
            # A refusal has no steps: nothing of what would have been done is still to come.
            steps=done
            if decision.ending is not None
            else (*done, *(Step(name, detail=decision.detail(name)) for name in decision.plan)),
            warnings=(
                # A plan made anew, while it waits for an approval, says all of it anew.
                *(self.warnings if self.approval is None else ()),
                *(Warning_(item.text) for item in decision.warnings),
            ),
            candidates=decision.candidates,
            updated_at=now,
        )

    def judged_anew(self, decision: Decision, deadline: datetime) -> Self:
        """The same plan by another window, since more is known by now."""
        self._demand(self.status is Status.RUNNING, "be judged anew")
        again = replace(
            self, window=decision.window, deadline=deadline, may_promise=decision.may_promise
        )
        for item in decision.warnings:
            again = again.warned(Warning_(item.text))
        return again

    def with_step(self, step: Step, now: datetime) -> Self:
        """The same record with this step in place of the one of its name."""
        self._demand(self.status is Status.RUNNING and step.name in self.plan, "write a step")
        steps = tuple(step if old.name is step.name else old for old in self.steps)
        written = replace(self, steps=steps, updated_at=now)
        return written.moved(now) if step.is_over else written

    def with_assignment(self, licenses: tuple[AssignedLicense, ...], deadline: datetime) -> Self:
        """The record with a step for licences that turned out to be needed, before verification."""
        name = StepName.ASSIGN_LICENSE
        self._demand(self.status is Status.RUNNING and name not in self.plan, "add a step")
        at = self.plan.index(StepName.VERIFY_USER)
        steps = (*self.steps[:at], Step(name), *self.steps[at:])
        return replace(self, steps=steps, licenses=licenses, deadline=deadline, is_extra=True)

    def without_licenses(self, sku_ids: tuple[str, ...]) -> Self:
        """The same record, without these among the licences to assign."""
        kept = [item for item in self.licenses if item.sku_id not in sku_ids]
        names = tuple(self.name_of(item.sku_id) for item in kept)
        return replace(self, licenses=tuple(kept), license_names=names)

    def warned(self, warning: Warning_) -> Self:
        """The same record with one more warning, unless it says so already.

        Licences can be left out for several reasons, so each of those is said.
        """
        has_many = warning.code == FindingCode.LICENSE_LEFT_OUT
        if any(
            item.text == warning.text if has_many else item.code == warning.code
            for item in self.warnings
        ):
            return self
        return replace(self, warnings=(*self.warnings, warning))

    def park(self, waiting: Waiting, now: datetime) -> Self:
        """The record parked until the wait is over; whoever wakes it claims it anew.

        While it is in doubt whether a change was made it only lets time pass, and got nowhere.
        """
        self._demand(self.status is Status.RUNNING, "park")
        is_in_doubt = any(step.status is StepStatus.ATTEMPTING for step in self.steps)
        looked = self if is_in_doubt else self.moved(waiting.until)
        return replace(
            looked,
            died_claims=looked.died_before,
            status=Status.WAITING,
            waiting=waiting,
            waited_for=waiting.reason,
            last_wait=waiting,
            waits=self.waits + 1 if self.waited_for is waiting.reason else 1,
            lease=None,
            updated_at=now,
        )

    def settle(self, ending: Outcome, now: datetime) -> Self:
        """The record ended with an outcome; only `retry` leads on from there."""
        self._demand(not self.status.is_final, "settle")
        if self.is_away and self.person is not None:
            user = self.person.user_principal_name
            ending = replace(ending, before=text("before", "drill-away", user=user))
        elif self.is_idle_drill and ending.before is None:
            ending = replace(ending, before=text("before", "drill-untouched"))
        return replace(self._ended(ending.status, now), outcome=ending)

    def approved(self, approval: Approval, now: datetime) -> Self:
        """Free to go on with the approved plan, for the next worker to take up."""
        self._demand(self.waits_for_approval, "be approved")
        going = replace(self, status=Status.RUNNING, waiting=None, approval=approval)
        return replace(going, moved_at=now, updated_at=now)

    def rejected(self, approval: Approval, ending: Outcome, now: datetime) -> Self:
        """Ended, since somebody has decided against it."""
        self._demand(self.waits_for_approval, "be rejected")
        return replace(self, approval=approval).settle(ending, now)

    def undone(self, by: str, now: datetime) -> Self:
        """The ended record, with the restore that has taken it back."""
        self._demand(self.status.is_final, "be undone")
        return replace(self, undone_by=by, updated_at=now)

    def told_of(self, event_id: str) -> Self:
        """The ended record, whose callback has taken this event; no warning says otherwise."""
        self._demand(self.status.is_final, "be told of")
        failed = FindingCode.CALLBACK_FAILED
        left = tuple(item for item in self.warnings if item.code != failed)
        return replace(self, told=event_id, warnings=left)

    @property
    def is_cancellable(self) -> bool:
        """Whether it can still be cancelled: not ended, and no change was or may have been made."""
        return not self.status.is_final and not self.was_touched and not self.is_away

    def cancel(self, now: datetime) -> Self:
        """The record cancelled before any change."""
        self._demand(self.is_cancellable, "be cancelled")
        return self.settle(self.called_off, now)

    @property
    def is_retryable(self) -> bool:
        """Whether another attempt makes sense; what was not understood stays so.

        A drill that has changed nothing is over: the attempt would delete at any time of the day.
        """
        has_ended_badly = self.status in {Status.FAILED, Status.REFUSED}
        return has_ended_badly and self.request is not None and not self.is_idle_drill

    def retry(self, now: datetime) -> Self:
        """The next attempt, to be taken up by a worker; key and fingerprint stay.

        Why the plan stays where a change was, or may have been, made: what was sent in the last
        attempt, and when, is all that keeps this one from sending it again. So a step in doubt
        stays in doubt since the same instant, what is done stays done, and only what Graph refused
        or a look did not show begins anew. Where nothing was made, or it was
        taken back since, all is decided afresh.
        """
        self._demand(self.is_retryable, "be retried")
        again = replace(
            self if self.was_touched and not self.undone_by else self._undecided(),
            status=Status.QUEUED,
            attempts=self.attempts + 1,
            retried_at=now,
            waited_for=None,
            last_wait=None,
            waits=0,
            died_claims=0,
            put_backs=0,
            put_off_until=None,
            moved_at=now,
            seat_queues=(),
            warnings=(),
            outcome=None,
            finished_at=None,
            undone_by="",
            updated_at=now,
        )
        if self.undoes:
            again = replace(again, deadline=now + UNDO_PATIENCE)
        return replace(again, steps=tuple(step.anew() for step in again.steps))

    def _undecided(self) -> Self:
        return replace(
            self,
            person=self.person if self.undoes else None,
            case=None,
            candidates=(),
            window=None,
            licenses=(),
            license_names=(),
            group_seat=None,
            expected=(),
            new_name=None,
            approval=None,
            may_promise=False,
            is_outsider=False,
            purpose=None,
            mailbox_look=None,
            deadline=None,
            steps=(),
            is_extra=False,
            by_hand=(),
        )

    def _ended(self, status: Status, now: datetime) -> Self:
        window = self.window
        if window is not None and window.ends_at is not None and window.ends_at <= now:
            window = replace(window, verdict=WindowVerdict.CLOSED, days_left=0.0)
        return replace(
            self,
            status=status,
            window=window,
            waiting=None,
            lease=None,
            finished_at=now,
            updated_at=now,
        )

    def _demand(self, allowed: bool, what: str) -> None:  # noqa: FBT001 - an assertion's subject
        if not allowed:
            msg = f"restore {self.id} is {self.status} and cannot {what}"
            raise IllegalTransitionError(msg)
