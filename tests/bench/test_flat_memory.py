"""Test that the memory of an observe run does not grow with the tenant."""

import gc
import tracemalloc
from collections.abc import Iterable, Mapping, Sequence

import httpx

from shared.graph.changes import GraphChanges
from shared.ports.watch import ObservationWrite, StoredObservation
from shared.upkeep.observe import observe
from tests.builders import ENTERPRISEPACK_ID, EXCHANGE_PLAN_ID
from tests.fakes.watch import InMemoryObservations
from tests.unit.graph.wire import HOST, Wire, ok
from tests.unit.world.watched import Watched

PAGES = 60
USERS_ON_A_PAGE = 200

# A page of 200 users is about 400 KiB of objects while it is worked on. Pages that are kept show as
# 40 times that between the two looks; caches that fill up by chance show as less than one.
ALLOWED_BYTES = 400 * 1024


class Forgetful(InMemoryObservations):
    """Storage that is elsewhere: it counts what it is given and keeps nothing in this process."""

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    async def many(self, user_ids: Iterable[str]) -> Mapping[str, StoredObservation]:
        """Nobody is remembered."""
        del user_ids
        return {}

    async def keep(self, writes: Sequence[ObservationWrite]) -> bool:
        """Count them."""
        self.given += len(writes)
        return True


def a_user(number: int) -> dict[str, object]:
    """Return a licensed user as the feed shows it."""
    return {
        "id": f"{number:08x}-bbbb-4ccc-8ddd-000000000000",
        "assignedLicenses": [{"skuId": ENTERPRISEPACK_ID, "disabledPlans": []}],
        "assignedPlans": [{"servicePlanId": EXCHANGE_PLAN_ID, "capabilityStatus": "Enabled"}],
        "licenseAssignmentStates": [
            {"skuId": ENTERPRISEPACK_ID, "assignedByGroup": None, "state": "Active"}
        ],
    }


class Pages(Wire):
    """Makes each page when it is asked for; `held`: the memory in use at two of them."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[int, int] = {}

    def _answer(self, request: httpx.Request) -> httpx.Response:
        number = int(request.url.params.get("$skiptoken", "0"))
        if number in {PAGES // 3, PAGES - 1}:
            gc.collect()
            self.held[number] = tracemalloc.get_traced_memory()[0]
        first = number * USERS_ON_A_PAGE
        rows = [a_user(first + place) for place in range(USERS_ON_A_PAGE)]
        is_last = number == PAGES - 1
        name, token = ("deltaLink", "deltatoken") if is_last else ("nextLink", "skiptoken")
        link = f"https://{HOST}/v1.0/users/delta?${token}={number + 1}"
        return ok({"value": rows, f"@odata.{name}": link})


async def test_a_late_page_needs_no_more_memory_than_an_early_one() -> None:
    """Twelve thousand users in sixty pages, through the real client: flat from page 20 to 59."""
    pages = Pages()
    client = pages.client()
    world, memory = Watched(), Forgetful()
    object.__setattr__(world.storage, "observations", memory)
    world.feed.page = GraphChanges(client).page  # type: ignore[method-assign]

    tracemalloc.start()
    try:
        await observe(world.deps)
    finally:
        tracemalloc.stop()
        await client.close()

    assert memory.given == PAGES * USERS_ON_A_PAGE
    assert pages.held[PAGES - 1] - pages.held[PAGES // 3] < ALLOWED_BYTES
