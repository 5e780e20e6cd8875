"""Run the stand-in of Microsoft Graph and the identity endpoint as a child process."""

import sys
from collections.abc import Callable, Sequence

from infra.local.landscape.child import Child

_READY = "graph stand-in listening on "


class Graph(Child):
    """A running stand-in.

    Attributes:
        base_url: scheme, host and port.

    """

    base_url: str = ""

    @property
    def graph_base_url(self) -> str:
        """What GRAPH_BASE_URL is set to."""
        return f"{self.base_url}/v1.0"

    @property
    def identity_endpoint(self) -> str:
        """What IDENTITY_ENDPOINT is set to."""
        return f"{self.base_url}/msi/token"

    @property
    def control_url(self) -> str:
        """Where the tenant, its clock and its faults are controlled."""
        return f"{self.base_url}/_control"


def start_graph(
    *,
    port: int = 0,
    arguments: Sequence[str] = (),
    within_seconds: float = 60,
    echo: Callable[[str], None] | None = None,
) -> Graph:
    """Start the stand-in and return when it listens; the caller stops it.

    `arguments` go to its command line. Raises ChildDiedError with its last output.
    """
    command = [sys.executable, "-m", "infra.local.graph", "--port", str(port), *arguments]
    graph = Graph("the Graph stand-in", command, echo=echo)
    line = graph.wait_for_line(starting=_READY, within_seconds=within_seconds)
    graph.base_url = line.removeprefix(_READY).strip().rstrip("/")
    return graph
