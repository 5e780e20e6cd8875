"""Start the parts in the order in which they need each other."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event
from typing import TextIO

from infra.local import settings_file
from infra.local.landscape import (
    HOST_COMMAND,
    Child,
    Host,
    make_queues,
    queues_of_deployment,
    start_azurite,
    start_graph,
    start_host,
)
from infra.local.serve.plan import Plan
from infra.local.serve.quiet import QuietLog
from infra.local.serve.scene import play
from infra.local.serve.words import addresses, for_func
from infra.local.talk import Talk

LOG = Path(".local") / "serve.log"


@contextmanager
def started(plan: Plan) -> Iterator[Sequence[Child]]:
    """Start everything and say where it is; stopped in reverse at the end of the block.

    Raises ChildDiedError, AzuriteMissingError, SettingsFileError, AzureError.
    """
    path = plan.app_dir / plan.own(LOG)
    path.parent.mkdir(exist_ok=True)
    talk = Talk("serve")
    with ExitStack() as stack:
        log = stack.enter_context(path.open("w", encoding="utf-8"))
        with talk.alive():
            children = _start(plan, stack, log, talk)
        yield children


def _start(plan: Plan, stack: ExitStack, log: TextIO, talk: Talk) -> list[Child]:
    children: list[Child] = []
    if plan.azurite_ports is not None:
        talk.start("starting Azurite, the storage")
        children.append(stack.enter_context(start_azurite(ports=plan.azurite_ports)))
    make_queues(plan.storage, queues_of_deployment())
    if plan.graph_port is not None:
        talk.start("starting the stand-in of Microsoft Graph")
        only = ["--identity-only"] if plan.identity_only else []
        echo = _echo("graph", plan, log)
        children.append(
            stack.enter_context(start_graph(port=plan.graph_port, arguments=only, echo=echo))
        )
    if plan.for_func:
        path = settings_file.write_values(plan.app_dir, plan.environment)
        stack.callback(path.unlink, missing_ok=True)
        print(for_func(path.name), flush=True)
        return children
    talk.start("starting the functions host")
    playing = Event()
    host = _start_host(plan, log, playing)
    children.append(stack.enter_context(host))
    if plan.is_trusting and plan.control_url is not None:
        talk.start("playing a morning's work, so that every page has something to show")
        playing.set()
        for trouble in play(host.url, plan.control_url, plan.storage):
            talk.say(trouble)
        playing.clear()
    record = plan.own(settings_file.RECORD)
    path = plan.app_dir / record
    settings_file.write_record(path, plan.environment, host.url, plan.control_url)
    stack.callback(path.unlink, missing_ok=True)
    print(addresses(plan, host.url, record, plan.own(LOG)), flush=True)
    return children


def _start_host(plan: Plan, log: TextIO, playing: Event) -> Host:
    key = ["--function-key", plan.function_key] if plan.function_key else []
    trusting = ["--trusting"] if plan.is_trusting else []
    return start_host(
        plan.app_dir,
        plan.environment,
        plan.port,
        [*HOST_COMMAND, *key, *trusting],
        echo=_echo("host", plan, log, playing),
    )


def _echo(
    part: str, plan: Plan, log: TextIO, playing: Event | None = None
) -> Callable[[str], None]:
    """Write every line to the log, and show those that a person wants to see.

    What we ask the host for ourselves, while `playing` is set, nobody wants to see.
    """
    quiet = QuietLog()

    def echo(line: str) -> None:
        if not log.closed:
            log.write(f"{part:5} | {line}\n")
            log.flush()
        shown = line if plan.verbose else quiet.shown(line)
        if playing is not None and playing.is_set():
            return
        if shown is not None:
            print(f"{part:5} | {shown}", flush=True)

    return echo
