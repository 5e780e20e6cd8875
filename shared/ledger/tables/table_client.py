"""Send requests to table storage with the SDK, by a shorter way than its own.

Left out, each measured on a drained backlog of restores:

- the SDK writes a transaction, and reads its answer, through the standard library's e-mail package
  and an HTTP client made to write into a text: nearly half of the processor time. Here both are
  done on bytes.
- its generated code for a row or a page checks, converts and traces each header and value: two
  thirds of what is left, and of a list of losses half. Here a row is one call of `json`, and so is
  a page.
- the policies of its pipeline that do nothing here (`table_policies.py`), and a copy of each
  request.

Kept are the SDK's signing or token, its retries, its transport, and its iterator over pages.
Source: azure-data-tables 12, `aio/_base_client_async.py` and `aio/_table_client_async.py`;
Microsoft, "Performing entity group transactions" (the format, and that of several operations the
first that fails is answered alone).
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import copy
from http import HTTPStatus
from typing import Any
from uuid import uuid4  # noqa: TID251 - a boundary is no name that anybody keeps

from azure.core.async_paging import AsyncItemPaged
from azure.core.exceptions import DecodeError, HttpResponseError
from azure.core.rest import AsyncHttpResponse, HttpRequest
from azure.data.tables import TableEntity, UpdateMode
from azure.data.tables.aio import TableClient

from shared.ledger.tables import table_requests
from shared.ledger.tables.read_rows import ReadRow, Seek, page_of
from shared.ledger.tables.table_policies import AS_IT_CAME, lean
from shared.ledger.tables.table_requests import TableRequest
from shared.ledger.tables.transactions import parts_of, written

_OK, _NO_LONGER_OK = 200, 300


class TableRefusedError(HttpResponseError):
    """Nothing was done; of a transaction, status and code are of the part that failed or of all."""

    def __init__(self, status: int, code: str, response: AsyncHttpResponse) -> None:
        super().__init__(f"table storage answered {status} {code}", response)
        self.status_code = status
        self.error_code = code


class LeanTableClient(TableClient):
    """A table's client that spends a third of the SDK's time on a row or a transaction.

    What it takes and gives is what the SDK's does, as far as `rows.py` asks for it.
    """

    def _configure_policies(self, **options: Any) -> list[Any]:
        return lean(super()._configure_policies(**options))

    async def get_entity(self, partition_key: str, row_key: str, **options: Any) -> ReadRow:
        """The row.

        Raises:
            TableRefusedError: 404, there is none.
            AzureError: nothing is known.
        """
        request = table_requests.reading(self.table_name, partition_key, row_key)
        response = await self._answer(request, options)
        try:
            return ReadRow(json.loads(response.content), response.headers.get("etag"))
        except (ValueError, TypeError, AttributeError):
            raise _illegible(response) from None

    def query_entities(
        self,
        query_filter: str,
        *,
        results_per_page: int | None = None,
        select: str | list[str] | None = None,
        parameters: dict[str, Any] | None = None,
        **options: Any,
    ) -> AsyncItemPaged[TableEntity]:
        """The rows that match, by the page; the parameters are texts.

        Raises:
            TableRefusedError: by the iterator; there is no such table, or the query is none.
            AzureError: by the iterator; nothing is known.
        """
        columns = [select] if isinstance(select, str) else select or []
        wanted = table_requests.filled(query_filter, parameters or {})

        async def read(after: Seek | None) -> AsyncHttpResponse:
            return await self._answer(
                table_requests.querying(
                    self.table_name, wanted, columns, results_per_page, after or {}
                ),
                options,
            )

        async def taken(response: AsyncHttpResponse) -> tuple[Seek | None, list[ReadRow]]:
            try:
                return page_of(response)
            except (ValueError, TypeError, KeyError, AttributeError):
                raise _illegible(response) from None

        return AsyncItemPaged(read, taken)

    async def create_entity(self, entity: Mapping[str, Any], **options: Any) -> dict[str, Any]:
        """Add the row, and give its ETag.

        Raises:
            TableRefusedError: nothing was written; 409, it is there.
            AzureError: it may have been written.
        """
        return await self._write(table_requests.adding(self.table_name, entity), options)

    async def update_entity(
        self, entity: Mapping[str, Any], mode: UpdateMode | str = UpdateMode.REPLACE, **options: Any
    ) -> dict[str, Any]:
        """Put the row in place of the one with the ETag, and give the new one.

        Raises:
            TableRefusedError: nothing was written; 412, it changed; 404, it is gone.
            AzureError: it may have been written.
        """
        condition = {name: options.pop(name, None) for name in ("etag", "match_condition")}
        operation = ("update", entity, {"mode": mode, **condition})
        return await self._write(table_requests.operation(self.table_name, operation), options)

    async def upsert_entity(
        self, entity: Mapping[str, Any], mode: UpdateMode | str = UpdateMode.REPLACE, **options: Any
    ) -> dict[str, Any]:
        """Put the row in place of whatever is there, and give its ETag.

        Raises:
            TableRefusedError: nothing was written.
            AzureError: it may have been written.
        """
        operation = ("upsert", entity, {"mode": mode})
        return await self._write(table_requests.operation(self.table_name, operation), options)

    async def delete_entity(self, *keys: Any, **options: Any) -> None:
        """Delete the row, given by its keys or itself; absent is fine, as it is to the SDK.

        Raises:
            TableRefusedError: nothing was deleted; 412, it changed.
            AzureError: it may have been deleted.
        """
        row = (
            keys[0] if len(keys) == 1 else dict(zip(("PartitionKey", "RowKey"), keys, strict=True))
        )
        condition = {name: options.pop(name, None) for name in ("etag", "match_condition")}
        operation = ("delete", row, condition)
        with _absence_is_fine():
            await self._write(table_requests.operation(self.table_name, operation), options)

    async def submit_transaction(self, operations: Any, **options: Any) -> list[Mapping[str, Any]]:
        """Do all operations on one partition or none, and give what was answered to each.

        Raises:
            TableRefusedError: none of them was done.
            AzureError: nothing is known.
        """
        asked = [table_requests.operation(self.table_name, one) for one in operations]
        mark = uuid4().hex
        headers = {
            "DataServiceVersion": "3.0",
            "MaxDataServiceVersion": "3.0;NetFx",
            "Content-Type": f"multipart/mixed; boundary=batch_{mark}",
            "Accept": "application/json",
        }
        body = written(asked, self._at, mark)
        request = self._request(TableRequest("POST", "/$batch", headers, body))
        response = await self._sent(request, {**options, "stream": True})
        return _taken(response, await response.read(), len(asked))

    @property
    def _at(self) -> str:
        return f"{self.scheme}://{self._primary_hostname}"

    def _request(self, asked: TableRequest) -> HttpRequest:
        return HttpRequest(
            asked.method,
            self._at + asked.path,
            headers={"x-ms-version": self.api_version, **asked.headers},
            content=asked.body or None,
        )

    async def _write(self, asked: TableRequest, options: Mapping[str, Any]) -> dict[str, Any]:
        response = await self._answer(asked, options)
        etag = response.headers.get("etag")
        return {"etag": etag} if etag else {}

    async def _sent(self, request: HttpRequest, options: Mapping[str, Any]) -> AsyncHttpResponse:
        """The answer to a request that has its whole address, and is sent this once."""
        pipeline = self._client._client  # noqa: SLF001 - the generated client would copy it first
        response: AsyncHttpResponse = await pipeline.send_request(request, **options, **AS_IT_CAME)
        return response

    async def _answer(self, asked: TableRequest, options: Mapping[str, Any]) -> AsyncHttpResponse:
        response = await self._sent(self._request(asked), options)
        if not HTTPStatus(response.status_code).is_success:
            raise _refused(response.status_code, response, response.content)
        return response


def client_of(table: str, like: TableClient) -> TableClient:
    """The client of this table, with the pipeline and the connections of the other one.

    Nothing but the name is a table's own. A client that the SDK makes anew brings two pipelines
    with it, 49 KiB, and the service has two dozen tables.
    """
    client = copy(like)
    client.table_name = table
    return client


@contextmanager
def _absence_is_fine() -> Iterator[None]:
    """Take the row's absence for its deletion.

    Raises:
        TableRefusedError: another refusal.
    """
    try:
        yield
    except TableRefusedError as error:
        if error.status_code != HTTPStatus.NOT_FOUND:
            raise


def _taken(response: AsyncHttpResponse, body: bytes, asked: int) -> list[Mapping[str, Any]]:
    """What was answered to each operation, in the order in which they were sent."""
    if response.status_code != HTTPStatus.ACCEPTED:
        raise _refused(response.status_code, response, body)
    try:
        parts = parts_of(body)
    except (ValueError, IndexError):
        raise _illegible(response) from None
    for part in parts:
        if not _OK <= part.status < _NO_LONGER_OK:
            raise _refused(part.status, response, part.body)
    if len(parts) != asked:
        raise _illegible(response)
    return [{"etag": part.etag} if part.etag else {} for part in parts]


def _refused(status: int, response: AsyncHttpResponse, body: bytes) -> HttpResponseError:
    code = str(response.headers.get("x-ms-error-code") or "")
    with suppress(ValueError, KeyError, TypeError):
        code = json.loads(body)["odata.error"]["code"]
    return TableRefusedError(status, code, response)


def _illegible(response: AsyncHttpResponse) -> HttpResponseError:
    return DecodeError("the answer to a transaction cannot be read", response)
