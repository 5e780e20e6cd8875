"""Define every error the product raises, sorted by whether the effect may have happened.

ReprieveError
├── ToldError                       what a caller is told of, with a text
│   ├── InvalidRequestError         nothing begun; carries every fault of the request
│   │   └── BodyTooLargeError       the body was not even read
│   ├── WrongContentTypeError       nothing begun
│   ├── KeyReusedError              nothing begun; the key belongs to another request
│   │   └── BatchKeyReusedError     nothing begun; the key belongs to another batch
│   ├── RestoreNotFoundError        nothing begun
│   ├── GuardNotFoundError          nothing changed
│   ├── SubscriptionNotFoundError   nothing begun
│   ├── BatchNotFoundError          nothing begun
│   ├── TooManyError                nothing begun; the caller has too much of it, named
│   ├── RouteNotFoundError          nothing begun; names the address that was meant
│   ├── MethodNotAllowedError       nothing begun; carries the methods there are
│   ├── CrossSiteError              nothing begun
│   ├── NotCancellableError         nothing changed; a change was sent, or the restore has ended
│   ├── NotRetryableError           nothing changed; there is nothing to try again
│   ├── BusyError                   nothing changed; the same again in a moment
│   ├── UnauthenticatedError        nothing begun
│   ├── RoleMissingError            nothing begun; carries the role
│   ├── ConfigurationError          nothing begun; carries every fault of the settings
│   ├── StorageUnavailableError     the write may or may not have arrived; look before repeating
│   ├── StorageRefusedError         nothing was written, and never will be: too large, or not right
│   └── DirectoryUnavailableError   nothing begun; Graph could not be asked at the moment
│       ├── PermissionMissingError  nothing begun; the service lacks a Graph permission, named
│       └── DirectoryRefusedError   nothing begun; Graph will not answer, whoever asks again
├── UnreadableTextError         nothing begun; another release wrote the row
├── LeaseLostError              another worker holds the restore now; write nothing more
└── DirectoryError              Microsoft Graph
    ├── NotSentError            the effect certainly did not happen; sending again is safe
    │   └── ThrottledError      Graph said when to come back
    ├── OutcomeUnknownError     the effect may have happened; look before anything else
    └── AnsweredError           a definitive "no" from Graph, with its own words

Business answers ("the window is closed") are values, never exceptions: see shared/domain.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from shared.domain.text import Text, text


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


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: where (JSON pointer) and what to do about it."""

    pointer: str
    text: Text


# A hostile body of 64 KiB can have thousands of faults, each with a pointer of thousands of
# characters. What is told of them has a bound, in number and in length.
MOST_FAULTS = 100
LONGEST_POINTER = 300


class InvalidRequestError(ToldError):
    """The request cannot be understood; nothing was begun.

    `faults` are the first hundred, each with a pointer of at most 300 characters; `untold` is how
    many more there are.
    """

    def __init__(self, faults: tuple[Fault, ...], told: Text | None = None) -> None:
        found = tuple(dict.fromkeys(map(_with_short_pointer, faults)))
        self.faults, self.untold = found[:MOST_FAULTS], max(len(found) - MOST_FAULTS, 0)
        listed = faults_told(self.faults, self.untold)
        super().__init__(told or text("invalid-request", faults=listed))


# The text goes into the ledger and into events, so it names only as many faults as a person would
# correct at once: with the count of the others, one less than a list in words may have.
_MOST_TOLD = 9


def faults_told(faults: tuple[Fault, ...], untold: int = 0) -> tuple[Text, ...]:
    """The faults with their places, as parameters of a text; of many, the first ones."""
    told = tuple(_with_place(fault) for fault in faults[:_MOST_TOLD])
    left = len(faults) - len(told) + untold
    return (*told, text("more", count=left)) if left else told


def _with_place(fault: Fault) -> Text:
    if not fault.pointer:
        return text("fault-at", "body", wrong=fault.text)
    return text("fault-at", pointer=fault.pointer, wrong=fault.text)


def _with_short_pointer(fault: Fault) -> Fault:
    return Fault(cut(fault.pointer, LONGEST_POINTER), fault.text)


