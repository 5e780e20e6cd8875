"""List the app roles of the service: what a caller may do."""

from enum import StrEnum
from typing import Final


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


_IN_REGISTRATION = (Role.READ, Role.REQUEST, Role.OVERRIDE, Role.ADMIN, Role.APPROVE)
ROLE_IDS: Final = {
    f"6b1f0a58-6a0e-4d0e-9d57-3c1c2f1b7a{number:02}": role
    for number, role in enumerate(_IN_REGISTRATION, 1)
}
"""The ids of the roles in the app registration, the same in every tenant: app-roles.json."""
