"""Make the findings about the window: over, unknown, not proven, or longer than it seems."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from shared.domain.evidence.audit_records import LogRefusal
from shared.domain.evidence.timeline_of import MailboxState
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, info, warn
from shared.domain.outcomes import Code
from shared.domain.person import Person
from shared.domain.phrases import EVIDENCE
from shared.domain.situation import Situation
from shared.domain.text import text
from shared.domain.values.json_values import instant
from shared.domain.window import Evidence, Window, WindowVerdict
from shared.domain.window.judge import Judgement
from shared.domain.window.timeline import Hint

# Two sources seldom log one event in the same second, and the observe timer looks once an hour;
# twice that is the least that must not be called a disagreement.
DISAGREEMENT_TOLERANCE = timedelta(hours=2)

# Whoever misses mail from before may mean an older account of the same name.
NEW_ACCOUNT = timedelta(days=90)

AUDIT_PERMISSION = "AuditLog.Read.All"
DIRECTORY_PERMISSION = "Directory.Read.All"
_MISSING = {
    LogRefusal.PERMISSION: AUDIT_PERMISSION,
    LogRefusal.DIRECTORY: DIRECTORY_PERMISSION,
}


def blocked_by_window(matter: Situation, judged: Judgement, window: Window) -> Finding | None:
    """The window is over, or nobody knows when it began."""
    if window.verdict is WindowVerdict.CLOSED:
        return _closed(window, matter.person, judged)
    if window.verdict is not WindowVerdict.UNKNOWN or matter.accepts_unknown:
        return None
    user = matter.person.user_principal_name
    missing = _MISSING.get(matter.snapshot.log_refusal) if matter.snapshot.log_refusal else None
    if missing is not None:
        return block(Code.WINDOW_UNKNOWN, "no-audit", user=user, permission=missing)
    if matter.is_perhaps_licensed:
        unlisted = matter.unlisted_licenses
        return block(Code.WINDOW_UNKNOWN, "perhaps", user=user, licenses=unlisted)
    return block(Code.WINDOW_UNKNOWN, user=user)


def of_license(matter: Situation, judged: Judgement, window: Window) -> Iterator[Finding]:
    """What is to be known of a window that begins with a licence, as far as a restore goes on."""
    yield from _declared(matter, judged, window)
    yield from _not_proven(judged, window, accepts_unknown=matter.accepts_unknown)
    yield from _disagreeing(judged, window)
    yield from _log_not_read(matter)
    yield from began_anew(judged)
    yield from _longer(matter, window)
    yield from _still_there(matter, judged)


def of_deletion(matter: Situation, judged: Judgement) -> Iterator[Finding]:
    """What is to be known where the deletion is the one clock."""
    yield from _not_read(matter)
    declared = matter.declared
    if declared is not None:
        yield warn(FindingCode.DECLARED_NOT_USED, declared=instant(declared))
    yield from began_anew(judged)


def of_nothing_lost(matter: Situation) -> Iterator[Finding]:
    """The caller's own word on a loss, where the person has lost nothing."""
    yield from _not_read(matter)
    declared = matter.declared
    if declared is not None:
        yield warn(FindingCode.DECLARED_NOT_USED, "active", declared=instant(declared))


def may_be_gone(matter: Situation, judged: Judgement) -> Finding | None:
    """The account comes back by the deletion alone; the licence may have gone long before it."""
    if not judged.knows_loss or matter.is_shared:
        return None
    verdict, at = judged.window.verdict, judged.window.started_at
    if verdict is WindowVerdict.CLOSED and at is not None:
        return warn(FindingCode.MAILBOX_MAY_BE_GONE, at=instant(at))
    if verdict is WindowVerdict.UNKNOWN:
        return warn(FindingCode.MAILBOX_MAY_BE_GONE, "unknown")
    is_looked_after = matter.is_licensed or matter.request.license is not None
    return None if is_looked_after else _license_missing(matter.person, judged)


