"""An active person for whom there is nothing to do: what was seen, and no more."""

from collections.abc import Iterator

from shared.domain.evidence.timeline_of import MailboxState
from shared.domain.findings import window as window_findings
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, warn
from shared.domain.findings.unseen_mailbox import not_looked_at
from shared.domain.license_answer import Unpaid, is_suspended, unpaid_licenses
from shared.domain.licensing.held import MailboxPlan
from shared.domain.licensing.skus import deleted_with_mailbox
from shared.domain.lost_domains import primary_address
from shared.domain.outcomes import Code, Outcome, outcome
from shared.domain.requests.request import RestoreKind
from shared.domain.situation import Situation
from shared.domain.window.judge import Judgement


def idle_outcome(matter: Situation) -> Outcome:
    """The outcome, as far as the licence and the mailbox were looked at."""
    user = matter.person.user_principal_name
    if matter.request.kind is RestoreKind.USER:
        return _no_deleted_user(matter)
    if is_suspended(matter):
        return _suspended(matter)
    if matter.is_outsider_without_mailbox and not matter.is_shared:
        return _outsider(matter)
    if not matter.is_licensed:
        return _unlicensed(matter)
    if matter.request.kind is RestoreKind.LICENSE:
        return outcome(Code.ALREADY_ACTIVE, "license", user=user)
    return _by_mailbox(matter)


def idle_findings(matter: Situation, judged: Judgement) -> tuple[Finding, ...]:
    """What to know of the mailbox of an active person with a licence, if it was asked for."""
    if not matter.is_licensed or matter.request.kind is not RestoreKind.MAILBOX:
        return ()
    if matter.snapshot.mailbox.state is MailboxState.SILENT:
        return (*window_findings.not_answering(matter), *_cannot_sign_in(matter))
    return (
        *not_looked_at(matter),
        *window_findings.account_is_new(matter),
        *_began_anew(matter, judged),
        *_cannot_sign_in(matter),
    )


def _began_anew(matter: Situation, judged: Judgement) -> Iterator[Finding]:
    """Only of whom was remembered: after an erasure the rounds know nothing of the person."""
    if matter.snapshot.remembered.observation is not None:
        yield from window_findings.began_anew(judged)


def _no_deleted_user(matter: Situation) -> Outcome:
    """Kind `user` brings no licence back, so that one that is missing is said at once."""
    user = matter.person.user_principal_name
    needs_none = matter.is_shared or matter.is_outsider
    if matter.plan is MailboxPlan.NONE and not needs_none:
        return outcome(Code.ALREADY_ACTIVE, "user-unlicensed", user=user)
    return outcome(Code.ALREADY_ACTIVE, "user", user=user)


def _outsider(matter: Situation) -> Outcome:
    """A guest by name or type, else a mail user, whom only the address tells from others."""
    user, address = matter.person.user_principal_name, primary_address(matter.person)
    if matter.person.is_guest or address is None:
        return outcome(Code.ALREADY_ACTIVE, "without-mailbox", user=user)
    return outcome(Code.ALREADY_ACTIVE, "mail-user", user=user, address=address)


def _cannot_sign_in(matter: Situation) -> Iterator[Finding]:
    if matter.person.account_enabled is False and not matter.is_shared:
        yield warn(FindingCode.SIGN_IN_BLOCKED, "active", user=matter.person.user_principal_name)


def _unlicensed(matter: Situation) -> Outcome:
    user = matter.person.user_principal_name
    if matter.is_perhaps_well:
        unlisted = matter.unlisted_licenses
        return outcome(Code.ALREADY_ACTIVE, "perhaps", user=user, licenses=unlisted)
    if matter.snapshot.mailbox.needs_no_license:
        return outcome(Code.ALREADY_ACTIVE, "shared", user=user)
    if matter.snapshot.mailbox.state is MailboxState.ANSWERS:
        return outcome(Code.ALREADY_ACTIVE, "shared-unsaid", user=user)
    return outcome(Code.ALREADY_ACTIVE, "shared-seen", user=user)


def _by_mailbox(matter: Situation) -> Outcome:
    user, seen = matter.person.user_principal_name, matter.snapshot.mailbox
    if seen.state is MailboxState.ANSWERS:
        return outcome(Code.ALREADY_ACTIVE, "answers", user=user)
    if seen.state is not MailboxState.SILENT:
        return outcome(Code.ALREADY_ACTIVE, user=user)
    # Silent twice where it should be: it is missing, unless it may be on-premises.
    gone = deleted_with_mailbox(matter.person, matter.snapshot.skus)
    if seen.is_settled and gone and not matter.is_perhaps_on_premises:
        return outcome(Code.MAILBOX_NOT_SEEN, "subscription-deleted", user=user, licenses=gone)
    if seen.is_settled and not matter.is_perhaps_on_premises:
        return outcome(Code.MAILBOX_NOT_SEEN, "licensed", user=user)
    return outcome(Code.ALREADY_ACTIVE, "silent", user=user)


def _suspended(matter: Situation) -> Outcome:
    user, found = matter.person.user_principal_name, unpaid_licenses(matter)
    if not found.by_subscription:
        return _suspended_of_person(user, found)
    names, others = found.by_subscription, found.others
    if others:
        return outcome(Code.ALREADY_ACTIVE, "suspended", user=user, licenses=names, others=others)
    return outcome(Code.ALREADY_ACTIVE, "suspended-alone", user=user, licenses=names)


def _suspended_of_person(user: str, found: Unpaid) -> Outcome:
    names, others = found.by_person, found.others
    if others:
        return outcome(
            Code.ALREADY_ACTIVE, "suspended-person", user=user, licenses=names, others=others
        )
    return outcome(Code.ALREADY_ACTIVE, "suspended-person-alone", user=user, licenses=names)
