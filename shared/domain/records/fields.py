"""Describe a restore as the ledger stores it: what was asked for, planned and done so far."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.domain.approvals.approval import Approval
from shared.domain.decision import Candidate, Case, StepName
from shared.domain.licensing.groups import GroupSeat
from shared.domain.outcomes import Code, Outcome, Status, outcome
from shared.domain.person import AssignedLicense, Person
from shared.domain.records.progress import (
    Lease,
    MailboxLook,
    Step,
    StepStatus,
    Waiting,
    WaitingFor,
    Warning_,
)
from shared.domain.requests.request import RequestedBy, RestoreKind, RestoreRequest
from shared.domain.text import Text
from shared.domain.window import Window

_SEEN_DONE = frozenset({StepStatus.DONE, StepStatus.SKIPPED})


@dataclass(frozen=True, slots=True)
class RecordFields:
    """One restore. `request` is None only for a message that could not be understood."""

    id: str
    request: RestoreRequest | None
    fingerprint: str
    """What was asked for: the same key must come with the same one."""
    requested_by: RequestedBy
    created_at: datetime
    updated_at: datetime
    status: Status = Status.QUEUED
    person: Person | None = None
    case: Case | None = None
    candidates: tuple[Candidate, ...] = ()
    """Whom the name could mean, where it fits several."""
    window: Window | None = None
    licenses: tuple[AssignedLicense, ...] = ()
    """What to assign."""
    license_names: tuple[str, ...] = ()
    """The licences to assign, as people call them, in the same order."""
    group_seat: GroupSeat | None = None
    """The group that gives the licence by itself once a seat is free; then none is assigned."""
    expected: tuple[AssignedLicense, ...] = ()
    """What a restored user should have again by itself."""
    new_name: str | None = None
    """The name the restored user gets; None: its own."""
    may_promise: bool = False
    """Whether what comes back is surely the mailbox that was lost; decided with the plan."""
    is_outsider: bool = False
    """Whether a guest or mail user, who has no mailbox in this tenant."""
    purpose: str | None = None
    """What the mailbox is, by its answer after the restore."""
    mailbox_look: MailboxLook | None = None
    """What the mailbox said at the first of two looks."""
    follows: str = ""
    """The restore that changed this user before, if it is still kept."""
    deadline: datetime | None = None
    """From then on no change is sent any more; set with the plan."""
    steps: tuple[Step, ...] = ()
    is_extra: bool = False
    """Whether assign-license was added after the restore: the restore is good without it."""
    waiting: Waiting | None = None
    waited_for: WaitingFor | None = None
    waits: int = 0
    """How often in a row it was parked for `waited_for`; the back-off counts it."""
    last_wait: Waiting | None = None
    """The last of them."""
    seat_queues: tuple[str, ...] = ()
    """The SKUs for which it stands in the queue for a seat."""
    warnings: tuple[Warning_, ...] = ()
    outcome: Outcome | None = None
    attempts: int = 1
    approval: Approval | None = None
    """The word of somebody else that it waits for, or had; None: none is wanted."""
    batch_size: int = 0
    """How many its batch has, if it came with one."""
    ordered_by: str | None = None
    """The caller behind a guard's restore: whoever made the guard."""
    retried_at: datetime | None = None
    """When the present attempt began, if it is not the first."""
    finished_at: datetime | None = None
    lease: Lease | None = None
    died_claims: int = 0
    """How many claims in a row came to nothing: each counts from its beginning until its worker
    lets go, so one whose worker dies counts on."""
    put_backs: int = 0
    """How often in a row its message was set aside by the platform, and the restore put off."""
    put_off_until: datetime | None = None
    """Not to be taken up before that, since its message was set aside."""
    moved_at: datetime | None = None
    """When it last got anywhere, if it did since it was asked for: decided, or a step over. One
    that is parked gets there when its wait is over."""
    join_mark: str = ""
    """Under which requests without a key find it."""
    repeats: str = ""
    """The restore of the same caller that has done what is asked for once more; empty if none."""
    batch_id: str | None = None
    """The batch whose item opened it, if one did."""
    undoes: str = ""
    """The restore that this one takes back; empty if none."""
    undone_by: str = ""
    """The restore that has taken this one back; empty if none."""
    by_hand: tuple[Text, ...] = ()
    """What an undo cannot put back."""
    told: str = ""
    """The event about an end of it that its callback has taken; empty if none was."""
    trace: str = ""
    """The trace id that the caller named; empty if none."""
    received: str | None = field(default=None, repr=False)
    """The body as received, kept for a message that could not be understood."""

    @property
    def called_off(self) -> Outcome:
        """How it ends if it is called off before any change."""
        if self.undoes:
            return outcome(Code.CANCELLED, "undo", restore_id=self.undoes)
        if self.kind is RestoreKind.DRILL:
            return outcome(Code.CANCELLED, "drill")
        return outcome(Code.CANCELLED)

    @property
    def kind(self) -> RestoreKind | None:
        """The kind that was asked for; None for a message that could not be understood."""
        return self.request.kind if self.request is not None else None

    @property
    def is_away(self) -> bool:
        """Whether a drill has deleted its account, or may have, and has not seen it come back."""
        gone, back = self.step(StepName.DELETE_USER), self.step(StepName.RESTORE_USER)
        if self.kind is not RestoreKind.DRILL or gone is None:
            return False
        is_gone = gone.status not in {StepStatus.PENDING, StepStatus.FAILED}
        return is_gone and (back is None or back.status not in _SEEN_DONE)

    @property
    def is_idle_drill(self) -> bool:
        """Whether a drill that has neither changed its account, nor may have."""
        return self.kind is RestoreKind.DRILL and not (self.is_away or self.was_touched)

    @property
    def plans_way_back(self) -> bool:
        """Whether a drill has deleted its account, and how it comes back is to be decided now."""
        return self.is_away and self.plan == (StepName.DELETE_USER,) and self.next_step is None

    @property
    def plan(self) -> tuple[StepName, ...]:
        """The names of the steps, in order."""
        return tuple(step.name for step in self.steps)

    @property
    def was_touched(self) -> bool:
        """Whether a change was, or may have been, made in the directory."""
        made = {StepStatus.ATTEMPTING, StepStatus.DONE}
        return any(step.name.is_effect and step.status in made for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """The first step that is not over."""
        return next((step for step in self.steps if not step.is_over), None)

    @property
    def waits_for_approval(self) -> bool:
        """Whether somebody has to decide before it goes on."""
        return self.waiting is not None and self.waiting.reason is WaitingFor.APPROVAL

    @property
    def is_to_decide(self) -> bool:
        """Whether the plan is to be made, or to be made anew before anything is done.

        A plan that waits for an approval may be another by the time it comes, and an approved one
        by the time it is carried out. The way back of a drill is planned once its account is gone.
        """
        if not self.steps:
            return True
        if self.plans_way_back:
            return True
        return self.approval is not None and not self.approval.is_confirmed

    @property
    def only_looks(self) -> bool:
        """Whether nothing is left to change: the user was seen to be as it should be."""
        step = self.step(StepName.VERIFY_USER)
        return step is not None and step.is_over

    def step(self, name: StepName) -> Step | None:
        """The step of this name, if it is in the plan."""
        return next((step for step in self.steps if step.name is name), None)

    def name_of(self, sku_id: str) -> str:
        """A licence that is to be assigned, as people call it; its id if that is all there is."""
        names = dict(zip((item.sku_id for item in self.licenses), self.license_names, strict=False))
        return names.get(sku_id, sku_id)

    def is_leased(self, now: datetime) -> bool:
        """Whether a worker holds it at `now`."""
        return self.lease is not None and now < self.lease.expires_at

    @property
    def died_before(self) -> int:
        """The number of claims in a row that died, without the present one."""
        return max(self.died_claims - 1, 0)
