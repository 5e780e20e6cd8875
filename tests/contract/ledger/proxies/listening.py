"""Record, in a proxy before table storage, what was asked and how much came back."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from tests.contract.ledger.proxies.forwarding import Answer, Ask, forwarding


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to table storage.

    Attributes:
        table: the table, with the keys where it is about one row.
        filter: the `$filter` of a query; None for anything else.
        top: the most rows that the query wants.
        rows: how many rows came back.
        size: bytes of the answer's body.

    """

    method: str
    table: str
    filter: str | None
    top: int | None
    rows: int
    size: int


@dataclass
class Listener:
    """What was asked so far, oldest first."""

    connection_string: str = ""
    asked: list[Asked] = field(default_factory=list)

    def taken(self) -> list[Asked]:
        """What was asked since the last look."""
        asked, self.asked = self.asked, []
        return asked


@asynccontextmanager
async def listening(connection_string: str) -> AsyncIterator[Listener]:
    """Run a proxy before the tables of this account."""
    subscriber = Listener()

    async def handle(request: web.Request, ask: Ask) -> web.StreamResponse:
        answer = await ask()
        subscriber.asked.append(_asked(request, answer))
        return answer.response()

    async with forwarding(connection_string, handle) as subscriber.connection_string:
        yield subscriber


def _asked(request: web.Request, answer: Answer) -> Asked:
    table = request.path.rpartition("/")[2]
    is_query = request.method == "GET" and table.endswith("()")
    text = request.query.get("$filter", "") if is_query else None
    top = int(request.query["$top"]) if "$top" in request.query else None
    rows = _rows(answer.content) if request.method == "GET" else 0
    return Asked(request.method, table, text, top, rows, len(answer.content))


def _rows(content: bytes) -> int:
    document = json.loads(content) if content else {}
    if "value" in document:
        return len(document["value"])
    return int("RowKey" in document)
