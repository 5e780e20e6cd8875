"""Say beforehand that nobody looks at a mailbox, now or after the restore."""

from collections.abc import Iterator

from shared.domain.findings.codes import FindingCode
from shared.domain.findings.finding import Finding, warn
from shared.domain.situation import Situation

MAILBOX_PERMISSION = "MailboxSettings.Read"


def not_looked_at(matter: Situation) -> Iterator[Finding]:
    """The service has no permission to look at mailboxes; what it is, and is like, is not known."""
    if matter.snapshot.mailbox.lacks_permission:
        yield warn(FindingCode.MAILBOX_NOT_VERIFIED, "unseen", permission=MAILBOX_PERMISSION)


def not_to_be_looked_at(matter: Situation) -> Iterator[Finding]:
    """A setting keeps the service from looking whether the mailbox is back."""
    if not matter.policy.verify_mailbox:
        yield warn(FindingCode.MAILBOX_NOT_VERIFIED, "switched-off")