def _license_missing(person: Person, judged: Judgement) -> Finding | None:
    """The licence's own clock still runs, and this restore does not stop it."""
    user, at, ends_at = person.user_principal_name, judged.window.started_at, judged.window.ends_at
    if judged.is_proven:
        return warn(FindingCode.LICENSE_MISSING, user=user)
    if at is None or ends_at is None:
        return None
    return warn(
        FindingCode.LICENSE_MISSING, "perhaps", user=user, at=instant(at), until=instant(ends_at)
    )


def began_anew(judged: Judgement) -> Iterator[Finding]:
    """The mailbox is another one than before a long stretch without a licence."""
    if judged.began_anew_at is not None:
        yield warn(FindingCode.MAILBOX_IS_NEW, until=instant(judged.began_anew_at))


def account_is_new(matter: Situation) -> Iterator[Finding]:
    """An older mailbox of this person belonged to another account."""
    created = matter.person.created_at
    if created is not None and matter.now - created < NEW_ACCOUNT:
        yield warn(FindingCode.ACCOUNT_IS_NEW, created=instant(created))
    elif matter.snapshot.has_purged_namesake:
        yield warn(FindingCode.ACCOUNT_IS_NEW, "namesake", user=matter.person.user_principal_name)


def not_answering(matter: Situation) -> Iterator[Finding]:
    """Active and licensed, and no mailbox answers."""
    if matter.snapshot.mailbox.state is MailboxState.SILENT:
        user = matter.person.user_principal_name
        yield warn(FindingCode.MAILBOX_NOT_ANSWERING, user=user)


def _closed(window: Window, person: Person, judged: Judgement) -> Finding | None:
    """The window is over: a mailbox without a licence may have been a shared one, which needs none.

    A window that is closed has an end and a start.
    """
    if window.started_at is None or window.ends_at is None:
        return None
    user, evidence = person.user_principal_name, EVIDENCE[window.evidence]
    since, until = instant(window.started_at), instant(window.ends_at)
    if window.evidence is Evidence.DELETED:
        return block(Code.WINDOW_CLOSED, "deleted", user=user, since=since, until=until)
    if not judged.was_with:
        return block(
            Code.WINDOW_CLOSED, "never-seen", user=user, since=since, until=until, evidence=evidence
        )
    if person.is_deleted:
        return block(
            Code.WINDOW_CLOSED,
            "license-then-deleted",
            user=user,
            since=since,
            until=until,
            evidence=evidence,
        )
    return block(
        Code.WINDOW_CLOSED, "license", user=user, since=since, until=until, evidence=evidence
    )


def _not_read(matter: Situation) -> Iterator[Finding]:
    """The caller's own word on when the licence went is no evidence."""
    declared = matter.request.license_removed_at
    if declared is None or matter.declared is not None:
        return
    if not matter.may_override:
        yield warn(FindingCode.DECLARED_NOT_USED, "no-override", declared=instant(declared))
    else:
        yield warn(FindingCode.DECLARED_IN_FUTURE, declared=instant(declared))


def _declared(matter: Situation, judged: Judgement, window: Window) -> Iterator[Finding]:
    yield from _not_read(matter)
    declared = matter.declared
    if declared is None or _is(judged.used, declared):
        return
    at, evidence = window.started_at, EVIDENCE[window.evidence]
    if at is None:
        yield _declared_in_vain(declared, matter, window)
        return
    yield warn(
        FindingCode.DECLARED_NOT_USED,
        "ruled-out",
        declared=instant(declared),
        evidence=evidence,
        at=instant(at),
    )


def _declared_in_vain(declared: datetime, matter: Situation, window: Window) -> Finding:
    """Nothing else says when it was, and this does not either."""
    if window.evidence is Evidence.MAILBOX:
        return warn(FindingCode.DECLARED_NOT_USED, "still-there", declared=instant(declared))
    if declared + matter.policy.rules.license_reach <= matter.now:
        return warn(FindingCode.DECLARED_NOT_USED, "too-old", declared=instant(declared))
    return warn(FindingCode.DECLARED_NOT_USED, "contradicted", declared=instant(declared))


