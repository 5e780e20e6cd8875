"""Turn a refusal by Graph into the caller's error, for reads that belong to no restore.

CheckRestore tells a missing permission as a finding, because its answer has findings. A list has
none: an empty one would say "nobody is deleted", so it must be an error.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from shared.domain import graph_errors
from shared.domain.text import text
from shared.errors import (
    AnsweredError,
    DirectoryError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    PermissionMissingError,
)
from shared.restore.run_results import asked_wait


@contextmanager
def asking(permission: str) -> Iterator[None]:
    """Translate errors of the reads inside the block, which need this application permission.

    Raises:
        PermissionMissingError: Graph answered 403.
        DirectoryRefusedError: Graph answered another definitive "no".
        DirectoryUnavailableError: Graph could not be asked at the moment.
    """
    try:
        yield
    except AnsweredError as error:
        if graph_errors.is_unreadable(error):
            raise unavailable(error) from error
        if error.status == HTTPStatus.FORBIDDEN:
            raise PermissionMissingError(permission, error.why) from error
        raise DirectoryRefusedError(error.why) from error
    except DirectoryError as error:
        raise unavailable(error) from error


def unavailable(error: DirectoryError) -> DirectoryUnavailableError:
    """The error for callers when Graph could not be asked, with the wait that Graph named."""
    told = text("directory-unavailable", why=error.why)
    return DirectoryUnavailableError(told, asked_wait(error))
