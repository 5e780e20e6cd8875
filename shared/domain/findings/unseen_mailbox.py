"""Say beforehand that the mailbox of an active person was not looked at."""

from collections.abc import Iterator

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, warn
from shared.domain.situation import Situation

MAILBOX_PERMISSION = "MailboxSettings.Read"


def not_looked_at(matter: Situation) -> Iterator[Finding]:
    """The service has no permission to look at mailboxes; what it is, and is like, is not known."""
    if matter.snapshot.mailbox.lacks_permission:
        yield warn(FindingCode.MAILBOX_NOT_VERIFIED, "unseen", permission=MAILBOX_PERMISSION)
