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
│   ├── DeskFileNotFoundError       nothing begun; the page is of an earlier version, perhaps
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
│   ├── UnreadableTextError         nothing changed; another release wrote the row
│   └── DirectoryUnavailableError   nothing begun; Graph could not be asked at the moment
│       ├── PermissionMissingError  nothing begun; the service lacks a Graph permission, named
│       └── DirectoryRefusedError   nothing begun; Graph will not answer, whoever asks again
├── LeaseLostError              another worker holds the restore now; write nothing more
└── DirectoryError              Microsoft Graph
    ├── NotSentError            the effect certainly did not happen; sending again is safe
    │   └── ThrottledError      Graph said when to come back
    ├── OutcomeUnknownError     the effect may have happened; look before anything else
    └── AnsweredError           a definitive "no" from Graph, with its own words

Business answers ("the window is closed") are values, never exceptions: see shared/domain.
"""

from shared.errors.directory import (
    UNREADABLE_ANSWER,
    AnsweredError,
    DirectoryError,
    LogInUseError,
    NotSentError,
    OutcomeUnknownError,
    Quota,
    ThrottledError,
    graph_said,
)
from shared.errors.for_callers import (
    BatchKeyReusedError,
    BatchNotFoundError,
    BusyError,
    ConfigurationError,
    CrossSiteError,
    DeskFileNotFoundError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    GuardNotFoundError,
    KeyReusedError,
    MethodNotAllowedError,
    NotCancellableError,
    NotRetryableError,
    NotUndoableError,
    NotWaitingForApprovalError,
    OwnRequestError,
    PermissionMissingError,
    PlanChangedError,
    RestoreNotFoundError,
    RoleMissingError,
    RouteNotFoundError,
    StorageRefusedError,
    StorageUnavailableError,
    SubscriptionNotFoundError,
    TooManyError,
    UnauthenticatedError,
    UnreadableTextError,
    WrongContentTypeError,
)
from shared.errors.invalid_request import (
    LONGEST_POINTER,
    MOST_FAULTS,
    BodyTooLargeError,
    Fault,
    InvalidRequestError,
    faults_told,
)
from shared.errors.root import (
    LeaseLostError,
    ProblemCode,
    ReprieveError,
    ToldError,
)

__all__ = [
    "LONGEST_POINTER",
    "MOST_FAULTS",
    "UNREADABLE_ANSWER",
    "AnsweredError",
    "BatchKeyReusedError",
    "BatchNotFoundError",
    "BodyTooLargeError",
    "BusyError",
    "ConfigurationError",
    "CrossSiteError",
    "DeskFileNotFoundError",
    "DirectoryError",
    "DirectoryRefusedError",
    "DirectoryUnavailableError",
    "Fault",
    "GuardNotFoundError",
    "InvalidRequestError",
    "KeyReusedError",
    "LeaseLostError",
    "LogInUseError",
    "MethodNotAllowedError",
    "NotCancellableError",
    "NotRetryableError",
    "NotSentError",
    "NotUndoableError",
    "NotWaitingForApprovalError",
    "OutcomeUnknownError",
    "OwnRequestError",
    "PermissionMissingError",
    "PlanChangedError",
    "ProblemCode",
    "Quota",
    "ReprieveError",
    "RestoreNotFoundError",
    "RoleMissingError",
    "RouteNotFoundError",
    "StorageRefusedError",
    "StorageUnavailableError",
    "SubscriptionNotFoundError",
    "ThrottledError",
    "ToldError",
    "TooManyError",
    "UnauthenticatedError",
    "UnreadableTextError",
    "WrongContentTypeError",
    "faults_told",
    "graph_said",
]
