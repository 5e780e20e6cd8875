"""Translate Azure's storage errors into the product's own, in one place.

Source: azure-core, `azure.core.exceptions`; Microsoft, "Table service error codes" and "Queue
service error codes". One thing they do not say: azure-core's aiohttp transport reports a
connection lost after sending as ServiceRequestError, whose own docstring says that nothing was
sent. So no difference is made between the two.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from http import HTTPStatus

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    HttpResponseError,
    ResourceExistsError,
)

from shared.errors import StorageRefusedError, StorageUnavailableError

# Storage answers in milliseconds. A caller waits for it inside an HTTP request or under a lease,
# so after this long, all retries included, it is taken for down. Half would cut off the failover
# of a storage stamp, double would eat the lease.
DEADLINE = timedelta(seconds=10)

# Of answers that speak of the request, these may be different the next time: a time-out, a conflict
# with what others do, too many at once.
_PASSING = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.CONFLICT, HTTPStatus.TOO_MANY_REQUESTS}

# A status that no standard knows, such as a gateway's 499, is not storage's own "no".
_REFUSALS = {one for one in HTTPStatus if one.is_client_error} - _PASSING

_TURNED_AWAY = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
_MISSING = {"TableNotFound", "QueueNotFound"}
_ALREADY_THERE = {
    "",  # azure-data-tables leaves the code off when an insert fails, and so may the header
    "EntityAlreadyExists",
    "ResourceAlreadyExists",
    "TableAlreadyExists",
    "QueueAlreadyExists",
    "ContainerAlreadyExists",
    "BlobAlreadyExists",
    "BlobImmutableDueToPolicy",
}


@dataclass(frozen=True, slots=True)
class Service:
    """A storage service, and the role it demands of an identity."""

    name: str
    role: str


TABLES = Service("table storage", "Storage Table Data Contributor")
QUEUES = Service("queue storage", "Storage Queue Data Contributor")
BLOBS = Service("blob storage", "Storage Blob Data Contributor")


class RowState(Enum):
    """The states of a row that contradict what a call presumed."""

    ABSENT = HTTPStatus.NOT_FOUND
    PRESENT = HTTPStatus.CONFLICT
    CHANGED = HTTPStatus.PRECONDITION_FAILED


class RowStateError(Exception):
    """The row is not as the call presumed; `state` is what it is.

    After a retry of the SDK it may be our own first try that made it so.
    """

    def __init__(self, state: RowState) -> None:
        self.state = state
        super().__init__(f"the row is {state.name.lower()}")


@asynccontextmanager
async def reaching(service: Service) -> AsyncIterator[None]:
    """Turn Azure's errors into ours, and silence longer than DEADLINE into one.

    Raises:
        RowStateError: the row is not as presumed; nothing was written by this try.
        StorageUnavailableError: no usable answer, or the identity was turned away; unless it was,
            a write may have arrived.
        StorageRefusedError: it will never be taken, for its size or content.
    """
    try:
        async with asyncio.timeout(DEADLINE.total_seconds()):
            yield
    except TimeoutError as error:
        message = f"{service.name} did not answer within {DEADLINE.total_seconds():.0f} s"
        raise StorageUnavailableError(message) from error
    except HttpResponseError as error:
        raise _answered(error, service) from error
    except AzureError as error:
        message = f"{service.name} cannot be reached: {type(error).__name__}"
        raise StorageUnavailableError(message) from error


def _answered(error: HttpResponseError, service: Service) -> Exception:
    status, code = error.status_code, _code(error)
    if isinstance(error, ClientAuthenticationError) and status is None:
        return StorageUnavailableError(
            f"the platform has no token of the identity for {service.name}; is AZURE_CLIENT_ID the"
            " client id of an identity that is assigned to the function app?"
        )
    if isinstance(error, ClientAuthenticationError) or status in _TURNED_AWAY:
        return StorageUnavailableError(
            f"{service.name} turned the identity away ({status} {code}): give it the role"
            f" {service.role} on the storage account, or correct the connection string"
        )
    if code in _MISSING:
        return StorageUnavailableError(f"{service.name} lacks a table or queue ({code})")
    state = _row_state(error, code)
    return RowStateError(state) if state is not None else _useless(error, code, service)


def _row_state(error: HttpResponseError, code: str) -> RowState | None:
    """The state of the row, if the answer is about that."""
    status = error.status_code
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.PRECONDITION_FAILED}:
        return RowState(status)
    # create_queue raises this one for a 204: the queue was there already, as it should be.
    is_there = status == HTTPStatus.CONFLICT or isinstance(error, ResourceExistsError)
    return RowState.PRESENT if code in _ALREADY_THERE and is_there else None


def _useless(error: HttpResponseError, code: str, service: Service) -> Exception:
    """An answer that nobody can go on with: for now, or for good."""
    status = error.status_code
    answer = f"{status or type(error).__name__} {code}".rstrip()
    if status in _REFUSALS:
        return StorageRefusedError(f"{service.name} refused what was to be written: {answer}")
    return StorageUnavailableError(f"{service.name} answered {answer}")


def _code(error: HttpResponseError) -> str:
    headers: Mapping[str, str] = getattr(error.response, "headers", {})
    code = getattr(error, "error_code", None) or headers.get("x-ms-error-code")
    return str(getattr(code, "value", code) or "")
