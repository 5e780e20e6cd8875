"""Define the errors that a caller is told of in place of an answer."""

from datetime import timedelta

from shared.domain.text import Text, text
from shared.errors.root import ToldError


class RouteNotFoundError(ToldError):
    """The API has no such address; nothing was begun. `told` names what was meant."""

    def __init__(self, told: Text) -> None:
        super().__init__(told)


class DeskFileNotFoundError(ToldError):
    """The desk has no file at this address; nothing was begun."""

    def __init__(self) -> None:
        super().__init__(text("route-not-found", "desk"))


class MethodNotAllowedError(ToldError):
    """The address does not take this method; nothing was begun."""

    def __init__(
        self, method: str, path: str, methods: tuple[str, ...], told: Text | None = None
    ) -> None:
        self.methods = methods
        usual = text("method-not-allowed", method=method, path=path, methods=methods)
        if methods == ("DELETE",):
            # Not as an invitation: whoever wanted to look would remove.
            usual = text("method-not-allowed", "removal", method=method, path=path)
        elif len(methods) == 1:
            usual = text("method-not-allowed", "only", method=method, path=path, only=methods[0])
        super().__init__(told or usual)


class CrossSiteError(ToldError):
    """A change by a browser's session that may come from another site's page; nothing was begun."""

    def __init__(self) -> None:
        super().__init__(text("cross-site"))


class WrongContentTypeError(ToldError):
    """The body is declared to be of a kind that is not taken here; nothing was begun."""

    def __init__(self, content_type: str, *, takes_csv: bool = False, is_csv: bool = False) -> None:
        self.content_type = content_type
        told = text("wrong-content-type")
        if takes_csv:
            told = _instead_of_csv(content_type.lower())
        elif is_csv:
            told = text("wrong-content-type", "csv")
        super().__init__(told)


def _instead_of_csv(content_type: str) -> Text:
    """What people send in place of a list: the workbook itself, or a form with the file in it."""
    if content_type.startswith("application/vnd.openxmlformats-officedocument.spreadsheetml"):
        return text("wrong-content-type", "workbook")
    if content_type.startswith("multipart/form-data"):
        return text("wrong-content-type", "form")
    return text("wrong-content-type", "or-csv")


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


class NotUndoableError(ToldError):
    """There is nothing to take back, for the reason that `told` has; it was left as it is."""


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


class UnreadableTextError(ToldError):
    """A row of the ledger was written by a release this one cannot read; nothing was changed."""

    def __init__(self, note: str) -> None:
        super().__init__(text("storage-unavailable", "other-release"), note)


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
    """Graph answered "no" to a read, for another reason than a permission.

    `held`: the permissions that such a read needs, where Graph refuses although they are there.
    """

    def __init__(self, said: Text, held: str = "") -> None:
        told = (
            text("directory-unavailable", "held", permission=held, said=said)
            if held
            else text("directory-unavailable", "refused", said=said)
        )
        super().__init__(told, _AFTER_A_NO)
