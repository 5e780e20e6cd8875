"""Send requests to table storage with the SDK, by a shorter way than its own.

Two things are left out, both measured on a drained backlog of restores, where the SDK's way of
sending a transaction was nearly half of the processor time:

- the SDK writes a transaction, and reads its answer, through the standard library's e-mail package
  and an HTTP client made to write into a text. Here both are done on bytes.
- the policies of its pipeline that do nothing here: redirects and proxies, which storage has not;
  hooks, traces and logs, which nobody reads; the choice between primary and secondary host.

Kept are the SDK's building of each operation, its signing or token, its retries and its transport.
Source: azure-data-tables 12, `aio/_base_client_async.py`; Microsoft, "Performing entity group
transactions" (the format, and that of several operations the first that fails is answered alone).
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import uuid4  # noqa: TID251 - a boundary is no name that anybody keeps

from azure.core.exceptions import DecodeError, HttpResponseError
from azure.core.pipeline.policies import (
    AsyncRedirectPolicy,
    CustomHookPolicy,
    DistributedTracingPolicy,
    HttpLoggingPolicy,
    NetworkTraceLoggingPolicy,
    ProxyPolicy,
)
from azure.core.rest import AsyncHttpResponse, HttpRequest
from azure.data.tables.aio import TableClient

_NEEDLESS = (
    AsyncRedirectPolicy,
    CustomHookPolicy,
    DistributedTracingPolicy,
    HttpLoggingPolicy,
    NetworkTraceLoggingPolicy,
    ProxyPolicy,
)

_END = b"\r\n"
_PART = (
    b"Content-Type: application/http",
    b"Content-Transfer-Encoding: binary",
)


@dataclass(frozen=True, slots=True)
class _Part:
    """The answer to one operation of a transaction; the ETag is empty if it came without."""

    status: int
    etag: str
    body: bytes


class TransactionRefusedError(HttpResponseError):
    """None of the operations was done; status and code are of the one that failed, or of all."""

    def __init__(self, status: int, code: str, response: AsyncHttpResponse) -> None:
        super().__init__(f"a transaction was answered with {status} {code}", response)
        self.status_code = status
        self.error_code = code


class LeanTableClient(TableClient):
    """A table's client that spends a third of the SDK's time on a transaction."""

    def _configure_policies(self, **options: Any) -> list[Any]:
        policies = super()._configure_policies(**options)
        return [policy for policy in policies if not isinstance(policy, _NEEDLESS)]

    async def _batch_send(
        self, table_name: str, *reqs: HttpRequest, **options: Any
    ) -> list[Mapping[str, Any]]:
        """Send the operations as one transaction.

        Raises:
            TransactionRefusedError: none of them was done.
            AzureError: nothing is known.
        """
        del table_name
        mark = uuid4().hex
        request = HttpRequest(
            "POST",
            f"{self.scheme}://{self._primary_hostname}/$batch",
            headers={
                "x-ms-version": self.api_version,
                "DataServiceVersion": "3.0",
                "MaxDataServiceVersion": "3.0;NetFx",
                "Content-Type": f"multipart/mixed; boundary=batch_{mark}",
                "Accept": "application/json",
            },
            content=_written(reqs, mark),
        )
        response = await self._client.send_request(request, stream=True, **options)
        return _taken(response, await response.read(), len(reqs))


def _written(operations: Iterable[HttpRequest], mark: str) -> bytes:
    """The body of the transaction: one change set, of which all is done or nothing."""
    batch, change_set = f"--batch_{mark}".encode(), f"changeset_{mark}"
    lines = [batch, f"Content-Type: multipart/mixed; boundary={change_set}".encode(), b""]
    between = f"--{change_set}".encode()
    for number, operation in enumerate(operations):
        lines += [between, *_PART, f"Content-ID: {number}".encode(), b""]
        lines.append(f"{operation.method} {operation.url} HTTP/1.1".encode())
        lines += [f"{name}: {text}".encode() for name, text in operation.headers.items()]
        lines += [b"", _content(operation)]
    lines += [between + b"--", batch + b"--", b""]
    return _END.join(lines)


def _content(operation: HttpRequest) -> bytes:
    content = operation.content
    return content.encode() if isinstance(content, str) else content or b""


def _taken(response: AsyncHttpResponse, body: bytes, asked: int) -> list[Mapping[str, Any]]:
    """What was answered to each operation, in the order in which they were sent."""
    if response.status_code != HTTPStatus.ACCEPTED:
        raise _refused(response.status_code, response, body)
    try:
        parts = [_part(raw) for raw in _raw_parts(body)]
    except (ValueError, IndexError):
        raise _illegible(response) from None
    for part in parts:
        if not HTTPStatus(part.status).is_success:
            raise _refused(part.status, response, part.body)
    if len(parts) != asked:
        raise _illegible(response)
    return [{"etag": part.etag} if part.etag else {} for part in parts]


def _raw_parts(body: bytes) -> list[bytes]:
    """The parts of the change set, each from its own headers on."""
    _, _, rest = body.partition(b"boundary=")
    mark, _, rest = rest.partition(_END)
    return rest.split(b"--" + mark.strip(b'"'))[1:-1]


def _part(raw: bytes) -> _Part:
    _, _, answer = raw.partition(_END * 2)
    head, _, body = answer.partition(_END * 2)
    first, *lines = head.split(_END)
    status = first.split(b" ", 2)[1]
    headers = (line.partition(b":") for line in lines)
    etags = [text.strip().decode() for name, _, text in headers if name.strip().lower() == b"etag"]
    return _Part(int(status), etags[0] if etags else "", body)


def _refused(status: int, response: AsyncHttpResponse, body: bytes) -> HttpResponseError:
    code = str(response.headers.get("x-ms-error-code") or "")
    with suppress(ValueError, KeyError, TypeError):
        code = json.loads(body)["odata.error"]["code"]
    return TransactionRefusedError(status, code, response)


def _illegible(response: AsyncHttpResponse) -> HttpResponseError:
    return DecodeError("the answer to a transaction cannot be read", response)
