"""What is told of a window: each text of its findings once, with the names and instants in it."""

from dataclasses import replace

import pytest

from shared.domain.evidence.audit_records import AuditEvidence, LogRefusal
from shared.domain.evidence.timeline_of import MailboxSight, MailboxState, Remembered
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, block, info, warn
from shared.domain.outcomes import Code
from shared.domain.person import AssignedLicense, Person
from shared.domain.requests.request import RestoreRequest
from shared.domain.snapshot import Policy
from shared.domain.text import Text, text
from shared.domain.window.timeline import changed
from tests.builders import NOW, UPN, an_observation
from tests.reading import said
from tests.unit.domain.findings.telling import (
    AUDIT,
    OBSERVED,
    WHOLE_LOG,
    ago,
    hinted,
    lost,
    told_of,
    without,
)
from tests.unit.domain.table import (
    DAY,
    DELETED,
    NAMED_E3,
    SHARED,
    UNLICENSED,
    ask,
    seen,
)


def _ends(days: float) -> dict[str, str]:
    """The beginning of a window and its end, as the texts name them."""
    return {"since": ago(days), "until": ago(days - 30)}


@pytest.mark.parametrize(
    ("person", "audit", "told"),
    [
        (
            replace(DELETED, deleted_at=NOW - 31 * DAY),
            AuditEvidence(),
            block(Code.WINDOW_CLOSED, "deleted", user=UPN, **_ends(31)),
        ),
        (
            UNLICENSED,
            lost(31),
            block(Code.WINDOW_CLOSED, "license", user=UPN, evidence=AUDIT, **_ends(31)),
        ),
        (
            SHARED,
            lost(31),
            block(
                Code.WINDOW_CLOSED, "license-then-deleted", user=UPN, evidence=AUDIT, **_ends(31)
            ),
        ),
        (
            UNLICENSED,
            without(31),
            block(Code.WINDOW_CLOSED, "never-seen", user=UPN, evidence=AUDIT, **_ends(31)),
        ),
    ],
    ids=["deleted", "licence", "licence, then deleted", "never seen with one"],
)
def test_a_window_that_is_over_tells_since_when(
    person: Person, audit: AuditEvidence, told: Finding
) -> None:
    """And until when it was open, by which source."""
    shown = Remembered(shows_deleted_licenses=True)
    snapshot = seen(person, audit=audit, log=WHOLE_LOG, remembered=shown)

    assert told_of(snapshot, ask())[0] == told


@pytest.mark.parametrize(
    ("licenses", "refusal", "told"),
    [
        ((), None, text("window-unknown", user=UPN)),
        (
            (),
            LogRefusal.PERMISSION,
            text("window-unknown", "no-audit", user=UPN, permission="AuditLog.Read.All"),
        ),
        (
            (),
            LogRefusal.DIRECTORY,
            text("window-unknown", "no-audit", user=UPN, permission="Directory.Read.All"),
        ),
        ((), LogRefusal.REFUSED, text("window-unknown", user=UPN)),
        (
            (AssignedLicense("gone"),),
            None,
            text("window-unknown", "perhaps", user=UPN, licenses=("gone",)),
        ),
    ],
)
def test_a_window_that_nobody_knows_tells_why(
    licenses: tuple[AssignedLicense, ...], refusal: LogRefusal | None, told: Text
) -> None:
    """The permission that is missing, or the licence of which nobody knows what it was."""
    person = replace(UNLICENSED, licenses=licenses)
    silent = MailboxSight(state=MailboxState.SILENT)

    assert told_of(seen(person, mailbox=silent, log_refusal=refusal))[0].text == told


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (
            LogRefusal.PERMISSION,
            warn(FindingCode.AUDIT_NOT_CHECKED, permission="AuditLog.Read.All"),
        ),
        (
            LogRefusal.DIRECTORY,
            warn(FindingCode.AUDIT_NOT_CHECKED, permission="Directory.Read.All"),
        ),
        (LogRefusal.REFUSED, warn(FindingCode.AUDIT_NOT_CHECKED, "refused")),
        (LogRefusal.LICENSE, warn(FindingCode.AUDIT_NOT_CHECKED, "license")),
        (LogRefusal.UNAVAILABLE, warn(FindingCode.AUDIT_NOT_CHECKED, "unavailable")),
    ],
)
def test_a_log_that_was_not_read_is_told(refusal: LogRefusal, told: Finding) -> None:
    """With what keeps it closed."""
    observed = Remembered(an_observation(lost_at=NOW - 2 * DAY))

    assert told in told_of(seen(UNLICENSED, remembered=observed, log_refusal=refusal))


