"""Define the reads of a ledger whose cost must not grow with old restores."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from azure.data.tables.aio import TableServiceClient

from shared.domain.lists.restores import ListPlace, ListQuery
from shared.domain.outcomes import Status
from shared.domain.requests.keys import keys_of
from shared.lists.one_restore import read_restore
from shared.lists.restores import list_restores
from shared.ports.deps import IntakeDeps
from shared.restore.cleanup import clean_up_restores
from shared.upkeep.sweep import sweep
from tests.bench.ledger.in_process import intake_of, opened
from tests.bench.ledger.old_restores import ASKED_BY

_SOME = keys_of(ASKED_BY).restore_id("old-7")

type Look = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Looks:
    """What is measured, by its name; each may be taken again and again.

    Attributes:
        product: what the product does.
        bare: the same shapes of request by the SDK: what is left of the time is storage's.
        cleanup: removes what is due, so it is good for one time.

    """

    product: dict[str, Look]
    bare: dict[str, Look]
    cleanup: Look


@asynccontextmanager
async def looks(connection_string: str) -> AsyncIterator[Looks]:
    """The looks at the ledger of this account; old-7 must be in it."""
    bare = TableServiceClient.from_connection_string(connection_string)
    async with opened(connection_string) as storage, bare:
        deps = intake_of(storage)
        yield Looks(_product(deps), _bare(bare, deps), lambda: clean_up_restores(deps))


def _product(deps: IntakeDeps) -> dict[str, Look]:
    async def sweep_one() -> None:
        await deps.unfinished.note(_SOME, deps.clock.now())
        await sweep(deps)

    def listed(status: Status | None) -> Look:
        query = ListQuery(status=status, top=25)
        return lambda: list_restores(query, lambda _: True, deps)

    return {
        "status": lambda: read_restore(_SOME, deps),
        "list: first page": listed(None),
        "list: none matches": listed(Status.FAILED),
        "sweep: one due": sweep_one,
        "cleanup: none due": lambda: clean_up_restores(deps),
    }


def _bare(service: TableServiceClient, deps: IntakeDeps) -> dict[str, Look]:
    restores, days = map(service.get_table_client, ("restores", "restoresbyday"))
    day = ListPlace(deps.clock.now() - timedelta(days=8)).day

    async def query() -> None:
        text = f"PartitionKey eq '{day}' and RowKey gt '0'"
        pages = days.query_entities(text, results_per_page=30).by_page()
        assert [row async for row in await anext(pages)]

    return {
        "SDK: point read": lambda: restores.get_entity(_SOME, "record"),
        "SDK: 30 of a day": query,
    }