def cut(written: str, longest: int) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    return written if len(written) <= longest else f"{written[: longest - 1]}…"


class RouteNotFoundError(ToldError):
    """The API has no such address; nothing was begun."""

    def __init__(self, path: str, meant: str | None) -> None:
        told = text("route-not-found", path=path)
        if meant is not None:
            told = text("route-not-found", "meant", path=path, meant=meant)
        super().__init__(told)


class MethodNotAllowedError(ToldError):
    """The address does not take this method; nothing was begun."""

    def __init__(self, method: str, path: str, methods: tuple[str, ...]) -> None:
        self.methods = methods
        super().__init__(text("method-not-allowed", method=method, path=path, methods=methods))


class CrossSiteError(ToldError):
    """A change by a browser's session that may come from another site's page; nothing was begun."""

    def __init__(self) -> None:
        super().__init__(text("cross-site"))


class BodyTooLargeError(InvalidRequestError):
    """The body has more bytes than a request may have; it was not read, and nothing was begun."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        fault = Fault("", text("fault", "too-large", size=size, most=limit))
        super().__init__((fault,), text("body-too-large", size=size, most=limit))


class WrongContentTypeError(ToldError):
    """The body is declared to be something else than JSON; nothing was begun."""

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type
        super().__init__(text("wrong-content-type"))


class KeyReusedError(ToldError):
    """The idempotency key already belongs to a different request; nothing was begun."""

    def __init__(self, restore_id: str, told: Text | None = None) -> None:
        self.restore_id = restore_id
        super().__init__(told or text("key-reused", restore_id=restore_id))


class BatchKeyReusedError(KeyReusedError):
    """The idempotency key already belongs to a different batch; nothing was begun."""

    def __init__(self, batch_id: str) -> None:
        super().__init__(batch_id, text("key-reused", "batch", batch_id=batch_id))


class RestoreNotFoundError(ToldError):
    """No restore has this id, or it is past its keep time."""

    def __init__(self) -> None:
        super().__init__(text("restore-not-found"))


class GuardNotFoundError(ToldError):
    """No guard has this id; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(text("guard-not-found"))


class SubscriptionNotFoundError(ToldError):
    """No subscription has this id, or none that this caller may end."""

    def __init__(self) -> None:
        super().__init__(text("subscription-not-found"))


class BatchNotFoundError(ToldError):
    """No batch has this id, or it is past its keep time."""

    def __init__(self) -> None:
        super().__init__(text("batch-not-found"))


class TooManyError(ToldError):
    """The caller has as much of something as one may have, which `told` names; nothing was begun.

    `retry_after`: when there may be room again.
    """

    def __init__(self, told: Text, retry_after: timedelta) -> None:
        self.retry_after = retry_after
        super().__init__(told)


class NotCancellableError(ToldError):
    """Too late to call the restore off, for the reason that `told` has; it was left as it is."""


class NotWaitingForApprovalError(ToldError):
    """Nobody's word is wanted, or it was given already; all was left as it is."""


class PlanChangedError(ToldError):
    """The plan is not the one that was decided about; it was left as it is."""

    def __init__(self) -> None:
        super().__init__(text("plan-changed"))


class OwnRequestError(ToldError):
    """Whoever asked for a restore, or made the guard behind it, cannot decide about it."""

    def __init__(self) -> None:
        super().__init__(text("own-request"))


class NotRetryableError(ToldError):
    """There is nothing to try again, for the reason that `told` has; it was left as it is."""


class BusyError(ToldError):
    """The restore is being written by others at this very moment; it was left as it is."""

    def __init__(self) -> None:
        super().__init__(text("busy"))


class UnauthenticatedError(ToldError):
    """The platform did not say who the caller is; `told` has what it said instead."""


class RoleMissingError(ToldError):
    """The caller lacks the app role named in `role`; nothing was begun."""

    def __init__(self, role: str, told: Text | None = None) -> None:
        self.role = role
        super().__init__(told or text("role-missing", role=role))


