"""Plan what will run before anything starts, so that every problem is reported at once."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.local import preflight, settings_file
from infra.local.host.emulator import emulator_connection
from infra.local.landscape import DEFAULTS, IDENTITY_HEADER, free_ports
from infra.local.serve.scene import SETTINGS


@dataclass(frozen=True)
class Plan:
    """What will run.

    Attributes:
        port: of the functions host.
        azurite_ports: None when the storage is somebody else's.
        graph_port: None when both Graph and the identity endpoint are somebody else's.
        identity_only: whether our stand-in only hands out tokens.
        for_func: whether the host is to be somebody else's `func start`.
        verbose: whether every line of the log is shown.
        is_trusting: whether lines that are pasted may do everything, while a browser signs in.
        beside: the address of another run that answers in this folder; None: there is none.
        environment: the host's, whole.

    """

    port: int
    app_dir: Path
    function_key: str | None
    azurite_ports: tuple[int, int, int] | None
    graph_port: int | None
    identity_only: bool
    for_func: bool
    verbose: bool
    environment: Mapping[str, str] = field(repr=False)
    is_trusting: bool = False
    beside: str | None = None

    def own(self, path: Path) -> Path:
        """Give the file of this run; of those in one folder the first has the plain name."""
        return path if self.beside is None else path.with_stem(f"{path.stem}-{self.port}")

    @property
    def storage(self) -> str:
        """The connection string of the storage."""
        return self.environment["AzureWebJobsStorage"]

    @property
    def control_url(self) -> str | None:
        """Where the made-up tenant is controlled; None when the tenant is not ours."""
        if self.graph_port is None or self.identity_only:
            return None
        return f"http://127.0.0.1:{self.graph_port}/_control"


def make_plan(arguments: argparse.Namespace, app_dir: Path, environment: dict[str, str]) -> Plan:
    """Choose ports now, so that the settings can be checked before anything runs."""
    own = {"IDENTITY_HEADER": IDENTITY_HEADER}
    blob, queue, table, any_port = free_ports(4)
    storage = arguments.storage or environment.get("AzureWebJobsStorage")
    own["AzureWebJobsStorage"] = storage or emulator_connection(blob, queue, table)
    graph_port = arguments.graph_port or any_port
    own["GRAPH_BASE_URL"] = f"http://127.0.0.1:{graph_port}/v1.0"
    own["IDENTITY_ENDPOINT"] = f"http://127.0.0.1:{graph_port}/msi/token"
    foreign_graph = bool(environment.get("GRAPH_BASE_URL"))
    whole_outside = foreign_graph and bool(environment.get("IDENTITY_ENDPOINT"))
    is_trusting = not (arguments.function_key or arguments.for_func or "AUTH_MODE" in environment)
    if is_trusting:
        own |= {"AUTH_MODE": "entra", "WEBSITE_AUTH_ENABLED": "true"} | SETTINGS
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
        verbose=arguments.verbose,
        is_trusting=is_trusting,
        beside=settings_file.who_serves(app_dir),
        environment={**DEFAULTS, **own, **given, "AzureWebJobsStorage": own["AzureWebJobsStorage"]},
    )


def faults_of(
    arguments: argparse.Namespace, plan: Plan, settings_command: Sequence[str]
) -> list[str]:
    """Everything that would keep it from running."""
    faults = [] if plan.for_func else preflight.port_faults(arguments.port, "--port")
    if plan.graph_port is not None:
        faults += preflight.port_faults(arguments.graph_port, "--graph-port")
    if plan.azurite_ports is not None:
        faults += preflight.node_faults() + preflight.azurite_faults()
    return faults + preflight.settings_faults(plan.environment, settings_command)
