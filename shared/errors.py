"""Every error the product raises, sorted by whether the effect may have happened.

ReprieveError
├── InvalidRequestError         nothing begun; carries every fault of the request
│   └── BodyTooLargeError       the body was not even read
├── WrongContentTypeError       nothing begun
├── KeyReusedError              nothing begun; the key belongs to another request
├── RestoreNotFoundError        nothing begun
├── GuardNotFoundError          nothing changed
├── SubscriptionNotFoundError   nothing begun
├── BatchNotFoundError          nothing begun
├── TooManySubscriptionsError   nothing begun
├── NotCancellableError         nothing changed; a change was sent, or the restore has ended
├── NotRetryableError           nothing changed; there is nothing to try again
├── BusyError                   nothing changed; the same again in a moment
├── UnauthenticatedError        nothing begun
├── RoleMissingError            nothing begun; carries the role
├── ConfigurationError          nothing begun; carries every fault of the settings
├── StorageUnavailableError     the write may or may not have arrived; look before repeating
├── StorageRefusedError         nothing was written, and never will be: too large, or not right
├── DirectoryUnavailableError   nothing begun; Graph could not be asked at the moment
├── PermissionMissingError      nothing begun; the service lacks a Graph permission, named
├── DirectoryRefusedError       nothing begun; Graph will not answer, and a retry alone will not do
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


class ReprieveError(Exception):
    """The root of every error raised on purpose."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: where (JSON pointer) and what to do about it."""

    pointer: str
    message: str


# A hostile body of 64 KiB can have thousands of faults, each with a pointer of thousands of
# characters. What is told of them has a bound, in number and in length.
MOST_FAULTS = 100
LONGEST_TEXT = 300

# The text, which goes into the ledger and into events, names as many as a person would put right in
# one go.
_MOST_SAID = 20


class InvalidRequestError(ReprieveError):
    """The request cannot be understood; nothing was begun.

    `faults` are the first hundred, each text of at most 300 characters; `untold` is how many more
    there are.
    """

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = tuple(dict.fromkeys(map(_cut, faults)))[:MOST_FAULTS]
        self.untold = len(faults) - len(self.faults)
        some = self.faults[:_MOST_SAID]
        said = [f"{fault.pointer or 'the body'}: {fault.message}" for fault in some]
        more = [f"and {len(faults) - len(some)} more"] if len(faults) > len(some) else []
        super().__init__("; ".join([*said, *more]))


def cut(text: str, longest: int = LONGEST_TEXT) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _cut(fault: Fault) -> Fault:
    return Fault(cut(fault.pointer), cut(fault.message))


class BodyTooLargeError(InvalidRequestError):
    """The body has more bytes than a request may have; it was not read, and nothing was begun."""

    def __init__(self, size: int, limit: int) -> None:
        self.size = size
        self.limit = limit
        message = f"the body has {size:,} bytes; send at most {limit:,}"
        super().__init__((Fault("", message),))


class WrongContentTypeError(ReprieveError):
    """The body is declared to be something else than JSON; nothing was begun."""

    def __init__(self, content_type: str) -> None:
        self.content_type = content_type
        super().__init__("Send the request as JSON, with Content-Type: application/json.")


class KeyReusedError(ReprieveError):
    """The idempotency key already belongs to a different request; nothing was begun."""

    def __init__(self, restore_id: str, kind: str = "restore") -> None:
        self.restore_id = restore_id
        super().__init__(
            f"The idempotency key belongs to another request, {kind} {restore_id}. Send another"
            f" key, or ask for that {kind}."
        )


class RestoreNotFoundError(ReprieveError):
    """No restore has this id, or it is past its keep time."""

    def __init__(self) -> None:
        super().__init__(
            "No restore has this id. Use the id from the answer to the request; a restore is kept"
            " for 90 days after its end, unless the setting LEDGER_KEEP_DAYS says otherwise."
        )