@pytest.mark.parametrize(
    ("around", "asked", "told"),
    [
        (
            {},
            ask(license=NAMED_E3, accept_unknown_window=True),
            warn(FindingCode.WINDOW_NOT_PROVEN),
        ),
        (
            {"audit": hinted(2)},
            None,
            warn(FindingCode.WINDOW_NOT_PROVEN, "hint", evidence=AUDIT, at=ago(2)),
        ),
    ],
)
def test_a_window_that_is_not_proven_tells_on_what_it_rests(
    around: dict[str, object], asked: RestoreRequest | None, told: Finding
) -> None:
    """The change that may have been another, or nothing."""
    assert told in told_of(seen(UNLICENSED, **around), asked)


def test_between_the_30_days_and_the_longer_reach_nothing_is_proven() -> None:
    """When the licence went is known; whether the mailbox is still there only the setting says."""
    told = told_of(
        seen(UNLICENSED, audit=lost(40), log=WHOLE_LOG), policy=Policy(delayed_delicensing=True)
    )

    assert told[0] == warn(FindingCode.WINDOW_NOT_PROVEN, "delayed", at=ago(40))


def test_of_a_new_account_never_seen_with_a_licence_nothing_is_proven() -> None:
    """It may never have had a mailbox."""
    new = replace(UNLICENSED, created_at=NOW - 3 * DAY)

    assert warn(FindingCode.WINDOW_NOT_PROVEN, "never-seen") in told_of(seen(new))


def test_other_changes_in_the_log_are_told_beside_the_one_that_counts() -> None:
    """Whoever knows which change was the loss sees all of them, from two hours apart on."""
    observed = Remembered(an_observation(lost_at=NOW - 9 * DAY))
    near, far = 9 - 1 / 24, 5.0
    told = told_of(seen(UNLICENSED, remembered=observed, audit=hinted(near, far)))

    [disagrees] = [one for one in told if one.code == "evidence-disagrees"]
    assert "The first of these counts" in said(disagrees).message
    assert disagrees == warn(
        FindingCode.EVIDENCE_DISAGREES,
        sources=(
            text("evidence-at", evidence=OBSERVED, at=ago(9)),
            text("evidence-at", evidence=AUDIT, at=ago(far)),
        ),
    )


def test_a_mailbox_that_began_anew_is_told_with_the_day() -> None:
    """A stretch of 30 days without a licence ended then."""
    back = changed(NOW - 9 * DAY, before=False, after=True)
    gone = changed(NOW - 2 * DAY, before=True, after=False)
    facts = (*without(45).facts, *back, *gone)

    assert warn(FindingCode.MAILBOX_IS_NEW, until=ago(9)) in told_of(
        seen(UNLICENSED, audit=AuditEvidence(facts))
    )


@pytest.mark.parametrize(("days", "is_told"), [(2, True), (59, True), (60, False)])
def test_where_licences_may_come_back_longer_the_later_end_is_told(
    days: int, *, is_told: bool
) -> None:
    """As long as it lies ahead."""
    longer = Policy(delayed_delicensing=True)
    told = told_of(seen(UNLICENSED, audit=lost(days), log=WHOLE_LOG), policy=longer)

    is_there = info(FindingCode.DELAYED_DELICENSING, until=ago(days - 60)) in told
    assert is_there is is_told
    assert not [one for one in told_of(seen(UNLICENSED, audit=lost(2))) if one.severity == "info"]
