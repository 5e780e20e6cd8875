"""Define the faults of a call to storage, as the real host tells them apart.

Source: azure-sdk-for-net, Microsoft.Azure.WebJobs.Extensions.Storage.Common,
RequestFailedExceptionExtensions.cs.
"""

_NOT_OURS = frozenset(
    {
        (400, "PopReceiptMismatch"),
        (404, "MessageNotFound"),
        (404, "QueueNotFound"),
        (409, "QueueBeingDeleted"),
        (409, "QueueDisabled"),
    }
)
_NO_QUEUE = frozenset({(404, "QueueNotFound"), (409, "QueueBeingDeleted"), (409, "QueueDisabled")})
_SERVER_SIDE = range(500, 600)


class StorageCallError(Exception):
    """A call to the storage account failed; what it was to change may have changed.

    Attributes:
        what: which call, in words, such as `GET messages of 'jobs'`.
        status: of the answer; None when there was no answer.
        code: the error code of the storage service, or empty.

    """

    def __init__(self, what: str, status: int | None, code: str, text: str) -> None:
        answer = "no answer" if status is None else f"{status} {code}".rstrip()
        super().__init__(f"{what}: {answer} ({text})")
        self.what, self.status, self.code = what, status, code

    @property
    def is_server_side(self) -> bool:
        """Whether the service says that the fault is its own."""
        return self.status in _SERVER_SIDE

    @property
    def is_queue_gone(self) -> bool:
        """Whether there is no such queue, or not any more."""
        return (self.status, self.code) in _NO_QUEUE

    @property
    def is_no_longer_ours(self) -> bool:
        """Whether the message, or its queue, is somebody else's business by now."""
        return (self.status, self.code) in _NOT_OURS
