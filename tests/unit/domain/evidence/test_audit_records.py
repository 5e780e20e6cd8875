"""What records of the audit log come to: facts where they have content, hints where they do not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.evidence.audit_records import (
    Activity,
    AuditRecord,
    LicenseContent,
    evidence_of,
    has_plan,
)
from shared.domain.licensing.held import HeldLicense, LostLicense, Origin
from shared.domain.person import AssignedLicense, UserPlan
from shared.domain.window.timeline import Hint, changed
from shared.domain.window.verdict import Evidence
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID, NOW, TEAMS_PLAN_ID, USER_ID, a_sku

SKUS = (a_sku(),)
E3 = AssignedLicense(ENTERPRISEPACK_ID)
OFF = AssignedLicense(ENTERPRISEPACK_ID, (EXCHANGE_PLAN_ID,))
WITH, WITHOUT = LicenseContent((E3,)), LicenseContent(())
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
CHANGE = AuditRecord(USER_ID, NOW)
UPDATE = AuditRecord(USER_ID, NOW, Activity.UPDATE_USER, before=WITH, after=WITHOUT)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, None),
        (LicenseContent(), None),
        (WITH, True),
        (WITHOUT, False),
        (LicenseContent((OFF,)), False),
        (LicenseContent((replace(E3, disabled_plans=(TEAMS_PLAN_ID,)),)), True),
        (LicenseContent((replace(E3, disabled_plans=("EXCHANGE_S_ENTERPRISE",)),)), None),
        (LicenseContent((replace(E3, disabled_plans=("TEAMS1",)),)), True),
        (LicenseContent((AssignedLicense("unlisted"),)), None),
        (LicenseContent((AssignedLicense("unlisted"), E3)), True),
        (LicenseContent((AssignedLicense("unlisted"),), (UserPlan(EXCHANGE_PLAN_ID),)), True),
        (LicenseContent((AssignedLicense("unlisted"),), (UserPlan(TEAMS_PLAN_ID),)), False),
        (LicenseContent(None, (UserPlan(EXCHANGE_PLAN_ID),)), True),
        (LicenseContent(None, (UserPlan(EXCHANGE_PLAN_ID, "3"),)), None),
        (LicenseContent(None, (UserPlan(EXCHANGE_PLAN_ID, "3"), UserPlan(EXCHANGE_PLAN_ID))), True),
        (LicenseContent(None, ()), False),
        (LicenseContent((), (UserPlan(EXCHANGE_PLAN_ID),)), False),
    ],
)
def test_what_a_content_says(content: LicenseContent | None, expected: object) -> None:
    """Licences that the tenant lists decide, plans else; what cannot be told is not guessed."""
    assert has_plan(content, SKUS) is expected


@pytest.mark.parametrize(
    ("change", "is_one"),
    [
        (replace(CHANGE, at=NOW + MINUTE), True),
        (replace(CHANGE, at=NOW - MINUTE), True),
        (replace(CHANGE, at=NOW + MINUTE + SECOND), False),
        (replace(CHANGE, at=NOW + 5 * MINUTE, correlation_id="one"), True),
        (replace(CHANGE, at=NOW + 5 * MINUTE, correlation_id="two"), False),
        (replace(CHANGE, at=NOW + SECOND, correlation_id="two"), True),
    ],
)
def test_a_record_without_content_belongs_to_one_with_it(
    change: AuditRecord,
    is_one: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """By the correlation id, else within a minute; in whatever order they come."""
    update = replace(UPDATE, correlation_id="one")
    for records in ((change, update), (update, change)):
        found = evidence_of(records, SKUS)

        assert found.facts == changed(NOW, before=True, after=False)
        assert found.hints == (() if is_one else (Hint(change.at, Evidence.AUDIT),))


def test_hints_of_one_change_are_one_hint() -> None:
    """Both records of a change whose values are cut off say no more than one does."""
    cut = replace(UPDATE, at=NOW + SECOND, before=LicenseContent(), after=LicenseContent())

    assert evidence_of((cut, CHANGE), SKUS).hints == (Hint(NOW, Evidence.AUDIT),)


@pytest.mark.parametrize(
    ("before", "after", "is_hint"),
    [
        (LicenseContent(), WITHOUT, True),
        (WITH, LicenseContent(), True),
        (None, WITHOUT, True),
        (WITH, None, True),
        (LicenseContent(), WITH, False),
        (WITHOUT, LicenseContent(), False),
        (WITHOUT, WITHOUT, False),
        (WITH, WITH, False),
    ],
)
def test_one_readable_side_is_a_fact_and_may_be_a_hint(
    before: LicenseContent | None,
    after: LicenseContent | None,
    is_hint: bool,  # noqa: FBT001 - a column of the table
) -> None:
    """The other one was too long and is cut off, or missing; what may be a loss is a hint, too."""
    half = replace(UPDATE, before=before, after=after)
    found = evidence_of((half, replace(CHANGE, at=NOW + SECOND)), SKUS)

    sides = {"before": has_plan(before, SKUS), "after": has_plan(after, SKUS)}
    assert found.facts == changed(NOW, **sides)
    assert found.hints == ((Hint(NOW, Evidence.AUDIT),) if is_hint else ())
    assert found.lost == ()


def test_half_a_record_is_a_hint_beside_a_whole_one_of_the_same_minute() -> None:
    """The whole one tells of another change: the plan was there after it, too."""
    half = replace(UPDATE, after=None)
    whole = replace(UPDATE, at=NOW + SECOND, after=WITH)

    assert evidence_of((half, whole), SKUS).hints == (Hint(NOW, Evidence.AUDIT),)


def test_the_licences_of_a_change_are_named_once() -> None:
    """Both its records may have content."""
    assert len(evidence_of((UPDATE, replace(UPDATE, id="other")), SKUS).lost) == 1


@pytest.mark.parametrize(
    ("by_group", "origin"),
    [(None, Origin.UNKNOWN), (True, Origin.GROUP), (False, Origin.DIRECT)],
)
def test_the_licences_that_went_are_named(
    by_group: bool | None,  # noqa: FBT001 - a column of the table
    origin: Origin,
) -> None:
    """With the origin that follows from who took them."""
    extra = AssignedLicense("extra", ("b", "a"))
    record = replace(
        UPDATE,
        before=LicenseContent((E3, extra, AssignedLicense("stays"))),
        after=LicenseContent((AssignedLicense("stays"),)),
        by_group=by_group,
    )
    skus = (*SKUS, a_sku(sku_id="extra", plan_ids=()), a_sku(sku_id="stays", plan_ids=()))

    assert evidence_of((record,), skus).lost == (
        LostLicense(HeldLicense(ENTERPRISEPACK_ID, (), origin), NOW, NOW),
        LostLicense(HeldLicense("extra", ("a", "b"), origin), NOW, NOW),
    )


def test_no_records_are_no_evidence() -> None:
    """Nothing in the log is nothing, not a guess."""
    found = evidence_of((), SKUS)

    assert (found.facts, found.hints, found.lost) == ((), (), ())
