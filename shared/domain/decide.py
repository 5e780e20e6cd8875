"""Decide on a restore: turn what was seen into a plan or a refusal.

Pure, with an answer for every input, and the same whichever way a request came in.
Every finding is reported, not only the first: the preflight shows them all, and a run is refused
with the first that blocks, in the order of `_blocks`.
"""

from dataclasses import replace
from datetime import datetime

from shared.domain.comeback_name import comeback_name
from shared.domain.decision import Candidate, Case, Decision, StepName
from shared.domain.evidence.timeline_of import Sources, timeline_of
from shared.domain.findings import person as person_findings
from shared.domain.findings import window as window_findings
from shared.domain.findings.finding import Finding
from shared.domain.findings.names import of_names
from shared.domain.findings.rehire import of_rehire
from shared.domain.findings.unseen_mailbox import not_looked_at, not_to_be_looked_at
from shared.domain.license_answer import (
    LicenseAnswer,
    is_suspended,
    licenses_as_they_are,
    licenses_coming_back,
    licenses_to_give,
)
from shared.domain.licensing.chosen import ChosenLicenses
from shared.domain.licensing.skus import carries_mailbox, is_as_wanted
from shared.domain.nothing_to_do import idle_findings, idle_outcome
from shared.domain.person import (
    AssignedLicense,
    Person,
)
from shared.domain.protection import of_protection
from shared.domain.requests.request import ANYBODY, RequestedBy, RestoreKind, RestoreRequest
from shared.domain.situation import Situation
from shared.domain.snapshot import Nobody, Policy, Several, Snapshot
from shared.domain.window import NO_WINDOW, Window, WindowVerdict
from shared.domain.window.judge import Judgement, judge, judge_deletion


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
        case Nobody() as nobody:
            return _nobody(nobody, request, policy, now)
        case Several(candidates=candidates) as several:
            finding = person_findings.several(request.user, candidates)
            known = dict(several.known)
            listed = tuple(_candidate(one, known.get(one.id), policy, now) for one in candidates)
            return Decision(Case.NOT_FOUND, findings=(finding,), candidates=listed)
        case Person() as person:
            return _decide(Situation(person, snapshot, request, policy, now, by))


def _nobody(nobody: Nobody, request: RestoreRequest, policy: Policy, now: datetime) -> Decision:
    refusal = person_findings.nobody(request.user, nobody)
    similar = person_findings.similar(nobody.near)
    return Decision(
        Case.NOT_FOUND,
        findings=(refusal,) if similar is None else (refusal, similar),
        candidates=tuple(_candidate(one, None, policy, now) for one in nobody.near),
    )


def _candidate(person: Person, known: Sources | None, policy: Policy, now: datetime) -> Candidate:
    """A candidate with its window: of its deletion, or by what is known of an active one."""
    candidate = Candidate(
        person.id, person.user_principal_name, person.display_name, person.deleted_at
    )
    if person.deleted_at is None:
        if known is None:
            return candidate
        timeline = timeline_of(person, known, now)
        lost = judge(timeline, policy.rules, now).window
        return replace(candidate, case=Case.LICENSE_REMOVED, window=lost)
    window = judge_deletion(person.deleted_at, policy.rules, now)
    return replace(candidate, case=Case.DELETED_USER, window=window)


def _decide(matter: Situation) -> Decision:
    judged = matter.judge()
    case = _classify(matter, judged)
    if matter.person.is_deleted and matter.request.kind is RestoreKind.LICENSE:
        return Decision(case, findings=(person_findings.deleted_not_licensed(matter.person),))
    if not _has_work(case, matter):
        found = (
            *window_findings.of_nothing_lost(matter),
            *licenses_as_they_are(matter).warnings,
            *idle_findings(matter, judged),
        )
        return Decision(case, idle=idle_outcome(matter), findings=found)
    window = _window(case, matter, judged)
    licenses = _licenses(case, matter, _changed_at(judged, window))
    new_name = comeback_name(matter)
    around = _around(matter, new_name)
    return Decision(
        case=case,
        window=window,
        plan=_plan(case, matter),
        licenses=licenses.chosen,
        license_names=licenses.names,
        group_seat=licenses.group_seat,
        expected=_expected(case, matter),
        new_name=new_name,
        deadline=matter.deadline(window),
        may_go_at=judged.may_go_at,
        may_promise=judged.may_promise and window.verdict is not WindowVerdict.UNKNOWN,
        # With a licence that was asked for, whoever it is has a mailbox here.
        is_outsider=case is Case.DELETED_USER and matter.is_outsider,
        findings=(
            *_blocks(matter, judged, window),
            *(item for item in around if item.severity == "block"),
            *licenses.blocks,
            *_warnings(case, matter, judged, window),
            *_of_a_return(window, around, licenses),
        ),
    )


def _classify(matter: Situation, judged: Judgement) -> Case:
    """Decide in which way this person's mailbox was lost.

    A deleted user without a mailbox plan has lost it before the deletion where a source says so,
    or the caller names a licence. Else it is taken for a shared, room or equipment mailbox, which
    must never be given a licence; so is one that was last seen to be one. Sign-in decides nothing:
    blocking it is the first step of every leaver's checklist.
    """
    if not matter.person.is_deleted:
        # What is not paid for is not lost, whether or not the tenant lists it still.
        is_kept = matter.is_licensed or is_suspended(matter)
        return Case.ACTIVE if is_kept else Case.LICENSE_REMOVED
    if matter.is_licensed:
        return Case.DELETED_USER
    if matter.request.license is not None:
        return Case.DELETED_AND_UNLICENSED
    is_mailbox = matter.request.kind is RestoreKind.MAILBOX
    if is_mailbox and judged.knows_loss and not matter.is_shared and not matter.is_outsider:
        return Case.DELETED_AND_UNLICENSED
    return Case.DELETED_USER


