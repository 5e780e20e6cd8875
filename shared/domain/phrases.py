"""Make texts that are used within other texts: which source a fact is known from."""

from shared.domain.licensing.known import LicenseSource
from shared.domain.text import Text, text
from shared.domain.window import Evidence

EVIDENCE: dict[Evidence, Text] = {
    Evidence.DELETED: text("evidence", "deleted"),
    Evidence.OBSERVED: text("evidence", "observed"),
    Evidence.AUDIT: text("evidence", "audit"),
    Evidence.CREATED: text("evidence", "created"),
    Evidence.MAILBOX: text("evidence", "mailbox"),
    Evidence.DECLARED: text("evidence", "declared"),
    Evidence.NONE: text("evidence", "none"),
}

SOURCES: dict[LicenseSource, Text] = {
    LicenseSource.NAMED: text("source", "named"),
    LicenseSource.PRESENT: text("source", "switched-off"),
    LicenseSource.OBSERVED: text("source", "observed"),
    LicenseSource.AUDIT: text("source", "audit"),
    LicenseSource.DEFAULT: text("source", "default"),
}
