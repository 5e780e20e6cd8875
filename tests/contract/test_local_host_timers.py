"""The timers of the local host against a real storage emulator: leases and statuses in blobs."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest
from azure.core.exceptions import ResourceExistsError, ResourceNotFoundError
from azure.storage.blob.aio import BlobClient, BlobServiceClient

from infra.local.landscape import Azurite, Host
from tests.contract.host_bench import KEY, Bench, fast, new_bench, said, times_said
from tests.waiting import eventually

EVERY_SECOND = "* * * * * *"
LONG_AGO = {
    "Last": "2026-01-01T00:00:00+00:00",
    "Next": "2026-01-02T00:00:00+00:00",
    "LastUpdated": "2026-01-01T00:00:00+00:00",
}
CONTAINER = "azure-webjobs-hosts"
DAILY = "0 0 0 * * *"


@pytest.fixture
def bench(azurite: Azurite) -> Bench:
    """Give an app that no other test uses."""
    return new_bench(azurite)


@pytest.fixture
def host(bench: Bench) -> Iterator[Host]:
    """Give a running host of the test's bench."""
    with bench.start() as running:
        yield running


async def test_timer_runs_on_demand(host: Host) -> None:
    """A timer is started with 202; with wait=true the answer tells how it ended."""
    headers = {"x-functions-key": KEY}
    async with aiohttp.ClientSession(host.url, headers=headers) as http:
        async with http.post("/admin/functions/tick", json={"input": ""}) as answer:
            assert answer.status == 202
        await eventually(lambda: said(host, "tock"))
        for name, status in (("Tick", 200), ("Faulty", 500), ("Echo", 404)):
            path = f"/admin/functions/{name}?wait=true"
            async with http.post(path, json={"input": ""}) as answer:
                assert answer.status == status


async def test_timer_keeps_its_schedule(bench: Bench) -> None:
    """A timer of every second runs again and again, never beside itself."""
    with bench.start(TICK_SCHEDULE=EVERY_SECOND) as host:
        await eventually(lambda: times_said(host, "tock") >= 2)

        ticks = [line.split()[-1] for line in host.output() if re.search(r"app: t[io]ck", line)]
    assert ["False", "tock"] * (len(ticks) // 2) == ticks[: len(ticks) // 2 * 2]


async def test_missed_occurrence_is_made_up_for_once(bench: Bench) -> None:
    """A status whose due time is over means one run at once, as past due, and a new status."""
    async with _status(bench) as blob:
        await blob.upload_blob(json.dumps(LONG_AGO))
        with bench.start(TICK_SCHEDULE=DAILY) as host:
            await eventually(lambda: said(host, "tick, past due: True", "tock"))
            await eventually(lambda: _is_new(blob))

            assert said(host, "UnscheduledInvocationReason: IsPastDue")
            assert times_said(host, "tick, past due") == 1


async def test_new_timer_waits_and_is_noted(bench: Bench) -> None:
    """A timer that was never seen before is not past due; its due time is kept from then on."""
    async with _status(bench) as blob:
        with bench.start(TICK_SCHEDULE=DAILY) as host:
            kept = await eventually(lambda: _read(blob))
            assert kept is not None

            assert kept["Last"] == "0001-01-01T00:00:00+00:00"
            assert kept["Next"].endswith("T00:00:00+00:00")
            assert not said(host, "tick, past due")


async def test_one_host_of_an_app_runs_a_timer_and_hands_it_over(bench: Bench) -> None:
    """The second host runs nothing while the first has the lease, and takes over when it stops."""
    with bench.start(TICK_SCHEDULE=EVERY_SECOND) as first:
        await eventually(lambda: said(first, "tock"))
        with bench.start(TICK_SCHEDULE=EVERY_SECOND, command=fast(60)) as second:
            await eventually(lambda: said(second, "Timer 'Tick' is run by another host"))
            before = times_said(first, "tock")
            await eventually(lambda: times_said(first, "tock") >= before + 2)
            assert not said(second, "tock")

            assert first.terminate() == 0
            await eventually(lambda: said(second, "tock"))


@asynccontextmanager
async def _status(bench: Bench) -> AsyncIterator[BlobClient]:
    """Open the blob with the status of the timer, in a container that is there."""
    async with BlobServiceClient.from_connection_string(bench.azurite.connection_string) as service:
        with suppress(ResourceExistsError):
            await service.create_container(CONTAINER)
        name = f"timers/{bench.work}/Host.Functions.Tick/status"
        yield service.get_blob_client(CONTAINER, name)


async def _read(blob: BlobClient) -> dict[str, str] | None:
    try:
        text = await (await blob.download_blob(encoding="utf-8")).readall()
    except ResourceNotFoundError:
        return None
    found: dict[str, str] = json.loads(text)
    return found


async def _is_new(blob: BlobClient) -> bool:
    kept = await _read(blob)
    return kept is not None and kept["Last"] > LONG_AGO["Next"]
