"""What is told of a day that a request declares: that it is used, or why not."""

import pytest

from shared.domain.evidence.audit_records import AuditEvidence
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, warn
from shared.domain.requests.request import LicenseChoice, RequestedBy, RestoreRequest
from shared.domain.window import Evidence
from shared.domain.window.timeline import Fact, LogCoverage
from tests.builders import NOW, a_person
from tests.unit.domain.findings.telling import (
    AUDIT,
    LIVING,
    REQUESTS_ONLY,
    ago,
    lost,
    told_of,
    without,
)
from tests.unit.domain.table import (
    BY,
    DAY,
    DELETED,
    NAMED_E3,
    UNLICENSED,
    ask,
    seen,
)

_LOOKED_AT = Fact(has_plan=False, since=NOW - 10 * DAY, until=NOW, evidence=Evidence.OBSERVED)
"""Every hour, for ten days."""


_OF_DECLARED = {FindingCode.DECLARED_NOT_USED, FindingCode.DECLARED_IN_FUTURE}
_OTHER_LICENSE = LicenseChoice(sku_ids=("4b9405b0-7788-4568-add1-99614e613b69",))


def _declared(days: float) -> RestoreRequest:
    return ask(license=NAMED_E3, license_removed_at=NOW - days * DAY)


@pytest.mark.parametrize(
    ("days", "around", "by", "told"),
    [
        (
            3,
            {"audit": lost(2)},
            REQUESTS_ONLY,
            warn(FindingCode.DECLARED_NOT_USED, "no-override", declared=ago(3)),
        ),
        (-1, {"audit": lost(2)}, BY, warn(FindingCode.DECLARED_IN_FUTURE, declared=ago(-1))),
        (
            3,
            {"audit": lost(2)},
            BY,
            warn(
                FindingCode.DECLARED_NOT_USED,
                "ruled-out",
                declared=ago(3),
                evidence=AUDIT,
                at=ago(2),
            ),
        ),
        (40, {}, BY, warn(FindingCode.DECLARED_NOT_USED, "too-old", declared=ago(40))),
        (30, {}, BY, warn(FindingCode.DECLARED_NOT_USED, "too-old", declared=ago(30))),
        (
            3,
            {"mailbox": LIVING},
            BY,
            warn(FindingCode.DECLARED_NOT_USED, "still-there", declared=ago(3)),
        ),
        (
            29,
            {"audit": without(40), "log": LogCoverage(NOW - 7 * DAY, NOW)},
            BY,
            warn(FindingCode.WINDOW_DECLARED, declared=ago(29)),
        ),
        (
            3,
            {"audit": AuditEvidence((*without(40).facts, _LOOKED_AT))},
            BY,
            warn(FindingCode.DECLARED_NOT_USED, "contradicted", declared=ago(3)),
        ),
    ],
)
def test_a_day_that_is_declared_is_used_or_told_why_not(
    days: float, around: dict[str, object], by: RequestedBy, told: Finding
) -> None:
    """Each by the source that is better, if there is one."""
    assert told in told_of(seen(UNLICENSED, **around), _declared(days), by=by)


def test_of_a_deletion_nobody_needs_a_day_declared() -> None:
    """The deletion is the one clock."""
    told = told_of(seen(DELETED), ask(license_removed_at=NOW - 3 * DAY))

    assert warn(FindingCode.DECLARED_NOT_USED, declared=ago(3)) in told


@pytest.mark.parametrize("kind", ["mailbox", "license", "user"])
@pytest.mark.parametrize(
    ("days", "by", "told"),
    [
        (3, BY, warn(FindingCode.DECLARED_NOT_USED, "active", declared=ago(3))),
        (-1, BY, warn(FindingCode.DECLARED_IN_FUTURE, declared=ago(-1))),
        (
            3,
            REQUESTS_ONLY,
            warn(FindingCode.DECLARED_NOT_USED, "no-override", declared=ago(3)),
        ),
    ],
)
def test_of_whom_nothing_was_lost_a_day_declared_is_told_as_well(
    kind: str, days: float, by: RequestedBy, told: Finding
) -> None:
    """Whoever wrote it believes that something was lost then."""
    asked = ask(kind, license_removed_at=NOW - days * DAY)

    found = told_of(seen(a_person()), asked, by=by)

    assert [one for one in found if one.code in _OF_DECLARED] == [told]
    assert not [one for one in told_of(seen(a_person()), ask(kind)) if one.code in _OF_DECLARED]


def test_of_a_licence_that_is_added_a_day_declared_is_told_as_well() -> None:
    """No window is asked for, so the day is of no use."""
    asked = ask("license", license=_OTHER_LICENSE, license_removed_at=NOW - 3 * DAY)

    found = told_of(seen(a_person()), asked)

    assert warn(FindingCode.DECLARED_NOT_USED, "active", declared=ago(3)) in found
