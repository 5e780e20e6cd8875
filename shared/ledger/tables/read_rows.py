"""Convert the answers of table storage into rows: one row, or a page and where the next begins.

Source: Microsoft, "Payload format for Table service operations" (minimal metadata: an instant has
its type beside it, a text, a whole number of 32 bits and a truth value have none); "Query timeout
and pagination" (the headers that continue a query).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote

from azure.core.rest import AsyncHttpResponse
from azure.data.tables import TableEntity

type Seek = Mapping[str, str]

_TYPE = "@odata.type"
_ETAG = "odata.etag"
_TIME = "Timestamp"
_NEXT = ("NextPartitionKey", "NextRowKey")


class ReadRow(TableEntity):
    """A row as it was read, with its ETag; `answer` is used up."""

    def __init__(self, answer: dict[str, Any], etag: str | None) -> None:
        answer.pop(_TIME, None)
        about = [name for name in answer if name.startswith("odata.") or name.endswith(_TYPE)]
        for name in about:
            edm, instant = answer.pop(name), name.removesuffix(_TYPE)
            if edm == "Edm.DateTime" and instant in answer:
                answer[instant] = datetime.fromisoformat(answer[instant])
        super().__init__(answer)
        self._metadata = {"etag": etag, "timestamp": None}


def page_of(response: AsyncHttpResponse) -> tuple[Seek | None, list[ReadRow]]:
    """The rows of a page, and what to ask for the next one by; None: it is the last.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is no page.
    """
    rows = [ReadRow(one, _etag(one)) for one in json.loads(response.content)["value"]]
    headers = response.headers
    seek = {name: headers.get(f"x-ms-continuation-{name}") for name in _NEXT}
    return {name: text for name, text in seek.items() if text} or None, rows


def _etag(row: Mapping[str, Any]) -> str | None:
    """The row's ETag, which storage makes of its time and leaves out of a page."""
    if (etag := row.get(_ETAG)) is not None:
        return str(etag)
    written_at = row.get(_TIME)
    return None if written_at is None else f"W/\"datetime'{quote(written_at)}'\""
