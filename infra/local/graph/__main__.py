"""Run the stand-in: `python -m infra.local.graph [--port N] [--tenant FILE.json]`."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from aiohttp import web

from infra.local.graph.web.app import build_app
from infra.local.graph.world import World, new_world

_PORT_TAKEN = 2


def main() -> int:
    """Serve until SIGTERM or SIGINT; answer the exit code."""
    arguments = _arguments()
    world = new_world()
    if arguments.tenant is not None:
        world.load(json.loads(arguments.tenant.read_text(encoding="utf-8")))
    return asyncio.run(_serve(world, arguments))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local.graph", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="0 takes any free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--tenant", type=Path, help="a tenant document; default: contoso")
    parser.add_argument("--identity-only", action="store_true")
    return parser.parse_args()


async def _serve(world: World, arguments: argparse.Namespace) -> int:
    app = build_app(world, identity_only=arguments.identity_only)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    site = web.TCPSite(runner, arguments.host, arguments.port)
    try:
        await site.start()
    except OSError as error:
        where = f"{arguments.host}:{arguments.port}"
        print(f"graph stand-in: cannot listen on {where}: {error.strerror}", file=sys.stderr)
        await runner.cleanup()
        return _PORT_TAKEN
    host, port = runner.addresses[0][:2]
    print(f"graph stand-in listening on http://{host}:{port}", flush=True)
    await _until_stopped()
    await runner.cleanup()
    return 0


async def _until_stopped() -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stopped.set)
    await stopped.wait()


if __name__ == "__main__":
    sys.exit(main())