def _is(used: Hint | None, declared: datetime) -> bool:
    return used is not None and used.evidence is Evidence.DECLARED and used.at == declared


def _not_proven(judged: Judgement, window: Window, *, accepts_unknown: bool) -> Iterator[Finding]:
    if window.verdict is WindowVerdict.UNKNOWN:
        if accepts_unknown:
            yield warn(FindingCode.WINDOW_NOT_PROVEN)
        return
    if window.verdict is WindowVerdict.CLOSED or judged.is_proven:
        return
    used = judged.used
    if used is None:
        yield _without_hint(judged, window)
    elif used.evidence is Evidence.DECLARED:
        yield warn(FindingCode.WINDOW_DECLARED, declared=instant(used.at))
    else:
        evidence = EVIDENCE[used.evidence]
        yield warn(FindingCode.WINDOW_NOT_PROVEN, "hint", evidence=evidence, at=instant(used.at))


def _without_hint(judged: Judgement, window: Window) -> Finding:
    """Open by facts alone, and yet not proven: never seen with a mailbox, or past the 30 days."""
    if not judged.was_with or window.started_at is None:
        return warn(FindingCode.WINDOW_NOT_PROVEN, "never-seen")
    return warn(FindingCode.WINDOW_NOT_PROVEN, "delayed", at=instant(window.started_at))


def _disagreeing(judged: Judgement, window: Window) -> Iterator[Finding]:
    """The log names another instant than the one that counts: one of the two is not the loss."""
    if window.started_at is None:
        return
    others = [
        hint
        for hint in judged.hints
        if hint.evidence is Evidence.AUDIT
        and abs(hint.at - window.started_at) > DISAGREEMENT_TOLERANCE
    ]
    if not others:
        return
    told = ((window.evidence, window.started_at), *((one.evidence, one.at) for one in others))
    sources = tuple(
        text("evidence-at", evidence=EVIDENCE[evidence], at=instant(at)) for evidence, at in told
    )
    yield warn(FindingCode.EVIDENCE_DISAGREES, sources=sources)


def _log_not_read(matter: Situation) -> Iterator[Finding]:
    match matter.snapshot.log_refusal:
        case (LogRefusal.PERMISSION | LogRefusal.DIRECTORY) as refusal:
            yield warn(FindingCode.AUDIT_NOT_CHECKED, permission=_MISSING[refusal])
        case LogRefusal.REFUSED:
            yield warn(FindingCode.AUDIT_NOT_CHECKED, "refused")
        case LogRefusal.LICENSE:
            yield warn(FindingCode.AUDIT_NOT_CHECKED, "license")
        case LogRefusal.UNAVAILABLE:
            yield warn(FindingCode.AUDIT_NOT_CHECKED, "unavailable")
        case None:
            return


def _longer(matter: Situation, window: Window) -> Iterator[Finding]:
    if not matter.policy.delayed_delicensing or window.started_at is None:
        return
    until = window.started_at + matter.policy.rules.license_reach
    if matter.now < until:
        yield info(FindingCode.DELAYED_DELICENSING, until=instant(until))


def _still_there(matter: Situation, judged: Judgement) -> Iterator[Finding]:
    if judged.window.evidence is not Evidence.MAILBOX:
        return
    if matter.snapshot.mailbox.needs_no_license:
        yield info(FindingCode.MAILBOX_STILL_THERE, "shared")
    elif not matter.snapshot.mailbox.is_settled:
        yield info(FindingCode.MAILBOX_STILL_THERE, "twice")
    elif judged.may_go_at is None or judged.may_go_at <= matter.now:
        yield info(FindingCode.MAILBOX_STILL_THERE)
    else:
        yield info(FindingCode.MAILBOX_STILL_THERE, "until", until=instant(judged.may_go_at))
