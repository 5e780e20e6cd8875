"""The command line of the host, and its options for launchers of one's own.

Exit codes: 0 stopped by SIGTERM or SIGINT, 2 wrong use, host.json or port,
3 no function could be indexed, 70 a function ran longer than `functionTimeout`.
"""

import argparse
import asyncio
import io
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from infra.local.host.queues.rules import MESSAGE_LEASE


@dataclass(frozen=True, slots=True)
class HostOptions:
    """How to start a host.

    Attributes:
        app_dir: the directory with function_app.py and host.json.
        port: where to listen on 127.0.0.1; 0 takes any.
        function_key: asked for by FUNCTION and ADMIN routes; None asks for none.
        message_lease: how long a queue message stays hidden while it runs, unless renewed.
        grace: how long a stopping host waits for what is running.

    """

    app_dir: Path
    port: int = 0
    function_key: str | None = None
    message_lease: timedelta = MESSAGE_LEASE
    grace: timedelta = timedelta(seconds=30)


def main(argv: Sequence[str]) -> int:
    """Run the host until it is told to stop, and return its exit code.

    Changes into the app directory and sets AzureWebJobsStorage when `--storage` is given, both
    for the whole process: the app reads them. Call it at most once per process.
    """
    from infra.local.host.host import run_host  # noqa: PLC0415 - importing the worker costs a second

    arguments = _parser().parse_args(argv)
    if arguments.storage:
        os.environ["AzureWebJobsStorage"] = arguments.storage  # noqa: TID251, SIM112
    options = HostOptions(
        app_dir=arguments.app.resolve(),
        port=arguments.port,
        function_key=arguments.function_key,
        message_lease=timedelta(seconds=arguments.message_lease),
    )
    if not options.app_dir.is_dir():
        print(f"{options.app_dir} is not a directory")
        return 2
    os.chdir(options.app_dir)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a killed host has still said all it said
    return asyncio.run(run_host(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.local.host", description=main.__doc__)
    parser.add_argument("--app", type=Path, required=True, help="directory with function_app.py")
    parser.add_argument("--port", type=int, default=7071, help="0 takes any")
    parser.add_argument("--function-key", help="asked for by FUNCTION and ADMIN routes")
    parser.add_argument("--storage", help="connection string instead of AzureWebJobsStorage")
    seconds = MESSAGE_LEASE.total_seconds()
    parser.add_argument(
        "--message-lease", type=float, default=seconds, help="seconds, for tests (Azure: 600)"
    )
    return parser
