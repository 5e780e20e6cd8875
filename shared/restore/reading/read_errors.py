"""Turn a refusal by Graph into the caller's error, for reads that belong to no restore.

CheckRestore tells a missing permission as a finding, because its answer has findings. A list has
none: an empty one would say "nobody is deleted", so it must be an error.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from shared.domain import graph_errors
from shared.domain.outcomes import Outcome
from shared.domain.text import text
from shared.errors import (
    AnsweredError,
    DirectoryError,
    DirectoryRefusedError,
    DirectoryUnavailableError,
    PermissionMissingError,
)
from shared.ports.deps import Deps
from shared.restore.run_results import asked_wait


@asynccontextmanager
async def asking(permissions: tuple[str, ...], deps: Deps) -> AsyncIterator[None]:
    """Translate errors of the reads inside the block, which need these application permissions.

    Raises:
        PermissionMissingError: Graph answered 403, and one of them is missing, or nobody can tell.
        DirectoryRefusedError: Graph answered 403 although they are there, or another "no".
        DirectoryUnavailableError: Graph could not be asked at the moment.
    """
    try:
        yield
    except AnsweredError as error:
        if graph_errors.is_unreadable(error):
            raise unavailable(error) from error
        if error.status == HTTPStatus.FORBIDDEN:
            missing = await _missing_of(permissions, deps)
            if not missing:
                raise DirectoryRefusedError(error.why, ", ".join(permissions)) from error
            raise PermissionMissingError(", ".join(missing), error.why) from error
        raise DirectoryRefusedError(error.why) from error
    except DirectoryError as error:
        raise unavailable(error) from error


async def why_not_read(error: AnsweredError, deps: Deps) -> Outcome:
    """The outcome when Graph refuses to show what the decision needs, with what is missing."""
    if error.status != HTTPStatus.FORBIDDEN:
        return graph_errors.why_not_read(error)
    missing = await _missing_of(graph_errors.READ_PERMISSIONS, deps)
    return graph_errors.why_not_read(error, missing)


async def _missing_of(needed: tuple[str, ...], deps: Deps) -> tuple[str, ...]:
    """Those that the service's own token lacks; all of them where it cannot be told."""
    try:
        held = await deps.grants.held()
    except DirectoryError:
        return needed
    return tuple(one for one in needed if one not in held)


def unavailable(error: DirectoryError) -> DirectoryUnavailableError:
    """The error for callers when Graph could not be asked, with the wait that Graph named."""
    told = text("directory-unavailable", why=error.why)
    return DirectoryUnavailableError(told, asked_wait(error))
