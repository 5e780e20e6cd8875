"""Run the local Azure Functions host by the options of its command line.

Exit codes: 0 told to stop by SIGTERM or Ctrl-C; 1 a fault that takes the real host down as well;
2 wrong use, host.json or port; 3 no function could be indexed. The last line says which.
"""

import argparse
import asyncio
import io
import os
import socket
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from infra.local.host.app import host_json
from infra.local.host.clock import Clock, SystemClock
from infra.local.host.options import GRACE, HostOptions
from infra.local.host.queues.rules import MESSAGE_LEASE, QueuesExtension
from infra.local.host.worker.launch import WorkerSource, host_of_this_worker
from infra.local.host.worker.rules import WorkerTimes


def main(argv: Sequence[str], *, clock: Clock | None = None) -> int:
    """Run the host until it is told to stop, and return its exit code; once per process.

    The host starts its worker by the command that has started this process, and the worker comes
    by here, too: what a launcher of somebody's own puts in place before it calls this function is
    in place in the worker, where the app is.
    """
    arguments = _parser().parse_args(argv)
    called_by = host_of_this_worker()
    app_dir = arguments.app.resolve()
    if not app_dir.is_dir():
        print(f"{app_dir} is not a directory")
        return 2
    if arguments.storage:
        os.environ["AzureWebJobsStorage"] = arguments.storage  # noqa: TID251, SIM112
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)  # a killed host has still said all it said
    try:
        settings = host_json.load(app_dir, os.environ)  # noqa: TID251 - the app's settings
    except host_json.HostJsonError as fault:
        print(fault, flush=True)
        return 2
    if called_by is not None:
        from infra.local.host.worker.entry import run_worker  # noqa: PLC0415 - the host needs none

        return run_worker(called_by, app_dir, settings.log_level)
    return _run(_options(arguments, app_dir), settings, clock or SystemClock(), arguments)


def _run(
    options: HostOptions,
    settings: host_json.HostSettings,
    clock: Clock,
    arguments: argparse.Namespace,
) -> int:
    """Start the worker, and load the host meanwhile."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:
        times = WorkerTimes(between_restarts=timedelta(seconds=arguments.worker_restart))
        workers = WorkerSource(listener, Path.cwd(), times)
        workers.start_first()
        from infra.local.host.host import Host  # noqa: PLC0415 - while the worker starts

        return asyncio.run(Host(options, settings, clock, workers).run())


def _options(arguments: argparse.Namespace, app_dir: Path) -> HostOptions:
    return HostOptions(
        app_dir=app_dir,
        port=arguments.port,
        function_key=arguments.function_key,
        message_lease=timedelta(seconds=arguments.message_lease),
        queues_extension=QueuesExtension(arguments.queues_extension),
        grace=timedelta(seconds=arguments.grace),
        is_trusting=arguments.trusting,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.local.host", description=__doc__)
    parser.add_argument("--app", type=Path, required=True, help="directory with function_app.py")
    parser.add_argument("--port", type=int, default=7071, help="0 takes any")
    parser.add_argument("--function-key", help="asked for by FUNCTION and ADMIN routes")
    parser.add_argument("--storage", help="connection string instead of AzureWebJobsStorage")
    parser.add_argument(
        "--queues-extension",
        choices=[version.value for version in QueuesExtension],
        default=QueuesExtension.FROM_5_3_8.value,
        help="whose rule for poison queues holds: up to 5.3.7 they skip what failed too often",
    )
    parser.add_argument(
        "--trusting",
        action="store_true",
        help="with WEBSITE_AUTH_ENABLED=true: who calls from no browser may do everything",
    )
    _add_seconds(parser, "--message-lease", MESSAGE_LEASE, "a message stays hidden while it runs")
    _add_seconds(parser, "--grace", GRACE, "a stop waits for what is running")
    times = WorkerTimes()
    _add_seconds(parser, "--worker-restart", times.between_restarts, "between two new workers")
    return parser


def _add_seconds(parser: argparse.ArgumentParser, name: str, usual: timedelta, what: str) -> None:
    seconds = usual.total_seconds()
    parser.add_argument(
        name, type=float, default=seconds, help=f"seconds that {what}; Azure: {seconds:g}"
    )
