"""Call Azure's Python client: one try per call, with faults translated to our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from azure.core.exceptions import AzureError, HttpResponseError
from azure.core.pipeline.transport import AioHttpTransport

from infra.local.host.storage.faults import StorageCallError

# How long one try may take. Source: azure-sdk-for-net, Azure.Core RetryOptions.cs, NetworkTimeout.
_TRY_SECONDS = 100


def one_try() -> dict[str, Any]:
    """Give the options of a client that leaves trying again to `Retries`.

    No proxy stands before the emulator, and to look for one costs a file for each request.
    """
    transport = AioHttpTransport(
        connection_timeout=_TRY_SECONDS, read_timeout=_TRY_SECONDS, use_env_settings=False
    )
    return {"retry_total": 0, "transport": transport}


@contextmanager
def told_apart(what: str) -> Iterator[None]:
    """Turn the client's faults into a StorageCallError; `what` names the call."""
    try:
        yield
    except HttpResponseError as fault:
        code = getattr(fault, "error_code", None) or ""
        text = str(getattr(code, "value", code))
        raise StorageCallError(what, fault.status_code, text, _first_line(fault)) from fault
    except AzureError as fault:
        raise StorageCallError(what, None, "", _first_line(fault)) from fault


def _first_line(fault: AzureError) -> str:
    return (str(fault).splitlines() or [type(fault).__name__])[0]