class ConfigurationError(ToldError):
    """The settings are wrong; carries all faults, each saying what to write instead.

    They are for the log: who calls is not known yet, and is told no more than that there are some.
    """

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__(text("configuration-wrong"), "; ".join(faults))


class StorageUnavailableError(ToldError):
    """The storage account did not answer; a write may or may not have arrived."""

    def __init__(self, note: str = "") -> None:
        super().__init__(text("storage-unavailable"), note)


class StorageRefusedError(ToldError):
    """Storage will not take this write, for its size or its content; the same again is no use."""

    def __init__(self, note: str = "") -> None:
        super().__init__(text("body-too-large", "to-keep"), note)


class DirectoryUnavailableError(ToldError):
    """Graph could not be asked at the moment, and nothing was begun; `retry_after` if it said."""

    def __init__(self, told: Text, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(told)


# The wait before asking again what Graph has refused: somebody has to correct the cause first.
_AFTER_A_NO = timedelta(minutes=1)


class PermissionMissingError(DirectoryUnavailableError):
    """Graph refused to be read: the service's identity lacks the permission named."""

    def __init__(self, permission: str, said: Text) -> None:
        self.permission = permission
        told = text("directory-unavailable", "permission", permission=permission, said=said)
        super().__init__(told, _AFTER_A_NO)


class DirectoryRefusedError(DirectoryUnavailableError):
    """Graph answered "no" to a read, for another reason than a permission."""

    def __init__(self, said: Text) -> None:
        super().__init__(text("directory-unavailable", "refused", said=said), _AFTER_A_NO)


class UnreadableTextError(ReprieveError):
    """A row of the ledger was written by a release this one cannot read; nothing was changed."""


class LeaseLostError(ReprieveError):
    """The record changed since our claim: another worker holds it, so write nothing more."""


class DirectoryError(ReprieveError):
    """Microsoft Graph, or the identity endpoint before it, did not do what was asked.

    `why` is for the people who read of a restore that waits for it, or has failed by it.
    """

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.key, *(value for _, value in why.params))


class NotSentError(DirectoryError):
    """The request never reached Graph: the effect certainly did not happen."""


class Quota(StrEnum):
    """Which of Graph's quotas for the whole tenant is used up; other quotas bind one caller."""

    REQUESTS = "requests"
    WRITES = "writes"


class ThrottledError(NotSentError):
    """Graph would not look at the request for now (429); `retry_after` is None if unsaid.

    `quota` is the one that every worker shares, or None where the 429 concerns this call alone.
    """

    def __init__(
        self, why: Text, retry_after: timedelta | None, quota: Quota | None = None
    ) -> None:
        self.retry_after = retry_after
        self.quota = quota
        super().__init__(why)


class LogInUseError(ThrottledError):
    """The audit log takes few requests, and others use them now; says when there is one again."""


class OutcomeUnknownError(DirectoryError):
    """Sent, and the answer is missing or unreadable: the effect may have happened.

    `retry_after` is what a 503 asked for; None if it named no time.
    """

    def __init__(self, why: Text, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(why)


# The code of a refusing answer that carries no error of Graph's: a proxy's page, say.
UNREADABLE_ANSWER = "unreadable-answer"


def graph_said(status: int, code: str, message: str, request_id: str | None) -> Text:
    """An error in Graph's own words, with the request id that Microsoft's support asks for."""
    if not request_id:
        return text("graph-said", "without-id", status=status, answer=code, message=message)
    return text("graph-said", status=status, answer=code, message=message, request_id=request_id)


class AnsweredError(DirectoryError):
    """Graph answered "no", definitively: the effect did not happen.

    Keeps Graph's own `status`, `code`, `message`, the `details` as (code, target) pairs and the
    `request_id` that Microsoft's support asks for. With the code UNREADABLE_ANSWER it may not be
    Graph that spoke: whoever needs the answer waits and looks again. `why` where we say it, not it.
    """

    def __init__(
        self,
        *,
        status: int,
        code: str,
        message: str = "",
        details: tuple[tuple[str, str], ...] = (),
        request_id: str | None = None,
        why: Text | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.request_id = request_id
        super().__init__(why or graph_said(status, code, message, request_id))
