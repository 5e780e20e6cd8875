"""The decision: from what was seen to a plan or a refusal. Pure, total, the same for every door.

Every finding is reported, not only the first: the preflight shows them all, and a run is refused
with the first that blocks, in the order of `_blocks`.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from shared.domain import findings, lost_domains
from shared.domain.findings import Finding
from shared.domain.license_answer import (
    LicenseAnswer,
    is_suspended,
    licenses_as_they_are,
    licenses_coming_back,
    licenses_to_give,
    suspended_licenses,
)
from shared.domain.licensing.choice import ChosenLicenses
from shared.domain.licensing.groups import GroupSeat
from shared.domain.licensing.skus import carries_mailbox, is_as_wanted
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.person import (
    AssignedLicense,
    Person,
)
from shared.domain.phrases import SOURCES
from shared.domain.request import ANYBODY, RequestedBy, RestoreKind, RestoreRequest
from shared.domain.situation import Situation
from shared.domain.snapshot import Nobody, Policy, Several, Snapshot
from shared.domain.text import Text, text
from shared.domain.window import (
    NO_WINDOW,
    Evidence,
    Loss,
    Window,
    WindowVerdict,
    judge_window,
)


class Case(StrEnum):
    """How the mailbox was lost."""

    DELETED_USER = "deleted-user"
    LICENSE_REMOVED = "license-removed"
    DELETED_AND_UNLICENSED = "deleted-and-unlicensed"
    ACTIVE = "active"
    NOT_FOUND = "not-found"


class StepName(StrEnum):
    """The steps of a restore; each is a recovery point."""

    RESTORE_USER = "restore-user"
    ASSIGN_LICENSE = "assign-license"
    VERIFY_USER = "verify-user"
    VERIFY_MAILBOX = "verify-mailbox"

    @property
    def is_effect(self) -> bool:
        """Whether the step changes the tenant."""
        return self in {StepName.RESTORE_USER, StepName.ASSIGN_LICENSE}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several people that a name could mean; `case` and `window` as far as they are known.

    `deleted_at` is None for somebody active.
    """

    id: str
    user_principal_name: str
    display_name: str | None = None
    deleted_at: datetime | None = None
    case: Case | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What will be done, and why; or, when a finding blocks, why nothing will."""

    case: Case
    window: Window = NO_WINDOW
    plan: tuple[StepName, ...] = ()
    licenses: ChosenLicenses | None = None
    expected: tuple[AssignedLicense, ...] = ()
    """What a deleted user should have again by itself once it is restored."""
    renames: bool = False
    """Whether the new name that was asked for is needed: the user's own is taken."""
    deadline: datetime | None = None
    """When a change would come too late, by all that is known."""
    findings: tuple[Finding, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    license_names: tuple[str, ...] = ()
    """What to assign, as people call it."""
    group_seat: GroupSeat | None = None
    """The group that gives the licence by itself once a seat is free."""
    idle: Outcome | None = None
    """The outcome where nothing is to be done."""

    @property
    def ending(self) -> Outcome | None:
        """The outcome when there is nothing to do: a refusal, or already as asked."""
        for finding in self.findings:
            if finding.severity == "block":
                return Outcome(finding.text)
        return self.idle

    def detail(self, name: StepName) -> Text | None:
        """What is known of a step before it begins: which licence, and how that is known."""
        if name is not StepName.ASSIGN_LICENSE or self.licenses is None:
            return None
        source = SOURCES[self.licenses.source]
        return text("step", "licenses", licenses=self.license_names, source=source)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What else the caller should know: all that is odd, and every block behind the first."""
        blocks = [item for item in self.findings if item.severity == "block"]
        odd = [item for item in self.findings if item.severity == "warn"]
        return (*blocks[1:], *odd)


def decide(
    snapshot: Snapshot,
    request: RestoreRequest,
    policy: Policy,
    *,
    now: datetime,
    by: RequestedBy = ANYBODY,
) -> Decision:
    """The decision at `now` (aware UTC): a plan, or every reason why there is none.

    `by` is who asked, with the roles at the time of asking.
    """
    match snapshot.found:
        case Nobody(was_seen=was_seen):
            return Decision(Case.NOT_FOUND, findings=(findings.nobody(request.user, was_seen),))
        case Several(candidates=candidates):
            finding = findings.several(request.user, candidates)
            listed = tuple(_candidate(person, policy, now) for person in candidates)
            return Decision(Case.NOT_FOUND, findings=(finding,), candidates=listed)
        case Person() as person:
            return _decide(Situation(person, snapshot, request, policy, now, by))


def _candidate(person: Person, policy: Policy, now: datetime) -> Candidate:
    """A candidate with the window of its deletion; of the active ones nothing was looked at."""
    candidate = Candidate(
        person.id, person.user_principal_name, person.display_name, person.deleted_at
    )
    if person.deleted_at is None:
        return candidate
    losses = (Loss(Evidence.DELETED, person.deleted_at),)
    window = judge_window(losses, now, retention=policy.retention, closing=policy.closing)
    return replace(candidate, case=Case.DELETED_USER, window=window)


def _decide(matter: Situation) -> Decision:
    case = _classify(matter)
    if matter.person.is_deleted and matter.request.kind is RestoreKind.LICENSE:
        return Decision(case, findings=(findings.deleted_not_licensed(matter.person),))
    if not _has_work(case, matter):
        idle, known = _idle(case, matter), licenses_as_they_are(matter)
        return Decision(case, idle=idle, findings=known.warnings)
    window = _window(case, matter)
    licenses = _licenses(case, matter, window)
    return Decision(
        case=case,
        window=window,
        plan=_plan(case, matter),
        licenses=licenses.chosen,
        license_names=licenses.names,
        group_seat=licenses.group_seat,
        expected=_expected(case, matter),
        renames=matter.renames,
        deadline=matter.deadline(window),
        findings=(
            *_blocks(matter, window),
            *licenses.blocks,
            *_warnings(matter, window, case),
            *licenses.warnings,
        ),
    )


def _classify(matter: Situation) -> Case:
    """How this person's mailbox was lost.

    A deleted user without a mailbox plan is taken for a shared, room or equipment mailbox, which
    must never be given a licence, unless the caller speaks of a licence, or one is known to have
    gone before the deletion and which one it was. The step that assigns an inferred licence looks
    once more what the restored mailbox is.
    """
    if not matter.person.is_deleted:
        return Case.ACTIVE if matter.is_licensed else Case.LICENSE_REMOVED
    if matter.is_licensed:
        return Case.DELETED_USER
    if matter.request.license is not None:
        return Case.DELETED_AND_UNLICENSED
    is_lost = matter.request.kind is RestoreKind.MAILBOX and matter.license_losses
    is_told = matter.request.license_removed_at is not None
    if is_lost and (is_told or isinstance(matter.choose(), ChosenLicenses)):
        return Case.DELETED_AND_UNLICENSED
    return Case.DELETED_USER


def _expected(case: Case, matter: Situation) -> tuple[AssignedLicense, ...]:
    if case is not Case.DELETED_USER:
        return ()
    skus = matter.snapshot.skus
    return tuple(item for item in matter.person.licenses if carries_mailbox(item, skus))


def _has_work(case: Case, matter: Situation) -> bool:
    if matter.person.is_deleted:
        return True
    if case is Case.LICENSE_REMOVED:
        named = matter.request.license is not None
        return matter.request.kind is not RestoreKind.USER and (named or not matter.is_shared)
    return matter.request.kind is RestoreKind.LICENSE and not _is_as_named(matter)


def _idle(case: Case, matter: Situation) -> Outcome:
    """What was seen of a person for whom there is nothing to do, and no more."""
    user = matter.person.user_principal_name
    if matter.request.kind is RestoreKind.USER:
        return outcome(Code.ALREADY_ACTIVE, "user", user=user)
    if is_suspended(matter):
        return _suspended(matter)
    if case is Case.LICENSE_REMOVED:
        return outcome(Code.ALREADY_ACTIVE, "shared", user=user)
    if matter.request.kind is RestoreKind.LICENSE:
        return outcome(Code.ALREADY_ACTIVE, "license", user=user)
    return outcome(Code.ALREADY_ACTIVE, user=user)


def _suspended(matter: Situation) -> Outcome:
    user, (names, others) = matter.person.user_principal_name, suspended_licenses(matter)
    if others:
        return outcome(Code.ALREADY_ACTIVE, "suspended", user=user, licenses=names, others=others)
    return outcome(Code.ALREADY_ACTIVE, "suspended-alone", user=user, licenses=names)


def _licenses(case: Case, matter: Situation, window: Window) -> LicenseAnswer:
    if case is Case.DELETED_USER:
        return licenses_coming_back(matter)
    return licenses_to_give(matter, window.started_at)


def _is_as_named(matter: Situation) -> bool:
    if matter.request.license is None:
        return True
    chosen = matter.choose()
    return isinstance(chosen, ChosenLicenses) and is_as_wanted(matter.person, chosen.licenses)


def _window(case: Case, matter: Situation) -> Window:
    deletion = matter.deletion
    match case:
        case Case.DELETED_USER:
            return matter.judge(deletion)
        case Case.DELETED_AND_UNLICENSED if not matter.license_losses:
            # The licence went at an unknown time before the deletion: what is surely over is
            # closed, all else is unknown.
            judged = matter.judge(deletion)
            is_over = judged.verdict is WindowVerdict.CLOSED
            return judged if is_over else Window(WindowVerdict.UNKNOWN)
        case Case.ACTIVE | Case.NOT_FOUND:
            return NO_WINDOW
        case _:
            return matter.judge((*deletion, *matter.license_losses))


def _blocks(matter: Situation, window: Window) -> tuple[Finding, ...]:
    request, policy, person = matter.request, matter.policy, matter.person
    found = [findings.window(window, person, accepts_unknown=matter.accepts_unknown)]
    if person.is_deleted:
        roles = matter.snapshot.roles_held
        found += [
            findings.synced(person, allowed=request.allow_synced),
            findings.privileged(person, roles, protect=policy.protect_privileged),
            *findings.conflicts(matter.snapshot.conflicts, request),
            *(item for item in _lost_domains(matter) if item.severity == "block"),
        ]
    return tuple(finding for finding in found if finding is not None)


def _warnings(matter: Situation, window: Window, case: Case) -> tuple[Finding, ...]:
    losses = () if case is Case.DELETED_USER else matter.license_losses
    person, declared = matter.person, matter.request.license_removed_at
    found = [
        findings.declared_in_future(declared, matter.now),
        findings.declared_not_used(declared) if case is Case.DELETED_USER else None,
        findings.sources_disagree(losses),
        findings.conflicts_unchecked(matter.snapshot.conflicts),
        findings.roles_unchecked(matter.snapshot.roles_held),
        findings.window_not_proven(window) if matter.accepts_unknown else None,
    ]
    if person.is_deleted:
        found += [item for item in _lost_domains(matter) if item.severity != "block"]
    return tuple(finding for finding in found if finding is not None)


def _lost_domains(matter: Situation) -> list[Finding]:
    verified, request = matter.snapshot.verified_domains, matter.request
    new_name = lost_domains.unusable_new_name(request, verified, renames=matter.renames)
    found = lost_domains.lost_domains(matter.person, request, verified)
    return found if new_name is None else [new_name, *found]


def _plan(case: Case, matter: Situation) -> tuple[StepName, ...]:
    verify = _expects_mailbox(case, matter) and matter.policy.verify_mailbox
    return (
        *((StepName.RESTORE_USER,) if matter.person.is_deleted else ()),
        *(() if case is Case.DELETED_USER else (StepName.ASSIGN_LICENSE,)),
        StepName.VERIFY_USER,
        *((StepName.VERIFY_MAILBOX,) if verify else ()),
    )


def _expects_mailbox(case: Case, matter: Situation) -> bool:
    # A deleted user without a plan and without a mail address never had a mailbox to wait for.
    return (
        case is not Case.DELETED_USER
        or matter.request.kind is RestoreKind.MAILBOX
        or matter.is_licensed
        or matter.person.mail is not None
    )
