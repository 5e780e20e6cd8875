"""A guard says beforehand that a removal may have been meant: its restore would be refused."""

from dataclasses import replace

from shared.domain.decision import Case, Decision
from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import block, warn
from shared.domain.outcomes import Code
from shared.guards.look import blocks_of

REFUSED = block(Code.LICENSE_UNKNOWN, "on-premises", user="megan@contoso.com")
MEANT = warn(FindingCode.MAILBOX_MAY_BE_ON_PREMISES, user="megan@contoso.com")
FULL = warn(FindingCode.NO_FREE_SEAT, licenses=("Office 365 E3",))


def test_the_reason_blocks_beside_the_refusal() -> None:
    """And no other warning does."""
    found = blocks_of(Decision(Case.LICENSE_REMOVED, findings=(REFUSED, MEANT, FULL)))

    assert found == (REFUSED, replace(MEANT, severity="block"))


def test_without_a_refusal_it_is_a_warning() -> None:
    """Nothing would be refused, so nothing blocks."""
    assert blocks_of(Decision(Case.LICENSE_REMOVED, findings=(MEANT,))) == ()