def _changed_at(judged: Judgement, window: Window) -> datetime | None:
    """When the licence went, or the first of the changes that may have been it."""
    return window.started_at or min((hint.at for hint in judged.hints), default=None)


def _expected(case: Case, matter: Situation) -> tuple[AssignedLicense, ...]:
    if case is not Case.DELETED_USER:
        return ()
    had = matter.person.licenses or matter.seen_until_deletion
    return tuple(item for item in had if carries_mailbox(item, matter.snapshot.skus))


def _has_work(case: Case, matter: Situation) -> bool:
    if matter.person.is_deleted:
        return True
    if case is Case.LICENSE_REMOVED:
        named = matter.request.license is not None
        kind, lacks_none = (
            matter.request.kind,
            matter.is_shared or matter.is_outsider_without_mailbox,
        )
        is_well = kind is RestoreKind.MAILBOX and matter.is_perhaps_well
        return kind is not RestoreKind.USER and (named or not (lacks_none or is_well))
    return matter.request.kind is RestoreKind.LICENSE and not _is_as_named(matter)


def _licenses(case: Case, matter: Situation, changed_at: datetime | None) -> LicenseAnswer:
    if case is Case.DELETED_USER:
        return licenses_coming_back(matter)
    return licenses_to_give(matter, changed_at)


def _is_as_named(matter: Situation) -> bool:
    if matter.request.license is None:
        return True
    chosen = matter.choose()
    return isinstance(chosen, ChosenLicenses) and is_as_wanted(matter.person, chosen.licenses)


def _window(case: Case, matter: Situation, judged: Judgement) -> Window:
    """The window of the case: the deletion is the one clock of whoever comes back as they were.

    Kind `user` goes by the deletion alone, too. Whoever has a mailbox has lost none, and may be
    given another licence at any time.
    """
    if case is Case.ACTIVE:
        return NO_WINDOW
    deleted_at = matter.person.deleted_at
    by_deletion = case is Case.DELETED_USER or matter.request.kind is RestoreKind.USER
    if deleted_at is not None and by_deletion:
        return judge_deletion(deleted_at, matter.policy.rules, matter.now)
    if judged.window.verdict is WindowVerdict.NOT_APPLICABLE:
        return Window(WindowVerdict.UNKNOWN)
    return judged.window


def _blocks(matter: Situation, judged: Judgement, window: Window) -> tuple[Finding, ...]:
    found = window_findings.blocked_by_window(matter, judged, window)
    return () if found is None else (found,)


def _around(matter: Situation, new_name: str | None) -> tuple[Finding, ...]:
    """What speaks against bringing the person back, beside the window and the licences."""
    rehire = tuple(of_rehire(matter))
    if not matter.person.is_deleted:
        return rehire
    return (*rehire, *of_protection(matter), *of_names(matter, new_name))


def _of_a_return(
    window: Window, around: tuple[Finding, ...], licenses: LicenseAnswer
) -> tuple[Finding, ...]:
    """What is to be known of the person's coming back; nothing once it is too late for that."""
    if window.verdict is WindowVerdict.CLOSED:
        return ()
    return (*(item for item in around if item.severity != "block"), *licenses.warnings)


def _warnings(
    case: Case, matter: Situation, judged: Judgement, window: Window
) -> tuple[Finding, ...]:
    if case is Case.ACTIVE:
        return tuple(window_findings.of_nothing_lost(matter))
    is_user = matter.request.kind is RestoreKind.USER
    of_window = (
        window_findings.of_deletion(matter, judged)
        if case is Case.DELETED_USER
        # The deletion's own window says nothing of the licence.
        else window_findings.of_license(matter, judged, judged.window if is_user else window)
    )
    is_over, expects = window.verdict is WindowVerdict.CLOSED, _expects_mailbox(case, matter)
    found = [
        *of_window,
        window_findings.may_be_gone(matter, judged) if is_user and not is_over else None,
        *not_looked_at(matter),
        *(not_to_be_looked_at(matter) if expects and not is_over else ()),
    ]
    return tuple(finding for finding in found if finding is not None)


def _plan(case: Case, matter: Situation) -> tuple[StepName, ...]:
    verify = _expects_mailbox(case, matter) and matter.policy.verify_mailbox
    return (
        *((StepName.RESTORE_USER,) if matter.person.is_deleted else ()),
        *(() if case is Case.DELETED_USER else (StepName.ASSIGN_LICENSE,)),
        StepName.VERIFY_USER,
        *((StepName.VERIFY_MAILBOX,) if verify else ()),
    )


def _expects_mailbox(case: Case, matter: Situation) -> bool:
    if case is Case.DELETED_USER and matter.is_outsider:
        return False
    # A deleted user without a plan and without a mail address never had a mailbox to wait for,
    # unless one was seen, or Exchange has deleted it.
    return (
        case is not Case.DELETED_USER
        or matter.request.kind is RestoreKind.MAILBOX
        or matter.is_licensed
        or matter.person.mail is not None
        or matter.person.is_removed_in_exchange
        or matter.had_mailbox
    )