class GuardNotFoundError(ReprieveError):
    """No guard has this id; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "No guard has this id, or it was removed already. GET /api/guards lists the guards"
            " with their ids."
        )


class SubscriptionNotFoundError(ReprieveError):
    """No subscription has this id, or none that this caller may end."""

    def __init__(self) -> None:
        super().__init__("No subscription has this id; there is nothing to end.")


class BatchNotFoundError(ReprieveError):
    """No batch has this id, or it is past its keep time."""

    def __init__(self) -> None:
        super().__init__("No batch has this id. Use the id from the answer to the request.")


class TooManySubscriptionsError(ReprieveError):
    """The caller has as many subscriptions to this event as one may have; none was added."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"You have {most} subscriptions to this event already. End those that nobody needs, by"
            " DELETE to the Location each was answered with."
        )


class NotCancellableError(ReprieveError):
    """Too late to call the restore off; it was left as it is."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The restore cannot be cancelled: {why}.")


class NotRetryableError(ReprieveError):
    """There is nothing to try again; the restore was left as it is."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The restore cannot be retried: {why}.")


class BusyError(ReprieveError):
    """The restore is being written by others at this very moment; it was left as it is."""

    def __init__(self) -> None:
        super().__init__("The restore is changing at this moment. Send the same again.")


class UnauthenticatedError(ReprieveError):
    """The platform did not say who the caller is."""


class RoleMissingError(ReprieveError):
    """The caller lacks the app role named in `role`; nothing was begun."""

    def __init__(self, role: str, why: str) -> None:
        self.role = role
        super().__init__(f"{why} needs the app role {role}")


class ConfigurationError(ReprieveError):
    """The settings are wrong; carries all faults, each saying what to write instead."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


class StorageUnavailableError(ReprieveError):
    """The storage account did not answer; a write may or may not have arrived."""


class StorageRefusedError(ReprieveError):
    """Storage will not take this write, for its size or its content; the same again is no use."""


class DirectoryUnavailableError(ReprieveError):
    """Graph could not be asked at the moment, and nothing was begun; `retry_after` if it said."""

    def __init__(self, why: str, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(f"Microsoft Graph could not be asked, try again later: {why}")


class PermissionMissingError(ReprieveError):
    """Graph refused to be read: the service's identity lacks the permission named."""

    def __init__(self, permission: str, why: str) -> None:
        self.permission = permission
        super().__init__(
            "Microsoft Graph refuses to show this to the service. Have an administrator grant its"
            f" identity the application permission {permission}, then ask again. {why}"
        )


class DirectoryRefusedError(ReprieveError):
    """Graph answered "no" to a read, for another reason than a permission."""

    def __init__(self, why: str) -> None:
        super().__init__(
            "Microsoft Graph refuses to answer. Ask again; if it stays so, show an administrator"
            f" what it said: {why}"
        )


class UnreadableTextError(ReprieveError):
    """A row of the ledger was written by a release this one cannot read; nothing was changed."""


class LeaseLostError(ReprieveError):
    """The record changed since our claim: another worker holds it, so write nothing more."""


class DirectoryError(ReprieveError):
    """Microsoft Graph, or the identity endpoint before it, did not do what was asked."""


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
        self, message: str, retry_after: timedelta | None, quota: Quota | None = None
    ) -> None:
        self.retry_after = retry_after
        self.quota = quota
        super().__init__(message)


class OutcomeUnknownError(DirectoryError):
    """Sent, and the answer is missing or unreadable: the effect may have happened.

    `retry_after` is what a 503 asked for; None if it named no time.
    """

    def __init__(self, message: str, retry_after: timedelta | None = None) -> None:
        self.retry_after = retry_after
        super().__init__(message)


# The code of a refusing answer that carries no error of Graph's: a proxy's page, say.
UNREADABLE_ANSWER = "unreadable-answer"


class AnsweredError(DirectoryError):
    """Graph answered "no", definitively: the effect did not happen.

    Keeps Graph's own `status`, `code`, `message`, the `details` as (code, target) pairs and the
    `request_id` that Microsoft's support asks for. With the code UNREADABLE_ANSWER it may not be
    Graph that spoke: whoever needs the answer waits and looks again.
    """

    def __init__(
        self,
        *,
        status: int,
        code: str,
        message: str,
        details: tuple[tuple[str, str], ...] = (),
        request_id: str | None = None,
    ) -> None:
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.request_id = request_id
        super().__init__(f"{status} {code}: {message}")
