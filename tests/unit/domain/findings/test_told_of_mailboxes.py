"""What is told of the mailbox itself: that it answers, is silent, or may be gone."""

from dataclasses import replace

import pytest

from shared.domain.consequences import consequences_of
from shared.domain.decide import decide
from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.evidence.timeline_of import MailboxSight, MailboxState, Remembered
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, info, warn
from shared.domain.requests.request import RestoreRequest
from shared.domain.snapshot import Policy
from shared.domain.text import text
from shared.domain.window import Evidence
from tests.builders import NOW, UPN, an_observation
from tests.unit.domain.findings.telling import (
    LIVING,
    WHOLE_LOG,
    ago,
    hinted,
    lost,
    told_of,
)
from tests.unit.domain.table import (
    BY,
    DAY,
    DELETED,
    E3,
    NAMED_E3,
    SHARED,
    UNLICENSED,
    ask,
    seen,
)


@pytest.mark.parametrize(
    ("mailbox", "audit", "told"),
    [
        (LIVING, AuditEvidence(), info(FindingCode.MAILBOX_STILL_THERE)),
        (LIVING, lost(40), info(FindingCode.MAILBOX_STILL_THERE)),
        (LIVING, lost(2), info(FindingCode.MAILBOX_STILL_THERE, "until", until=ago(-28))),
        (
            replace(LIVING, is_settled=False),
            lost(2),
            info(FindingCode.MAILBOX_STILL_THERE, "twice"),
        ),
        (
            MailboxSight("room", state=MailboxState.ANSWERS),
            lost(40),
            info(FindingCode.MAILBOX_STILL_THERE, "shared"),
        ),
    ],
)
def test_a_mailbox_that_still_answers_tells_when_it_may_go(
    mailbox: MailboxSight, audit: AuditEvidence, told: Finding
) -> None:
    """By the licence's own clock; a shared one does not go."""
    decision = decide(
        seen(UNLICENSED, mailbox=mailbox, audit=audit, log=WHOLE_LOG),
        ask(license=NAMED_E3),
        Policy(),
        now=NOW,
        by=BY,
    )

    assert told in decision.findings
    assert (decision.window.verdict, decision.window.evidence) == ("open", Evidence.MAILBOX)
    assert decision.ending is None


@pytest.mark.parametrize(
    ("audit", "request_", "told"),
    [
        (lost(40), ask("user"), warn(FindingCode.MAILBOX_MAY_BE_GONE, at=ago(40))),
        (lost(5), ask("user"), warn(FindingCode.LICENSE_MISSING, user=UPN)),
        (
            hinted(5),
            ask("user"),
            warn(FindingCode.LICENSE_MISSING, "perhaps", user=UPN, at=ago(5), until=ago(-25)),
        ),
        (hinted(31), ask("user"), warn(FindingCode.MAILBOX_MAY_BE_GONE, "unknown")),
    ],
)
def test_kind_user_tells_what_it_does_not_look_after(
    audit: AuditEvidence, request_: RestoreRequest, told: Finding
) -> None:
    """The licence's own clock, over or running."""
    snapshot = seen(SHARED, audit=audit, log=WHOLE_LOG)
    shown = replace(snapshot, remembered=Remembered(shows_deleted_licenses=True))

    assert told in told_of(shown, request_)
    named = replace(request_, license=NAMED_E3)
    is_over = told.code == "mailbox-may-be-gone"
    assert (told in told_of(shown, named)) is is_over


_ANSWERS = MailboxSight("user", state=MailboxState.ANSWERS)


@pytest.mark.parametrize(
    ("person", "around", "told"),
    [
        (
            {"created_at": NOW - 89 * DAY},
            {},
            [warn(FindingCode.ACCOUNT_IS_NEW, created=ago(89))],
        ),
        ({"created_at": NOW - 90 * DAY}, {}, []),
        ({}, {}, []),
        (
            {"created_at": NOW - 90 * DAY},
            {"has_purged_namesake": True},
            [warn(FindingCode.ACCOUNT_IS_NEW, "namesake", user=UPN)],
        ),
        (
            {"account_enabled": False},
            {},
            [warn(FindingCode.SIGN_IN_BLOCKED, "active", user=UPN)],
        ),
        (
            {},
            {"mailbox": MailboxSight(state=MailboxState.SILENT)},
            [warn(FindingCode.MAILBOX_NOT_ANSWERING, user=UPN)],
        ),
    ],
)
def test_of_somebody_who_is_well_it_is_told_what_may_be_amiss(
    person: dict[str, object], around: dict[str, object], told: list[Finding]
) -> None:
    """An older account of the same name, blocked sign-in, no answer."""
    well = replace(DELETED, deleted_at=None, **person)  # type: ignore[arg-type]

    assert told_of(seen(well, **{"mailbox": _ANSWERS, **around}), ask()) == told


@pytest.mark.parametrize("is_known", [True, False])
def test_a_shared_mailbox_is_foretold_where_it_was_seen(*, is_known: bool) -> None:
    """Of a deleted user without a licence nothing else says that there was one."""
    observation = an_observation(purpose="shared") if is_known else None
    snapshot = seen(SHARED, remembered=Remembered(observation))
    decision = decide(snapshot, ask(), Policy(), now=NOW, by=BY)

    foretold = consequences_of(decision, snapshot)

    comes_back = info(FindingCode.MAILBOX_COMES_BACK, "shared")
    assert (comes_back in foretold) is is_known


@pytest.mark.parametrize(("seats", "is_told"), [(0, False), (1, True)])
def test_the_last_free_seat_is_told(seats: int, *, is_told: bool) -> None:
    """With its count."""
    full = replace(E3, free_seats=seats)
    snapshot = seen(UNLICENSED, audit=lost(2), skus=(full,))
    decision = decide(snapshot, ask(license=NAMED_E3), Policy(), now=NOW, by=BY)

    free = info(FindingCode.SEATS_FREE, seats=("Office 365 E3 (ENTERPRISEPACK): 1",))
    assert (free in consequences_of(decision, snapshot)) is is_told


def test_of_kind_user_the_deletion_says_nothing_of_the_licence() -> None:
    """When it went nobody knows; the clock that the restore goes by is not the licence's."""
    told = told_of(seen(SHARED, audit=lost(40)), ask("user", license=NAMED_E3))

    warned = [one.text for one in told if one.severity == "warn"]
    assert text("mailbox-may-be-gone", "unknown") in warned
    assert "window-not-proven" not in {one.code for one in warned}
