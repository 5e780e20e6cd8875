"""List the app roles of the service: what a caller may do."""

from enum import StrEnum


class Role(StrEnum):
    """An app role, as it stands in a token; case matters, and none implies another."""

    READ = "Restore.Read"
    """All restores, losses and lists."""
    REQUEST = "Restore.Request"
    """Start restores, check, read and cancel one's own."""
    OVERRIDE = "Restore.Override"
    """The fields of a request that set a protection aside, and licences beyond one's own."""
    APPROVE = "Restore.Approve"
    """Decide what waits for an approval."""
    ADMIN = "Restore.Admin"
    """Retry, cancel any, guards, undo, erasure, status."""
