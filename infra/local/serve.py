"""Keep the service running on this machine: `python -m infra.local.serve`.

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from infra.local import preflight, settings_file

if TYPE_CHECKING:
    from infra.local.landscape import Child

# Soft-deleted five days ago in the tenant that the stand-in starts with, and simple to restore.
SEED_USER = "emma.jansen@contoso.example"
_WATCH_SECONDS = 0.2
_NOT_STARTED = 2


@dataclass(frozen=True)
class Plan:
    """What will run, decided before anything does.

    Attributes:
        port: of the functions host.
        azurite_ports: None when the storage is somebody else's.
        graph_port: None when both Graph and the identity endpoint are somebody else's.
        identity_only: whether our stand-in only hands out tokens.
        for_func: whether the host is to be somebody else's `func start`.
        environment: the host's, whole.

    """

    port: int
    app_dir: Path
    function_key: str | None
    azurite_ports: tuple[int, int, int] | None
    graph_port: int | None
    identity_only: bool
    for_func: bool
    environment: Mapping[str, str] = field(repr=False)


def main(
    argv: Sequence[str],
    *,
    app_dir: Path = preflight.ROOT,
    settings_command: Sequence[str] = preflight.SETTINGS_COMMAND,
) -> int:
    """Run the landscape until told to stop; `settings_command` checks the environment."""
    arguments = _parser().parse_args(argv)
    faults = preflight.python_faults()
    try:
        if not faults:
            own = dict(os.environ)  # noqa: TID251 - passed through to the host
            plan = _plan(arguments, app_dir, settings_file.read_values(app_dir) | own)
            faults = _faults(arguments, plan, settings_command)
    except settings_file.SettingsFileError as fault:
        faults = [str(fault)]
    if faults:
        print("not started:", file=sys.stderr)
        print("\n".join(f"- {fault}" for fault in faults), file=sys.stderr)
        return _NOT_STARTED
    return _serve(plan)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="infra.local.serve", description=__doc__)
    parser.add_argument("--port", type=int, default=7071, help="of the functions host")
    parser.add_argument("--storage", help="connection string; Azurite is then not started")
    parser.add_argument("--graph-port", type=int, default=0, help="of the stand-in; 0 takes any")
    parser.add_argument("--function-key", help="ask callers for this key, as Azure would")
    parser.add_argument(
        "--for-func", action="store_true", help="leave the host to `func start`: write its settings"
    )
    return parser


def _plan(arguments: argparse.Namespace, app_dir: Path, environment: dict[str, str]) -> Plan:
    """Choose ports now, so that the settings can be checked before anything runs."""
    from infra.local.host.emulator import emulator_connection  # noqa: PLC0415
    from infra.local.landscape import DEFAULTS, IDENTITY_HEADER, free_ports  # noqa: PLC0415

    own = {"IDENTITY_HEADER": IDENTITY_HEADER}
    blob, queue, table, any_port = free_ports(4)
    storage = arguments.storage or environment.get("AzureWebJobsStorage")
    own["AzureWebJobsStorage"] = storage or emulator_connection(blob, queue, table)
    graph_port = arguments.graph_port or any_port
    own["GRAPH_BASE_URL"] = f"http://127.0.0.1:{graph_port}/v1.0"
    own["IDENTITY_ENDPOINT"] = f"http://127.0.0.1:{graph_port}/msi/token"
    foreign_graph = bool(environment.get("GRAPH_BASE_URL"))
    whole_outside = foreign_graph and bool(environment.get("IDENTITY_ENDPOINT"))
    given = {name: value for name, value in environment.items() if value or name not in own}
    if not foreign_graph:
        given.pop("IDENTITY_ENDPOINT", None)
    return Plan(
        port=arguments.port,
        app_dir=app_dir,
        function_key=arguments.function_key,
        azurite_ports=None if storage else (blob, queue, table),
        graph_port=None if whole_outside else graph_port,
        identity_only=foreign_graph,
        for_func=arguments.for_func,
        environment={**DEFAULTS, **own, **given, "AzureWebJobsStorage": own["AzureWebJobsStorage"]},
    )


def _faults(
    arguments: argparse.Namespace, plan: Plan, settings_command: Sequence[str]
) -> list[str]:
    faults = [] if plan.for_func else preflight.port_faults(arguments.port, "--port")
    if plan.graph_port is not None:
        faults += preflight.port_faults(arguments.graph_port, "--graph-port")
    if plan.azurite_ports is not None:
        faults += preflight.node_faults() + preflight.azurite_faults()
    return faults + preflight.settings_faults(plan.environment, settings_command)


def _serve(plan: Plan) -> int:
    from infra.local.landscape import AzuriteMissingError, ChildDiedError  # noqa: PLC0415

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        with ExitStack() as stack:
            children = _start(plan, stack)
            while not stop.wait(_WATCH_SECONDS):
                ended = [child for child in children if child.exit_code is not None]
                for child in ended:
                    print(f"{child.name} ended with exit code {child.exit_code}", file=sys.stderr)
                if ended:
                    return 1
            print("stopping")
    except (ChildDiedError, AzuriteMissingError, settings_file.SettingsFileError) as fault:
        print(f"not started: {fault}", file=sys.stderr)
        return _NOT_STARTED
    return 0


def _start(plan: Plan, stack: ExitStack) -> list["Child"]:
    """Start the parts in the order in which they need each other, and say where they are."""
    from infra.local.landscape import HOST_COMMAND, start_azurite, start_graph, start_host  # noqa: PLC0415

    children: list[Child] = []
    if plan.azurite_ports is not None:
        children.append(stack.enter_context(start_azurite(ports=plan.azurite_ports)))
    if plan.graph_port is not None:
        only = ["--identity-only"] if plan.identity_only else []
        graph = start_graph(port=plan.graph_port, arguments=only, echo=_echo("graph"))
        children.append(stack.enter_context(graph))
    if plan.for_func:
        path = settings_file.write_values(plan.app_dir, plan.environment)
        stack.callback(path.unlink, missing_ok=True)
        print(f"running until Ctrl-C; {path.name} is written: run `func start`", flush=True)
        return children
    key = ["--function-key", plan.function_key] if plan.function_key else []
    command = [*HOST_COMMAND, *key]
    host = start_host(plan.app_dir, plan.environment, plan.port, command, echo=_echo("host"))
    children.append(stack.enter_context(host))
    print(_words(plan, host.url), flush=True)
    return children


def _echo(part: str) -> Callable[[str], None]:
    return lambda line: print(f"{part:5} | {line}", flush=True)


def _words(plan: Plan, url: str) -> str:
    """Say where everything is and how to talk to it."""
    graph = plan.environment["GRAPH_BASE_URL"]
    key = f" -H 'x-functions-key: {plan.function_key}'" if plan.function_key else ""
    from_file = (plan.app_dir / settings_file.NAME).exists()
    values = f"\n  settings        {settings_file.NAME}; the shell's win" if from_file else ""
    user = "somebody@your-tenant.example" if plan.identity_only else SEED_USER
    body = f'{{"kind": "mailbox", "user": "{user}"}}'
    return f"""
running until Ctrl-C:
  functions host  {url}
  graph           {graph} ({_graph_words(plan)}){values}
  storage         {"Azurite, in memory: forgotten at the end" if plan.azurite_ports else "as given"}
  AzureWebJobsStorage='{plan.environment["AzureWebJobsStorage"]}'

try:
  curl -i {url}/api/health
  curl -i{key} {url}/api/restores -H 'Content-Type: application/json' -d '{body}'
  curl -i{key} ADDRESS   # the Location of the last answer: 202 while it runs, 200 at its end
"""


def _graph_words(plan: Plan) -> str:
    if plan.graph_port is None:
        return "as given, with IDENTITY_ENDPOINT as given"
    own = f"http://127.0.0.1:{plan.graph_port}"
    if plan.identity_only:
        return f"as given; only the token comes from our stand-in, {own}/msi/token"
    return f"our stand-in; what it counted: {own}/_control/counters"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
