"""Name the rules by which a restore wants somebody else's word, as a deployment sets them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from shared.domain.requests.request import RestoreKind


class ApprovalRule(StrEnum):
    """Why a restore wants an approval."""

    KIND = "kind"
    """Its kind always does."""
    OVERRIDE = "override"
    """It sets a protection aside."""
    REUSE = "reuse"
    """A name or an address of the person is in use."""
    BATCH = "batch"
    """It came with many others."""
    GONE = "gone"
    """The person was lost long ago, or nobody knows when."""


@dataclass(frozen=True, slots=True)
class ApprovalRules:
    """What a restore must not meet without an approval; by default nothing wants one."""

    kinds: tuple[RestoreKind, ...] = ()
    overrides: bool = False
    reuse: bool = False
    batch_over: int | None = None
    """Batches of more restores than this."""
    gone_for: timedelta | None = None
    """Losses that are longer ago than this."""

    @property
    def is_any(self) -> bool:
        """Whether anything wants an approval."""
        return self != NO_APPROVALS


NO_APPROVALS: Final = ApprovalRules()
