"""Run the worker's program: index the app, then invoke functions until the host is gone.

A run that blocks the event loop blocks every other run of the worker, and nothing of the host: as
in Azure.
"""

import asyncio
import os
from pathlib import Path

from infra.local.host.logs import set_up_logging
from infra.local.host.worker import runtime
from infra.local.host.worker.channel import Channel, call_host
from infra.local.host.worker.launch import HostAddress
from infra.local.host.worker.messages import Done, Indexed, Invocation
from infra.local.host.worker.tether import die_with_host


def run_worker(host: HostAddress, app_dir: Path, log_level: str) -> int:
    """Work for a host until it hangs up, and return the exit code; changes into `app_dir`."""
    die_with_host()
    os.chdir(app_dir)
    set_up_logging(log_level)
    asyncio.run(_work(host, app_dir))
    return 0


async def _work(host: HostAddress, app_dir: Path) -> None:
    channel = await call_host(host.port, host.secret)
    try:
        await channel.send(await _index(app_dir))
        await _obey(channel)
    except ConnectionError:
        return


async def _index(app_dir: Path) -> Indexed:
    try:
        return Indexed(await runtime.index_app(app_dir))
    except runtime.IndexingError as fault:
        return Indexed((), str(fault))


async def _obey(channel: Channel) -> None:
    runs: set[asyncio.Task[None]] = set()
    while True:
        order: Invocation = await channel.receive()
        run = asyncio.create_task(_run(order, channel))
        runs.add(run)
        run.add_done_callback(runs.discard)


async def _run(order: Invocation, channel: Channel) -> None:
    await channel.send(Done(order.invocation_id, await runtime.run_function(order)))
