"""Define the root of all errors, and what a caller is told of."""

from enum import StrEnum

from shared.domain.text import Text


class ReprieveError(Exception):
    """The root of every error raised on purpose."""


class ProblemCode(StrEnum):
    """What a caller can be told of in place of an answer; a closed set, callers branch on it."""

    INVALID_REQUEST = "invalid-request"
    NOT_SIGNED_IN = "not-signed-in"
    ROLE_MISSING = "role-missing"
    CROSS_SITE = "cross-site"
    OWN_REQUEST = "own-request"
    RESTORE_NOT_FOUND = "restore-not-found"
    BATCH_NOT_FOUND = "batch-not-found"
    GUARD_NOT_FOUND = "guard-not-found"
    SUBSCRIPTION_NOT_FOUND = "subscription-not-found"
    ROUTE_NOT_FOUND = "route-not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    KEY_REUSED = "key-reused"
    NOT_CANCELLABLE = "not-cancellable"
    NOT_RETRYABLE = "not-retryable"
    NOT_WAITING_FOR_APPROVAL = "not-waiting-for-approval"
    PLAN_CHANGED = "plan-changed"
    NOT_UNDOABLE = "not-undoable"
    BODY_TOO_LARGE = "body-too-large"
    WRONG_CONTENT_TYPE = "wrong-content-type"
    TOO_MANY = "too-many"
    BUSY = "busy"
    STORAGE_UNAVAILABLE = "storage-unavailable"
    DIRECTORY_UNAVAILABLE = "directory-unavailable"
    CONFIGURATION_WRONG = "configuration-wrong"


class ToldError(ReprieveError):
    """An error that a caller is told of: the code of `text` is a ProblemCode.

    `note` is for the log of a bug, and never told.
    """

    def __init__(self, told: Text, note: str = "") -> None:
        self.text = told
        super().__init__(note or told.key)

    @property
    def code(self) -> ProblemCode:
        """What the caller branches on."""
        return ProblemCode(self.text.code)


class LeaseLostError(ReprieveError):
    """The record changed since our claim: another worker holds it, so write nothing more."""
