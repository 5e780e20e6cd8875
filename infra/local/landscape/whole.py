"""Run storage, Graph and host together, connected by environment variables."""

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from infra.local.landscape.azurite import Azurite, start_azurite
from infra.local.landscape.graph import Graph, start_graph
from infra.local.landscape.host import Host, start_host
from infra.local.landscape.queues import make_queues, queues_of_deployment
from infra.local.preflight import ROOT

# Azure puts a secret of the instance here, and the identity endpoint asks for it.
IDENTITY_HEADER = "local-landscape"

# What any process needs of its environment.
PLAIN = (
    *("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH", "PYTHONWARNINGS"),
    # And of Windows', without which no program opens a socket or finds its folders.
    *("SYSTEMROOT", "COMSPEC", "PATHEXT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA"),
)

# What a local run needs when nobody says otherwise. The polling ceiling is the one that the
# real host uses by default in development, in place of what host.json says for Azure.
DEFAULTS = {
    "AUTH_MODE": "keys",
    "AzureFunctionsJobHost__extensions__queues__maxPollingInterval": "00:00:02",
}

type Echo = Callable[[str, str], None]


class Landscape:
    """Azurite, the Graph stand-in and a host; a context manager that stops them in reverse.

    A host gets the plain part of the caller's environment, then the addresses of the parts, then
    `settings`: what a person has exported for another run does not come into this one.
    A part handed in (`azurite`, `graph`) is used and not stopped. `queues` are made in the storage
    first: those of the deployment, if not said otherwise. `echo` gets the name of a part and a line
    it wrote.
    """

    def __init__(  # noqa: PLR0913 - each is a part or how to start it, all by keyword
        self,
        *,
        app_dir: Path = ROOT,
        settings: Mapping[str, str] | None = None,
        azurite: Azurite | None = None,
        graph: Graph | None = None,
        queues: Sequence[str] | None = None,
        command: Sequence[str] | None = None,
        port: int = 0,
        echo: Echo | None = None,
    ) -> None:
        self._app_dir, self._settings, self._command = app_dir, dict(settings or {}), command
        self._given_azurite, self._given_graph = azurite, graph
        self._queues = queues_of_deployment() if queues is None else queues
        self._port, self._echo = port, echo
        self._stack = ExitStack()
        self._hosts = ExitStack()

    azurite: Azurite
    graph: Graph
    host: Host

    def __enter__(self) -> Self:
        """Start what was not handed in; on a failure what was started is stopped again."""
        with ExitStack() as stack:
            self.azurite = self._given_azurite or stack.enter_context(
                start_azurite(echo=self._line_echo("azurite"))
            )
            make_queues(self.azurite.connection_string, self._queues)
            self.graph = self._given_graph or stack.enter_context(
                start_graph(echo=self._line_echo("graph"))
            )
            stack.push(self._hosts)
            self.host = self.start_host(port=self._port)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the hosts, then Graph, then the storage."""
        self._stack.close()

    def environment(self, **more: str) -> dict[str, str]:
        """Give the whole environment of a host in this landscape."""
        own = {
            "AzureWebJobsStorage": self.azurite.connection_string,
            "GRAPH_BASE_URL": self.graph.graph_base_url,
            "IDENTITY_ENDPOINT": self.graph.identity_endpoint,
            "IDENTITY_HEADER": IDENTITY_HEADER,
        }
        ours = dict(os.environ)  # noqa: TID251 - handed on to the child, the plain part of it
        inherited = {name: ours[name] for name in PLAIN if name in ours}
        return DEFAULTS | inherited | own | self._settings | more

    def start_host(
        self, *, port: int = 0, command: Sequence[str] | None = None, **settings: str
    ) -> Host:
        """Start one more host on the same storage and tenant; it is stopped with the rest."""
        environment = self.environment(**settings)
        started = start_host(
            self._app_dir, environment, port, command or self._command, echo=self._line_echo("host")
        )
        return self._hosts.enter_context(started)

    def _line_echo(self, part: str) -> Callable[[str], None] | None:
        echo = self._echo
        return None if echo is None else lambda line: echo(part, line)
