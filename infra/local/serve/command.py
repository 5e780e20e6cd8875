"""Keep the service running on this machine: `python -m infra.local serve`.

Starts Azurite, the Graph stand-in and the functions host, says how to talk to them, and runs
until Ctrl-C or SIGTERM. A storage given by --storage or AzureWebJobsStorage, and a Graph given by
GRAPH_BASE_URL, are used instead of our own.

Exit codes: 0 told to stop, 1 a part ended by itself, 2 not started, with every reason.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local import preflight, settings_file

if TYPE_CHECKING:
    from infra.local.serve.plan import Plan

_WATCH_SECONDS = 0.2
_PART_ENDED, _NOT_STARTED = 1, 2
_PORT = 7071


def main(
    argv: Sequence[str],
    *,
    app_dir: Path = preflight.ROOT,
    settings_command: Sequence[str] = preflight.SETTINGS_COMMAND,
) -> int:
    """Run the landscape until told to stop; `settings_command` checks the environment."""
    own = dict(os.environ)  # noqa: TID251 - passed through to the host
    arguments = _parser(own.get("PORT", "")).parse_args(argv)
    faults = preflight.python_faults()
    if faults:
        return _not_started(faults)
    from infra.local.serve.plan import faults_of, make_plan  # noqa: PLC0415 - needs Python 3.13

    try:
        plan = make_plan(arguments, app_dir, settings_file.read_values(app_dir) | own)
        faults = faults_of(arguments, plan, settings_command)
    except settings_file.SettingsFileError as fault:
        faults = [str(fault)]
    return _not_started(faults) if faults else _serve(plan)


def _parser(port: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.local serve", description=__doc__)
    parser.add_argument(
        "--port",
        type=_port,
        default=port or str(_PORT),
        help=f"of the functions host; else the variable PORT, else {_PORT}",
    )
    parser.add_argument("--storage", help="connection string; Azurite is then not started")
    parser.add_argument("--graph-port", type=int, default=0, help="of the stand-in; 0 takes any")
    parser.add_argument("--function-key", help="ask callers for this key, as Azure would")
    parser.add_argument("--verbose", action="store_true", help="show every line of the log")
    parser.add_argument(
        "--for-func", action="store_true", help="leave the host to `func start`: write its settings"
    )
    return parser


def _port(text: str) -> int:
    if not text.isdecimal():
        msg = f"{text!r} is no port; a number, such as {_PORT} (it may come from the variable PORT)"
        raise argparse.ArgumentTypeError(msg)
    return int(text)


def _not_started(faults: Sequence[str]) -> int:
    print("not started:", file=sys.stderr)
    print("\n".join(f"- {fault}" for fault in faults), file=sys.stderr)
    return _NOT_STARTED


def _serve(plan: "Plan") -> int:
    from azure.core.exceptions import AzureError  # noqa: PLC0415 - see above

    from infra.local.host.signals import STOPPED_BY  # noqa: PLC0415
    from infra.local.landscape import AzuriteMissingError, ChildDiedError  # noqa: PLC0415
    from infra.local.serve.parts import started  # noqa: PLC0415

    stop = threading.Event()
    for number in STOPPED_BY:
        signal.signal(number, lambda *_: stop.set())
    try:
        with started(plan) as children:
            while not stop.wait(_WATCH_SECONDS):
                ended = [child for child in children if child.exit_code is not None]
                for child in ended:
                    print(f"\n{child.name} ended: {child.why_ended}", file=sys.stderr)
                if ended:
                    print("Put that right, then start again.", file=sys.stderr)
                    return _PART_ENDED
            print("stopping", flush=True)
    except (ChildDiedError, AzuriteMissingError, settings_file.SettingsFileError) as fault:
        return _not_started([str(fault)])
    except AzureError as fault:
        return _not_started([f"the queues cannot be made in the storage: {fault}"])
    return 0
